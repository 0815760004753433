#include "core/session/graph_imager.h"

namespace plexarium {
namespace {

template <typename T>
std::shared_ptr<const std::vector<T>> copied(std::span<const T> values) {
  return std::make_shared<const std::vector<T>>(values.begin(), values.end());
}

/// Columns of the fields that only edits change; the others stay empty.
template <typename ColumnOf>
std::shared_ptr<const std::vector<Column>> lasting(const std::vector<Field>& fields, ColumnOf columnOf) {
  auto columns = std::make_shared<std::vector<Column>>();
  columns->reserve(fields.size());
  for (std::size_t field = 0; field < fields.size(); ++field) {
    columns->push_back(fields[field].evolves ? makeColumn(fields[field].type) : columnOf(field));
  }
  return columns;
}

}  // namespace

const GraphImage& GraphImager::image(const Graph& graph) {
  const auto& now = graph.revisions();
  const bool topology = now.topology != built_.topology;
  if (topology) {
    image_.ids = copied(graph.ids());
    image_.firstLink = copied(graph.firstLink());
    image_.targets = copied(graph.targets());
  }
  if (topology || now.labels != built_.labels) {
    image_.names = copied(graph.names());
    image_.roles = copied(graph.roles());
  }
  if (topology || now.positions != built_.positions) image_.positions = copied(graph.positions());
  if (now.groups != built_.groups) image_.groups = copied(graph.groups());
  if (topology || now.groups != built_.groups) image_.memberOf = copied(graph.memberOf());
  if (topology || now.neuronValues != built_.neuronValues) {
    image_.neuronFields =
        lasting(description_.neuronFields, [&](std::size_t field) -> const Column& { return graph.neuronColumn(field); });
  }
  if (topology || now.linkValues != built_.linkValues) {
    image_.linkFields =
        lasting(description_.linkFields, [&](std::size_t field) -> const Column& { return graph.linkColumn(field); });
  }
  built_ = now;
  return image_;
}

}  // namespace plexarium
