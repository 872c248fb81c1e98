// source_health.cpp - what came from a source lately.
#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto health_counts = fields_of<source_health>(
    field("COUNT(*)", &source_health::payloads), field("COALESCE(SUM(accepted), 0)", &source_health::accepted),
    field("COALESCE(SUM(quarantined), 0)", &source_health::quarantined));

}  // namespace

source_health store::health_of_source(const std::string &source, time_us since) {
  return inside_->read([&](connection &on) {
    // Runs are numbered as they come: from the newest back to the first that is too old, along the index of the source.
    const auto before = on.number("SELECT id FROM import_run WHERE source = :a1 AND at < :a2 ORDER BY id DESC LIMIT 1",
                                  {source, since});
    auto result = health_counts.first(on, "FROM import_run WHERE source = :a1 AND id > :a2", {source, before});
    result->last_at = on.number("SELECT at FROM import_run WHERE source = :a1 ORDER BY id DESC LIMIT 1", {source});
    return result.value();
  });
}

}  // namespace lead_system::store
