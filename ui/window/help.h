#pragma once

class QWidget;

namespace plexarium::ui {

struct Actions;

/// A page of what keys and mouse do, made from the actions. Does not block.
void showKeys(const Actions& actions, QWidget* parent);
/// Version and licence. Does not block.
void showAbout(QWidget* parent);

}  // namespace plexarium::ui
