#include "ui/window/group_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>

#include "ui/canvas/theme.h"

namespace plexarium::ui {

GroupDialog::GroupDialog(Group group, bool dark, QWidget* parent)
    : QDialog(parent), group_(std::move(group)), name_(new QLineEdit(this)), colour_(new QComboBox(this)) {
  setObjectName(QStringLiteral("groupDialog"));
  setWindowTitle(tr("Group"));
  setMinimumWidth(320);
  name_->setObjectName(QStringLiteral("groupName"));
  name_->setAccessibleName(tr("Name of the group"));
  name_->setText(QString::fromStdString(group_.name));
  name_->selectAll();
  colour_->setObjectName(QStringLiteral("groupColour"));
  colour_->setAccessibleName(tr("Colour of the group"));
  const Theme& theme = dark ? darkTheme() : lightTheme();
  for (std::size_t colour = 0; colour < groupColours; ++colour) {
    QPixmap swatch(16, 16);
    swatch.fill(QColor(theme.group(static_cast<std::uint8_t>(colour))));
    colour_->addItem(QIcon(swatch), tr("Colour %1").arg(colour + 1));
  }
  colour_->setCurrentIndex(group_.colour);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
  auto* layout = new QFormLayout(this);
  layout->setContentsMargins(20, 18, 20, 16);
  layout->setSpacing(12);
  layout->addRow(tr("Name"), name_);
  layout->addRow(tr("Colour"), colour_);
  layout->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Group GroupDialog::group() const {
  Group group = group_;
  group.name = name_->text().trimmed().toStdString();
  group.colour = static_cast<std::uint8_t>(colour_->currentIndex());
  return group;
}

}  // namespace plexarium::ui
