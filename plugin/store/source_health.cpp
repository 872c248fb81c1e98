// source_health.cpp - what came from a source lately.
#include "store/database.hpp"

namespace lead_system::store {

source_health store::health_of_source(const std::string &source, time_us since) {
  return inside_->read([&](connection &on) {
    source_health result;
    if (auto &rows = on.run("SELECT at FROM import_run WHERE source = :a1 ORDER BY id DESC LIMIT 1", {source}, "i");
        rows.next()) {
      result.last_at = rows.number(0);
    }
    // Runs are numbered as they come: from the newest back to the first that is too old, along the index of the source.
    std::int64_t before = 0;
    if (auto &rows = on.run("SELECT id FROM import_run WHERE source = :a1 AND at < :a2 ORDER BY id DESC LIMIT 1",
                            {source, since}, "i");
        rows.next()) {
      before = rows.number(0);
    }
    auto &rows = on.run(
        "SELECT COUNT(*), COALESCE(SUM(accepted), 0), COALESCE(SUM(quarantined), 0) FROM import_run WHERE source = :a1 "
        "AND id > :a2",
        {source, before}, "iii");
    if (rows.next()) {
      result.payloads = rows.number(0);
      result.accepted = rows.number(1);
      result.quarantined = rows.number(2);
    }
    return result;
  });
}

}  // namespace lead_system::store
