#include "store/import_log.hpp"

#include <zstd.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "store/cursor.hpp"

namespace lead_system::store {

namespace {

/// Fast: an import waits for it.
constexpr int compression_level = 1;
/// More than any payload that is kept (feeds.md: 32 MiB); bounds what a damaged row may ask for.
constexpr unsigned long long largest_payload = 256ULL << 20;
constexpr int most_rows = 500;

std::string packed(const std::string &bytes) {
  if (bytes.empty()) return {};
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  const auto size = ZSTD_compress(result.data(), result.size(), bytes.data(), bytes.size(), compression_level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("The payload could not be compressed.");
  result.resize(size);
  return base64(result, false);
}

std::string unpacked(const std::string &text) {
  const auto bytes = from_base64(text, false);
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
    "quarantined, "
    "updated, reason";
constexpr std::string_view run_kinds = "itttttiiitiiiiit";

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
  return one;
}

/// The runs that hold something of that outcome; nothing for an unknown one.
std::string outcome_condition(const std::string &outcome) {
  if (outcome == "quarantined") return " AND (quarantined > 0 OR reason <> '')";
  for (const char *column : {"accepted", "repeated", "legacy", "updated"}) {
    if (outcome == column) return " AND " + outcome + " > 0";
  }
  return outcome.empty() ? "" : " AND 1 = 0";
}

}  // namespace

std::map<int, std::string> quarantined_before(connection &on, std::int64_t payload_id) {
  std::map<int, std::string> result;
  auto &rows = on.run(
      "SELECT import_item.position, import_item.reason FROM import_run JOIN import_item ON import_item.run_id = "
      "import_run.id WHERE import_run.payload_id = :a1 AND import_item.outcome = 'quarantined'",
      {payload_id}, "it");
  while (rows.next()) result[rows.small(0)] = rows.text(1);
  return result;
}

std::int64_t archive_payload(connection &on, const std::string &source, const std::string &digest,
                             const std::string &body, std::int64_t size, time_us at) {
  const std::string find = "SELECT id FROM payload WHERE digest = :a1";
  if (auto &known = on.run(find, {digest}, "i"); known.next()) {
    const auto id = known.number(0);
    // Refused before and kept by its digest only: now the bytes are here.
    if (!body.empty()) on.change("UPDATE payload SET body = :a1 WHERE id = :a2 AND body = ''", {packed(body), id});
    return id;
  }
  on.change(
      "INSERT INTO payload (digest, source, size, at, body) VALUES (:a1, :a2, :a3, :a4, :a5) ON CONFLICT (digest) "
      "DO NOTHING",
      {digest, source, size, at, packed(body)});
  auto &stored = on.run(find, {digest}, "i");
  if (!stored.next()) throw std::runtime_error("The payload was archived but cannot be found.");
  return stored.number(0);
}

std::optional<std::string> payload(connection &on, std::int64_t payload_id) {
  auto &rows = on.run("SELECT body FROM payload WHERE id = :a1", {payload_id}, "t");
  if (!rows.next() || rows.text(0).empty()) return std::nullopt;
  return unpacked(rows.text(0));
}

std::int64_t insert_run(connection &on, const import_run &run) {
  static const std::string sql =
      "INSERT INTO import_run (receipt, source, channel, user_id, name, at, payload_id, bytes, digest, accepted, "
      "repeated, "
      "legacy, quarantined, updated, reason) VALUES " +
      placeholders(15) + " RETURNING id";
  auto &rows = on.run(sql,
                      {run.receipt, run.source, run.channel, run.user, run.name, run.at, run.payload_id, run.bytes,
                       run.digest, run.accepted, run.repeated, run.legacy, run.quarantined, run.updated, run.reason},
                      "i");
  if (!rows.next()) throw std::runtime_error("The database gave no number to an import.");
  return rows.number(0);
}

void update_run(connection &on, const import_run &run) {
  on.change(
      "UPDATE import_run SET payload_id = :a1, bytes = :a2, digest = :a3, accepted = :a4, repeated = :a5, legacy = "
      ":a6, quarantined = :a7, updated = :a8, reason = :a9 WHERE id = :a10",
      {run.payload_id, run.bytes, run.digest, run.accepted, run.repeated, run.legacy, run.quarantined, run.updated,
       run.reason, run.id});
}

void insert_item(connection &on, const import_item &item) {
  on.change(
      "INSERT INTO import_item (run_id, position, external_id, outcome, lead_id, reason) VALUES (:a1, :a2, :a3, :a4, "
      ":a5, :a6)",
      {item.run_id, item.position, item.external_id, item.outcome, item.lead_id, item.reason});
}

std::vector<import_run> runs(connection &on, const std::string &source, const std::string &outcome, std::int64_t before,
                             int limit) {
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
}

std::optional<import_run> find_run(connection &on, std::int64_t id) {
  auto &rows = on.run("SELECT " + run_columns + " FROM import_run WHERE id = :a1", {id}, run_kinds);
  if (!rows.next()) return std::nullopt;
  return read_run(rows);
}

std::vector<import_item> items(connection &on, std::int64_t run_id) {
  std::vector<import_item> result;
  auto &rows = on.run(
      "SELECT id, run_id, position, external_id, outcome, lead_id, reason FROM import_item WHERE run_id = :a1 "
      "ORDER BY position, id",
      {run_id}, "iiittit");
  while (rows.next()) {
    result.push_back(
        {rows.number(0), rows.number(1), rows.small(2), rows.text(3), rows.text(4), rows.number(5), rows.text(6)});
  }
  return result;
}

}  // namespace lead_system::store
