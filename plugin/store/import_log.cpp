#include "store/import_log.hpp"

#include <zstd.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "dms/cpp/encoding.hpp"
#include "store/database.hpp"

namespace lead_system::store {

namespace {

/// Fast: an import waits for it.
constexpr int compression_level = 1;
/// More than any payload that is kept (plugin/intake/README.md: 32 MiB); bounds what a damaged row may ask for.
constexpr unsigned long long largest_payload = 256ULL << 20;

std::string packed(const std::string &bytes) {
  if (bytes.empty()) return {};
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  const auto size = ZSTD_compress(result.data(), result.size(), bytes.data(), bytes.size(), compression_level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("The payload could not be compressed.");
  result.resize(size);
  return dms::base64(result);
}

std::string unpacked(const std::string &text) {
  const auto bytes = dms::from_base64(text);
  const auto size = bytes ? ZSTD_getFrameContentSize(bytes->data(), bytes->size()) : ZSTD_CONTENTSIZE_ERROR;
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largest_payload) {
    throw std::runtime_error("The archived payload is damaged.");
  }
  std::string result(static_cast<std::size_t>(size), '\0');
  const auto got = ZSTD_decompress(result.data(), result.size(), bytes->data(), bytes->size());
  if (ZSTD_isError(got) != 0 || got != result.size()) throw std::runtime_error("The archived payload is damaged.");
  return result;
}

const std::string run_columns =
    "id, receipt, source, channel, user_id, name, at, payload_id, bytes, digest, accepted, repeated, legacy, "
    "quarantined, updated, reason, finished, definition_version";
constexpr std::string_view run_kinds = "itttttiiitiiiiitii";
constexpr std::string_view item_kinds = "iiittiti";
const std::string item_columns = "id, run_id, position, external_id, outcome, lead_id, reason, retried_by";

import_run read_run(const statement &row) {
  import_run one;
  one.id = row.number(0);
  one.receipt = row.text(1);
  one.source = row.text(2);
  one.channel = row.text(3);
  one.user = row.text(4);
  one.name = row.text(5);
  one.at = row.number(6);
  one.payload_id = row.number(7);
  one.bytes = row.number(8);
  one.digest = row.text(9);
  one.accepted = row.small(10);
  one.repeated = row.small(11);
  one.legacy = row.small(12);
  one.quarantined = row.small(13);
  one.updated = row.small(14);
  one.reason = row.text(15);
  one.finished = row.number(16) != 0;
  one.definition_version = row.number(17);
  return one;
}

std::vector<import_item> read_items(statement &rows) {
  std::vector<import_item> result;
  while (rows.next()) {
    result.push_back({rows.number(0), rows.number(1), rows.small(2), rows.text(3), rows.text(4), rows.number(5),
                      rows.text(6), rows.number(7)});
  }
  return result;
}

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
      on.run("SELECT body FROM payload_part WHERE payload_id = :a1 AND position = :a2", {payload_id, position}, "t");
  if (!rows.next()) return std::nullopt;
  return unpacked(rows.text(0));
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
  auto &stored = on_.run(
      "INSERT INTO payload (digest, source, size, at, body) VALUES (:a1, :a2, :a3, :a4, :a5) ON CONFLICT (digest) DO "
      "NOTHING RETURNING id",
      {digest, source, size, at, as_kept}, "i");
  if (stored.next()) return {stored.number(0), false, at};
  auto &known = on_.run("SELECT id, at FROM payload WHERE digest = :a1", {digest}, "ii");
  if (!known.next()) throw std::runtime_error("The payload was archived but cannot be found.");
  const auto id = known.number(0), first_at = known.number(1);
  // Refused before and kept by its digest only: now the bytes are here.
  if (!body.empty() && on_.change("UPDATE payload SET body = :a1 WHERE id = :a2 AND body = ''", {as_kept, id}) == 1) {
    erase_again(on_, id);
  }
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
  const auto added = on_.change(
      "INSERT INTO payload_part (payload_id, position, body) VALUES (:a1, :a2, :a3) ON CONFLICT (payload_id, position) "
      "DO NOTHING",
      {payload_id, position, packed(body)});
  if (added == 1 && position == 0) erase_again(on_, payload_id);
}

std::optional<std::string> store::payload_part(std::int64_t payload_id, int position) {
  return inside_->read([&](connection &on) { return part_of_payload(on, payload_id, position); });
}

std::optional<std::string> store::payload(std::int64_t payload_id) {
  return inside_->read([&](connection &on) -> std::optional<std::string> {
    auto &rows = on.run("SELECT body FROM payload WHERE id = :a1", {payload_id}, "t");
    if (!rows.next()) return std::nullopt;
    const auto body = rows.text(0);
    return body.empty() ? part_of_payload(on, payload_id, 0) : unpacked(body);
  });
}

std::int64_t transaction::insert_run(const import_run &run) {
  static const std::string sql =
      "INSERT INTO import_run (receipt, source, channel, user_id, name, at, payload_id, bytes, digest, accepted, "
      "repeated, legacy, quarantined, updated, reason, finished, definition_version) VALUES " +
      placeholders(17) + " RETURNING id";
  auto &rows = on_.run_beside(sql,
                              {run.receipt, run.source, run.channel, run.user, run.name, run.at, run.payload_id,
                               run.bytes, run.digest, run.accepted, run.repeated, run.legacy, run.quarantined,
                               run.updated, run.reason, run.finished ? 1 : 0, run.definition_version},
                              "i");
  if (!rows.next()) throw std::runtime_error("The database gave no number to an import.");
  return rows.number(0);
}

void transaction::update_run(const import_run &run) {
  on_.change(
      "UPDATE import_run SET payload_id = :a1, bytes = :a2, digest = :a3, accepted = :a4, repeated = :a5, legacy = "
      ":a6, quarantined = :a7, updated = :a8, reason = :a9, finished = :a10 WHERE id = :a11",
      {run.payload_id, run.bytes, run.digest, run.accepted, run.repeated, run.legacy, run.quarantined, run.updated,
       run.reason, run.finished ? 1 : 0, run.id});
}

void transaction::insert_item(const import_item &item) {
  static const std::string columns = "run_id, position, external_id, outcome, lead_id, reason";
  on_.into(bulk_table::import_item, columns)
      .add({item.run_id, item.position, item.external_id, item.outcome, item.lead_id, item.reason});
}

std::vector<import_run> store::runs(const std::string &source, const std::string &outcome, std::int64_t before,
                                    int limit) {
  return inside_->read([&](connection &on) {
    arguments in;
    std::string where = "id < " + in.number(before > 0 ? before : std::numeric_limits<std::int64_t>::max());
    if (!source.empty()) where += " AND source = " + in.text(source);
    where += outcome_condition(outcome);
    const auto count = in.number(std::clamp(limit, 1, most_rows));
    statement rows(on.session(),
                   "SELECT " + run_columns + " FROM import_run WHERE " + where + " ORDER BY id DESC LIMIT " + count, in,
                   run_kinds);
    std::vector<import_run> result;
    for (rows.execute(); rows.next();) result.push_back(read_run(rows));
    return result;
  });
}

std::optional<import_run> run_with(connection &on, std::int64_t id) {
  auto &rows = on.run("SELECT " + run_columns + " FROM import_run WHERE id = :a1", {id}, run_kinds);
  if (!rows.next()) return std::nullopt;
  return read_run(rows);
}

std::optional<import_run> store::find_run(std::int64_t id) {
  return inside_->read([&](connection &on) { return run_with(on, id); });
}

std::vector<import_item> store::items(std::int64_t run_id, int after, int limit) {
  return inside_->read([&](connection &on) {
    return read_items(
        on.run("SELECT " + item_columns +
                   " FROM import_item WHERE run_id = :a1 AND position > :a2 ORDER BY position, id LIMIT :a3",
               {run_id, after, limit}, item_kinds));
  });
}

std::vector<import_item> quarantined_items(connection &on, std::int64_t before, int limit) {
  return read_items(on.run("SELECT " + item_columns +
                               " FROM import_item WHERE outcome = 'quarantined' AND retried_by = 0 AND id < :a1 ORDER "
                               "BY id DESC LIMIT :a2",
                           {before, limit}, item_kinds));
}

std::optional<import_item> item_with(connection &on, std::int64_t id) {
  auto found = read_items(on.run("SELECT " + item_columns + " FROM import_item WHERE id = :a1", {id}, item_kinds));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<import_item> store::find_item(std::int64_t id) {
  return inside_->read([&](connection &on) { return item_with(on, id); });
}

std::optional<transaction::broken_off> transaction::unfinished_run(std::int64_t payload_id) {
  auto &rows = on_.run(
      "SELECT " + run_columns + " FROM import_run WHERE payload_id = :a1 AND finished = 0 ORDER BY id DESC LIMIT 1",
      {payload_id}, run_kinds);
  if (!rows.next()) return std::nullopt;
  transaction::broken_off result;
  result.run = read_run(rows);
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
    auto &rows = on.run(
        "SELECT COUNT(*) FROM (SELECT id FROM import_item WHERE outcome = 'quarantined' AND retried_by = 0 LIMIT :a1) "
        "AS waiting",
        {most}, "i");
    return rows.next() ? rows.number(0) : 0;
  });
}

std::vector<quarantine_group> store::quarantine() {
  return inside_->read([&](connection &on) {
    std::vector<quarantine_group> result;
    auto &rows = on.run(
        "SELECT import_run.source, import_item.reason, COUNT(*) AS leads FROM import_item JOIN import_run ON "
        "import_run.id = import_item.run_id WHERE import_item.outcome = 'quarantined' AND import_item.retried_by = 0 "
        "GROUP BY import_run.source, import_item.reason ORDER BY leads DESC, import_run.source, import_item.reason "
        "LIMIT 100",
        {}, "tti");
    while (rows.next()) result.push_back({rows.text(0), rows.text(1), rows.number(2)});
    return result;
  });
}

std::vector<import_item> store::quarantined(const std::string &source, const std::string &reason, int limit) {
  return inside_->read([&](connection &on) {
    return read_items(on.run(
        "SELECT import_item.id, run_id, position, external_id, outcome, lead_id, import_item.reason, retried_by FROM "
        "import_item JOIN import_run ON import_run.id = import_item.run_id WHERE outcome = 'quarantined' AND "
        "retried_by "
        "= 0 AND import_run.source = :a1 AND import_item.reason = :a2 ORDER BY import_item.id LIMIT :a3",
        {source, reason, std::clamp(limit, 1, most_rows)}, item_kinds));
  });
}

}  // namespace lead_system::store
