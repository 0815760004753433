#pragma once

#include <QDialog>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/edit/module.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QStringListModel;
class QTableWidget;
class QVBoxLayout;

namespace plexarium::ui {

class FieldForm;
class NumberBox;

/// How a module is to be plugged into the network: what stands for its inputs, who reads its outputs, how fast it goes on
/// learning. Says in words what will happen, or why it cannot. Generated from the tables of the dynamics. GUI thread.
class ModuleDialog : public QDialog {
  Q_OBJECT

 public:
  /// `description` must outlive the dialog. `host` is the network as it was when the dialog opened; `selected` are neurons
  /// of it.
  ModuleDialog(const Description& description, std::shared_ptr<const Model> module, std::shared_ptr<const Model> host,
               std::vector<NeuronId> selected, QWidget* parent);

  /// As chosen; place and group are left to whoever plugs in. An error where a neuron that was typed is not there.
  [[nodiscard]] Result<Plugging> plugging() const;

 private:
  void listHosts();
  void makeInputs(QVBoxLayout& column);
  void makeBindings(QVBoxLayout& column);
  void makeOutputs(QVBoxLayout& column);
  void makeLinkValues(QFormLayout& form);
  void makeLearning(QFormLayout& form);
  NumberBox* addNumber(QFormLayout& form, const Field& field, double value);
  [[nodiscard]] Result<NeuronId> hostNeuron(const QString& text) const;
  void bindInputs(const std::vector<std::optional<NeuronId>>& hosts);
  void bindByName();
  void bindSelected();
  void preview();
  [[nodiscard]] QString textOf(const Plugging& wanted, const AddCircuit& circuit) const;
  [[nodiscard]] QString inputText(const Plugging& wanted) const;
  [[nodiscard]] QString outputText(const Plugging& wanted, const AddCircuit& circuit) const;
  [[nodiscard]] double learning() const;

  const Description& description_;
  std::shared_ptr<const Model> module_;
  std::shared_ptr<const Model> host_;
  std::vector<NeuronId> selected_;
  std::vector<NeuronId> inputs_;                         ///< Of the module.
  std::unordered_map<std::string, NeuronId> hostNames_;  ///< Names that only one neuron has.
  std::vector<Field> linkFields_;                        ///< What the form of link values asks for.
  std::vector<std::size_t> linkFieldOf_;                 ///< Of the dynamics, for each of those.
  std::vector<double> linkValues_;
  QStringListModel* hosts_;
  QTableWidget* table_;
  QCheckBox* becomeInter_;
  QCheckBox* onlySelected_;
  NumberBox* readers_ = nullptr;
  FieldForm* linkForm_ = nullptr;
  QComboBox* learning_ = nullptr;
  NumberBox* factor_ = nullptr;
  NumberBox* seed_ = nullptr;
  QLabel* text_;
  QPushButton* plug_ = nullptr;
};

}  // namespace plexarium::ui
