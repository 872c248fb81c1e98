#include "store/arrivals.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "lead/same_person.hpp"
#include "store/lead_rows.hpp"

namespace lead_system::store {

namespace {

std::string key_of(const lead_content &content) {
  return content.source + '\n' + content.external_id;
}

/// Of those who share a phone or an address. More than that share it where it is nobody's.
constexpr int most_enquiries = 50;

/// An e-mail holds an @ and a phone none: both fit into one map.
std::vector<std::string> all_of(person_signs signs) {
  auto result = std::move(signs.phones);
  if (!signs.email.empty()) result.push_back(std::move(signs.email));
  return result;
}

/// As PostgreSQL reads an array of texts.
std::string array_of(const std::set<std::string> &texts) {
  std::string result = "{";
  for (const auto &text : texts) {
    result += result.size() > 1 ? ",\"" : "\"";
    for (const char letter : text) {
      if (letter == '"' || letter == '\\') result += '\\';
      result += letter;
    }
    result += '"';
  }
  return result + "}";
}

/// On PostgreSQL, for a new lead.
const std::string next_number = "nextval(pg_get_serial_sequence('lead', 'id'))";

/// The newest enquiries of each of the keys that `array` names, by one column.
std::string newest_by(const std::string &column, const std::string &array, const std::string &since) {
  // "<> ''" names the partial index.
  return "SELECT asked.text, found.created_at, found.id, found.content FROM unnest(CAST(" + array +
         " AS text[])) AS asked(text) CROSS JOIN LATERAL (SELECT created_at, id, content FROM lead WHERE " + column +
         " = asked.text AND " + column + " <> '' AND created_at >= " + since +
         " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(most_enquiries) + ") AS found";
}

}  // namespace

void arrivals::expect(std::span<const transaction::arrival> next, time_us since) {
  ids_.clear();
  persons_.clear();
  versions_.clear();
  since_ = since;
  expected_ = std::max<std::size_t>(next.size(), 1);
  // In the same process a question costs nothing; one lead's questions are not worth being put together.
  if (on_.kind() == engine::sqlite || next.size() < 2) return;
  on_.write();
  ask_ids(next);
  ask_persons(next);
}

void arrivals::ask_ids(std::span<const transaction::arrival> next) {
  std::map<std::string, std::set<std::string>> by_source;
  for (const auto &one : next) {
    by_source[one.content.source].insert(one.content.external_id);
    ids_[key_of(one.content)].all_digests = true;
  }
  for (const auto &[source, external_ids] : by_source) {
    arguments in;
    const auto those = " WHERE source = " + in.text(source) + " AND external_id = ANY(CAST(" +
                       in.text(array_of(external_ids)) + " AS text[])) ";
    statement rows(on_.session(), "SELECT external_id, id, occurrence FROM lead" + those + "ORDER BY occurrence", in,
                   "tii");
    bool any = false;
    for (rows.execute(); rows.next(); any = true) {
      auto &known = ids_[source + '\n' + rows.text(0)];
      known.id = rows.number(1);
      known.occurrence = rows.small(2);
    }
    if (!any) continue;
    statement contents(on_.session(), "SELECT external_id, digest FROM lead_digest" + those, in, "tt");
    for (contents.execute(); contents.next();) {
      ids_[source + '\n' + contents.text(0)].digests.insert(contents.text(1));
    }
  }
}

void arrivals::ask_persons(std::span<const transaction::arrival> next) {
  std::set<std::string> emails, phones;
  for (const auto &one : next) {
    if (ids_[key_of(one.content)].id != 0) continue;
    auto keys = signs_of(one.content.prospect);
    if (!keys.email.empty()) emails.insert(keys.email);
    for (const auto &number : keys.phones) phones.insert(number);
    for (auto &key : all_of(std::move(keys))) persons_.try_emplace(std::move(key));
  }
  arguments in;
  std::string sql;
  const auto add = [&](const std::string &column, const std::set<std::string> &keys) {
    if (keys.empty()) return;
    sql += (sql.empty() ? "" : " UNION ALL ") + newest_by(column, in.text(array_of(keys)), in.number(since_));
  };
  add("email_key", emails);
  for (const auto *column : {"phone_key_1", "phone_key_2", "phone_key_3"}) add(column, phones);
  if (sql.empty()) return;
  statement rows(on_.session(), sql, in, "tiit");
  for (rows.execute(); rows.next();) {
    persons_[rows.text(0)].push_back({rows.number(1), rows.number(2), content_from_json(rows.text(3)).prospect});
  }
}

transaction::known_lead arrivals::look_up(const transaction::arrival &one, time_us since) {
  auto &known = newest(one.content);
  if (known.id == 0) return {0, false, earlier_enquiry(one.content, since), false};
  return {known.id, came_with(known, one.content, one.digest), 0, known.occurrence > 1};
}

arrivals::known_id &arrivals::newest(const lead_content &content) {
  const auto [found, fresh] = ids_.try_emplace(key_of(content));
  auto &known = found->second;
  if (!fresh) return known;
  static const std::string newest_of =
      "SELECT id, occurrence FROM lead WHERE source = :a1 AND external_id = :a2 ORDER BY occurrence DESC LIMIT 1";
  // Where there is none one is mostly made: its number is no round trip of its own.
  static const std::string or_number =
      "SELECT COALESCE(found.id, 0), COALESCE(found.occurrence, 0), CASE WHEN found.id IS NULL THEN " + next_number +
      " ELSE 0 END FROM (SELECT 1) AS one LEFT JOIN LATERAL (" + newest_of + ") AS found ON TRUE";
  const bool with_number = on_.kind() == engine::postgresql && numbers_.empty();
  auto &rows =
      on_.run(with_number ? or_number : newest_of, {content.source, content.external_id}, with_number ? "iii" : "ii");
  if (rows.next()) {
    known.id = rows.number(0);
    known.occurrence = rows.small(1);
    if (with_number && known.id == 0) numbers_.push_back(rows.number(2));
  }
  known.all_digests = known.id == 0;
  return known;
}

bool arrivals::came_with(known_id &known, const lead_content &content, const std::string &digest) {
  if (known.digests.contains(digest)) return true;
  if (known.all_digests) return false;
  const bool came = on_.run("SELECT 1 FROM lead_digest WHERE source = :a1 AND external_id = :a2 AND digest = :a3",
                            {content.source, content.external_id, digest}, "i")
                        .next();
  if (came) known.digests.insert(digest);
  return came;
}

std::int64_t arrivals::earlier_enquiry(const lead_content &content, time_us since) {
  const auto keys = all_of(signs_of(content.prospect));
  if (keys.empty()) return 0;
  bool all_known = since == since_;
  std::pair<time_us, std::int64_t> newest;
  for (const auto &key : keys) {
    const auto known = persons_.find(key);
    all_known = all_known && known != persons_.end();
    if (!all_known) break;
    for (const auto &one : known->second) {
      if (maybe_same_name(content.prospect, one.who)) newest = std::max(newest, {one.at, one.id});
    }
  }
  if (all_known) return newest.second;
  arguments in;
  const auto signs = same_signs_sql(signs_of(content.prospect), {}, in);
  const auto sql = "SELECT id, content FROM lead WHERE " + signs + " AND created_at >= " + in.number(since) +
                   " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(most_enquiries);
  std::vector<value> values(in.values().begin(), in.values().end());
  auto &rows = on_.run(sql, std::move(values), "it");
  std::int64_t found = 0;
  while (rows.next()) {
    if (found == 0 && maybe_same_name(content.prospect, content_from_json(rows.text(1)).prospect))
      found = rows.number(0);
  }
  return found;
}

void arrivals::remember(known_id &known, const lead_content &content, const std::string &digest) {
  if (came_with(known, content, digest)) return;
  static const std::string columns = "source, external_id, digest";
  on_.into(bulk_table::lead_digest, columns).add({content.source, content.external_id, digest});
  known.digests.insert(digest);
}

std::int64_t arrivals::insert(const lead &item, const std::string &digest) {
  const auto &content = item.content;
  auto &known = newest(content);
  remember(known, content, digest);
  known.id = next_id();
  // Two imports of the same lead at once take the same occurrence; the unique index then sends the later one back.
  insert_lead(on_, known.id, item, ++known.occurrence, digest);
  versions_[known.id] = item.version;
  if (persons_.empty() || item.created_at < since_) return known.id;
  for (const auto &key : all_of(signs_of(content.prospect))) {
    const auto person = persons_.find(key);
    if (person != persons_.end()) person->second.push_back({item.created_at, known.id, content.prospect});
  }
  return known.id;
}

bool arrivals::update(const lead &item, const std::string *digest) {
  if (digest != nullptr) {
    remember(newest(item.content), item.content, *digest);
    // It may have another e-mail or phone now: who has the old one is asked anew.
    std::erase_if(persons_, [&](const auto &person) {
      return std::any_of(person.second.begin(), person.second.end(),
                         [&](const auto &one) { return one.id == item.id; });
    });
    for (const auto &key : all_of(signs_of(item.content.prospect))) persons_.erase(key);
  }
  if (!update_lead(on_, item, digest)) return false;
  versions_[item.id] = item.version + 1;
  return true;
}

std::int64_t arrivals::version_of(std::int64_t lead_id) const {
  const auto known = versions_.find(lead_id);
  return known == versions_.end() ? 0 : known->second;
}

std::int64_t arrivals::next_id() {
  if (numbers_.empty() && on_.kind() == engine::sqlite) {
    // Nobody else writes until this transaction ends.
    numbers_.push_back(on_.number("SELECT COALESCE(MAX(id), 0) FROM lead"));
  }
  if (on_.kind() == engine::sqlite) return ++numbers_.back();
  if (numbers_.empty()) {
    auto &rows = on_.run_beside("SELECT " + next_number + " FROM generate_series(1, :a1)",
                                {static_cast<long long>(expected_)}, "i");
    while (rows.next()) numbers_.push_back(rows.number(0));
    std::sort(numbers_.rbegin(), numbers_.rend());
    expected_ = 1;
  }
  if (numbers_.empty()) throw std::runtime_error("The database gave no number to a new lead.");
  const auto number = numbers_.back();
  numbers_.pop_back();
  return number;
}

void transaction::expect(std::span<const arrival> next, time_us since) {
  arrivals_->expect(next, since);
}

transaction::known_lead transaction::look_up(const arrival &one, time_us since) {
  return arrivals_->look_up(one, since);
}

std::int64_t transaction::earlier_enquiry(const lead_content &content, time_us since) {
  return arrivals_->earlier_enquiry(content, since);
}

std::int64_t transaction::insert_lead(const lead &item, const std::string &digest) {
  return arrivals_->insert(item, digest);
}

bool transaction::update_lead(const lead &item) {
  return arrivals_->update(item, nullptr);
}

bool transaction::update_lead_content(const lead &item, const std::string &digest) {
  return arrivals_->update(item, &digest);
}

}  // namespace lead_system::store
