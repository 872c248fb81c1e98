#include "store/import_log.hpp"

#include <zstd.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

/// Fast: an import waits for it.
constexpr int compression_level = 1;
/// More than any payload that is kept (plugin/intake/README.md: 32 MiB); bounds what a damaged row may ask for.
constexpr unsigned long long largest_payload = 256ULL << 20;

bytes packed(const std::string &payload) {
  if (payload.empty()) return {};
  std::string result(ZSTD_compressBound(payload.size()), '\0');
  const auto size = ZSTD_compress(result.data(), result.size(), payload.data(), payload.size(), compression_level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("The payload could not be compressed.");
  result.resize(size);
  return {std::move(result)};
}

/// The payload in a column `packed`; empty: it is not kept there.
std::string unpacked(const connection &on, const statement &row, std::size_t column) {
  const auto kept = uncarried(row.text(column), on.kind());
  if (kept.empty()) return {};
  const auto size = ZSTD_getFrameContentSize(kept.data(), kept.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largest_payload) {
    throw std::runtime_error("The archived payload is damaged.");
  }
  std::string result(static_cast<std::size_t>(size), '\0');
  const auto got = ZSTD_decompress(result.data(), result.size(), kept.data(), kept.size());
  if (ZSTD_isError(got) != 0 || got != result.size()) throw std::runtime_error("The archived payload is damaged.");
  return result;
}

/// What of a run is known when it begins, and what comes of it.
constexpr auto run_origin = fields_of<import_run>(
    field("receipt", &import_run::receipt), field("source", &import_run::source),
    field("channel", &import_run::channel), field("user_id", &import_run::user), field("name", &import_run::name),
    field("at", &import_run::at), field("definition_version", &import_run::definition_version));
constexpr auto run_outcome =
    fields_of<import_run>(field("payload_id", &import_run::payload_id), field("bytes", &import_run::bytes),
                          field("digest", &import_run::digest), field("accepted", &import_run::accepted),
                          field("repeated", &import_run::repeated), field("legacy", &import_run::legacy),
                          field("quarantined", &import_run::quarantined), field("updated", &import_run::updated),
                          field("reason", &import_run::reason), field("finished", &import_run::finished));
constexpr auto run_fields = fields_of<import_run>(field("id", &import_run::id)) + run_origin + run_outcome;

constexpr auto new_item_fields =
    fields_of<import_item>(field("run_id", &import_item::run_id), field("position", &import_item::position),
                           field("external_id", &import_item::external_id), field("outcome", &import_item::outcome),
                           field("lead_id", &import_item::lead_id), field("reason", &import_item::reason));
constexpr auto item_fields = fields_of<import_item>(field("id", &import_item::id)) + new_item_fields +
                             fields_of<import_item>(field("retried_by", &import_item::retried_by));

constexpr auto group_fields = fields_of<quarantine_group>(field("import_run.source", &quarantine_group::source),
                                                          field("import_item.reason", &quarantine_group::reason),
                                                          field("COUNT(*) AS leads", &quarantine_group::leads));

/// The runs that hold something of that outcome; nothing for an unknown one.
std::string outcome_condition(const std::string &outcome) {
  if (outcome == "quarantined") return " AND (quarantined > 0 OR reason <> '')";
  for (const char *column : {"accepted", "repeated", "legacy", "updated"}) {
    if (outcome == column) return " AND " + outcome + " > 0";
  }
  return outcome.empty() ? "" : " AND 1 = 0";
}

/// The message was erased with its person, and its sender sends it once more: then it is to be erased once more.
void erase_again(connection &on, std::int64_t payload_id) {
  on.change(
      "UPDATE erasure SET settled = 0 WHERE settled <> 0 AND (payload_id = :a1 OR lead_id IN (SELECT i.lead_id FROM "
      "import_item i JOIN import_run r ON r.id = i.run_id WHERE r.payload_id = :a2 AND i.lead_id <> 0))",
      {payload_id, payload_id});
}

std::optional<std::string> part_of_payload(connection &on, std::int64_t payload_id, int position) {
  auto &rows =
      on.run("SELECT packed FROM payload_part WHERE payload_id = :a1 AND position = :a2", {payload_id, position}, "t");
  if (!rows.next()) return std::nullopt;
  return unpacked(on, rows, 0);
}

}  // namespace

std::map<int, std::string> transaction::quarantined_before(std::int64_t payload_id, int after, std::size_t count) {
  std::map<int, std::string> result;
  auto &rows = on_.run(
      "SELECT import_item.position, import_item.reason FROM import_run JOIN import_item ON import_item.run_id = "
      "import_run.id WHERE import_run.payload_id = :a1 AND import_item.outcome = 'quarantined' AND "
      "import_item.position > :a2 AND import_item.position <= :a3 ORDER BY import_item.id",
      {payload_id, after, after + static_cast<long long>(count)}, "it");
  while (rows.next()) result[rows.small(0)] = rows.text(1);
  return result;
}

transaction::archived transaction::archive_payload(const std::string &source, const std::string &digest,
                                                   const std::string &body, std::int64_t size, time_us at) {
  const auto as_kept = packed(body);
  const auto kind = on_.kind();
  auto &stored =
      on_.run("INSERT INTO payload (digest, source, size, at, body, packed) VALUES (:a1, :a2, :a3, :a4, '', " +
                  as_bytes(":a5", kind) + ") ON CONFLICT (digest) DO NOTHING RETURNING id",
              {digest, source, size, at, as_kept}, "i");
  if (stored.next()) return {stored.number(0), false, at};
  auto &known = on_.run("SELECT id, at FROM payload WHERE digest = :a1", {digest}, "ii");
  if (!known.next()) throw std::runtime_error("The payload was archived but cannot be found.");
  const auto id = known.number(0), first_at = known.number(1);
  // Refused before and kept by its digest only: now the bytes are here.
  if (body.empty()) return {id, true, first_at};
  const auto put_in = "UPDATE payload SET packed = " + as_bytes(":a1", kind) + " WHERE id = :a2 AND length(packed) = 0";
  if (on_.change(put_in, {as_kept, id}) == 1) erase_again(on_, id);
  return {id, true, first_at};
}

std::optional<time_us> store::payload_arrival(const std::string &digest) {
  return inside_->read([&](connection &on) -> std::optional<time_us> {
    auto &rows = on.run("SELECT at FROM payload WHERE digest = :a1", {digest}, "i");
    if (!rows.next()) return std::nullopt;
    return rows.number(0);
  });
}

void transaction::archive_part(std::int64_t payload_id, int position, const std::string &body) {
  const auto added = on_.change("INSERT INTO payload_part (payload_id, position, body, packed) VALUES (:a1, :a2, '', " +
                                    as_bytes(":a3", on_.kind()) + ") ON CONFLICT (payload_id, position) DO NOTHING",
                                {payload_id, position, packed(body)});
  if (added == 1 && position == 0) erase_again(on_, payload_id);
}

std::optional<std::string> store::payload_part(std::int64_t payload_id, int position) {
  return inside_->read([&](connection &on) { return part_of_payload(on, payload_id, position); });
}

std::optional<std::string> store::payload(std::int64_t payload_id) {
  return inside_->read([&](connection &on) -> std::optional<std::string> {
    auto &rows = on.run("SELECT packed FROM payload WHERE id = :a1", {payload_id}, "t");
    if (!rows.next()) return std::nullopt;
    auto whole = unpacked(on, rows, 0);
    return whole.empty() ? part_of_payload(on, payload_id, 0) : std::move(whole);
  });
}

std::int64_t transaction::insert_run(const import_run &run) {
  static constexpr auto written = run_origin + run_outcome;
  static const auto sql = written.insert("import_run") + " RETURNING id";
  auto &rows = on_.run_beside(sql, written.values(run), "i");
  if (!rows.next()) throw std::runtime_error("The database gave no number to an import.");
  return rows.number(0);
}

void transaction::update_run(const import_run &run) {
  static const auto sql =
      "UPDATE import_run SET " + run_outcome.assignments() + " WHERE id = :a" + std::to_string(run_outcome.count + 1);
  on_.change(sql, run_outcome.values(run, run.id));
}

void transaction::insert_item(const import_item &item) {
  static const auto columns = new_item_fields.columns();
  on_.into(bulk_table::import_item, columns).add(new_item_fields.cells(item));
}

std::vector<import_run> store::runs(const std::string &source, const std::string &outcome, std::int64_t before,
                                    int limit) {
  return inside_->read([&](connection &on) {
    arguments in;
    std::string where = "id < " + in.number(before > 0 ? before : std::numeric_limits<std::int64_t>::max());
    if (!source.empty()) where += " AND source = " + in.text(source);
    where += outcome_condition(outcome);
    const auto count = in.number(std::clamp(limit, 1, most_rows));
    statement rows(
        on.session(),
        "SELECT " + run_fields.columns() + " FROM import_run WHERE " + where + " ORDER BY id DESC LIMIT " + count, in,
        run_fields.kinds());
    rows.execute();
    return run_fields.all(rows);
  });
}

std::optional<import_run> run_with(connection &on, std::int64_t id) {
  return run_fields.first(on, "FROM import_run WHERE id = :a1", {id});
}

std::optional<import_run> store::find_run(std::int64_t id) {
  return inside_->read([&](connection &on) { return run_with(on, id); });
}

std::vector<import_item> store::items(std::int64_t run_id, int after, int limit) {
  return inside_->read([&](connection &on) {
    return item_fields.all(on, "FROM import_item WHERE run_id = :a1 AND position > :a2 ORDER BY position, id LIMIT :a3",
                           {run_id, after, limit});
  });
}

std::vector<import_item> quarantined_items(connection &on, std::int64_t before, int limit) {
  return item_fields.all(on,
                         "FROM import_item WHERE outcome = 'quarantined' AND retried_by = 0 AND id < :a1 ORDER "
                         "BY id DESC LIMIT :a2",
                         {before, limit});
}

std::optional<import_item> item_with(connection &on, std::int64_t id) {
  return item_fields.first(on, "FROM import_item WHERE id = :a1", {id});
}

std::optional<import_item> store::find_item(std::int64_t id) {
  return inside_->read([&](connection &on) { return item_with(on, id); });
}

std::optional<transaction::broken_off> transaction::unfinished_run(std::int64_t payload_id) {
  auto found = run_fields.first(on_, "FROM import_run WHERE payload_id = :a1 AND finished = 0 ORDER BY id DESC LIMIT 1",
                                {payload_id});
  if (!found) return std::nullopt;
  transaction::broken_off result;
  result.run = std::move(*found);
  // Each item has one of these outcomes, and was counted in the transaction that wrote it.
  result.items = std::int64_t{result.run.accepted} + result.run.repeated + result.run.legacy + result.run.quarantined;
  return result;
}

bool mark_retried(connection &on, std::int64_t item_id, std::int64_t run_id) {
  return on.change("UPDATE import_item SET retried_by = :a1 WHERE id = :a2 AND retried_by = 0", {run_id, item_id}) == 1;
}

bool transaction::retry_item(std::int64_t item_id, std::int64_t run_id) {
  return mark_retried(on_, item_id, run_id);
}

std::int64_t store::count_quarantined(int most) {
  return inside_->read([&](connection &on) {
    return on.number(
        "SELECT COUNT(*) FROM (SELECT id FROM import_item WHERE outcome = 'quarantined' AND retried_by = 0 LIMIT :a1) "
        "AS waiting",
        {most});
  });
}

std::vector<quarantine_group> store::quarantine() {
  return inside_->read([&](connection &on) {
    return group_fields.all(on,
                            "FROM import_item JOIN import_run ON import_run.id = import_item.run_id WHERE "
                            "import_item.outcome = 'quarantined' AND import_item.retried_by = 0 GROUP BY "
                            "import_run.source, import_item.reason ORDER BY leads DESC, import_run.source, "
                            "import_item.reason LIMIT 100");
  });
}

std::vector<import_item> store::quarantined(const std::string &source, const std::string &reason, int limit) {
  return inside_->read([&](connection &on) {
    return item_fields.all(on.run("SELECT " + item_fields.columns("import_item.") +
                                      " FROM import_item JOIN import_run ON import_run.id = import_item.run_id WHERE "
                                      "outcome = 'quarantined' AND retried_by = 0 AND import_run.source = :a1 AND "
                                      "import_item.reason = :a2 ORDER BY import_item.id LIMIT :a3",
                                  {source, reason, std::clamp(limit, 1, most_rows)}, item_fields.kinds()));
  });
}

}  // namespace lead_system::store
