#include "ui/window/group_commands.h"

#include <QAction>

#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/group_dialog.h"
#include "ui/window/grouping.h"

namespace plexarium::ui {

GroupCommands::GroupCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  const auto on = [this](QAction* action, auto make) {
    desk_.on(action, [this, make] { desk_.submit(make(desk_.graph(), desk_.selection.neurons())); });
  };
  on(desk_.actions.group, groupThem);
  on(desk_.actions.ungroup, ungroupThem);
  on(desk_.actions.foldGroup, foldThem);
  desk_.on(desk_.actions.nameGroup, [this] { askForName(); });
  desk_.on(desk_.actions.inputGroup, [this] { askForPort(Role::Sensory, tr("Inputs")); });
  desk_.on(desk_.actions.outputGroup, [this] { askForPort(Role::Motor, tr("Outputs")); });
  connect(&desk_.view.canvas(), &CanvasItem::groupToggleRequested, this,
          [this](GroupId group) { desk_.submit(foldGroup(desk_.graph(), group)); });
}

void GroupCommands::askForName() {
  const GraphImage& graph = desk_.graph();
  const auto meant = groupsMeant(graph, desk_.selection.neurons());
  if (meant.empty()) return desk_.refuse({tr("What is selected is in no group").toStdString(), {}, {}});
  const GroupId id = meant.front();
  auto* dialog = new GroupDialog(*findGroup(*graph.groups, id), desk_.actions.dark->isChecked(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, id] {
    // Whether it is folded and where it lies may have changed meanwhile.
    const Group* now = findGroup(*desk_.graph().groups, id);
    if (!now) return desk_.refuse({tr("This group has gone").toStdString(), {}, {}});
    Group group = *now;
    group.name = dialog->group().name;
    group.colour = dialog->group().colour;
    desk_.submit(Edit{tr("Name group").toStdString(), {SetGroups{{std::move(group)}}}});
  });
  dialog->open();
}

/// A group that a feed can be tied to.
void GroupCommands::askForPort(Role role, const QString& name) {
  const auto neurons = desk_.selection.neurons();
  if (auto possible = groupThem(desk_.graph(), neurons); !possible) return desk_.refuse(possible.error());
  const GroupId id = freeGroupId(*desk_.graph().groups);
  Group look;
  look.name = name.toStdString();
  look.colour = static_cast<std::uint8_t>((id.value - 1) % groupColours);
  auto* dialog = new GroupDialog(look, desk_.actions.dark->isChecked(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog, neurons, role] { desk_.submit(groupAs(desk_.graph(), neurons, role, dialog->group())); });
  dialog->open();
}

}  // namespace plexarium::ui
