#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/io/connectome.h"
#include "core/io/document.h"

using namespace plexarium;

/// Three tables with a form feed between them: refused with a reason, or a model that can be saved and read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  ConnectomeTables tables;
  for (auto* table : {&tables.neurons, &tables.synapses, &tables.muscles}) {
    const auto end = std::min(rest.find('\f'), rest.size());
    *table = {"table.csv", std::string(rest.substr(0, end))};
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto model = importConnectome(registry, tables);
  if (!model) {
    if (model.error().what.empty()) std::abort();
    return 0;
  }
  const auto& description = (*registry.require(model->dynamics))->description;
  const auto again = readModel(registry, writeModel(description, *model), "again");
  if (!again || stateHash(description, *again) != stateHash(description, *model)) std::abort();
  return 0;
}
