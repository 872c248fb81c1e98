#include "store/lead_rows.hpp"

#include <algorithm>
#include <array>

#include "lead/fold.hpp"
#include "store/database.hpp"
#include "store/text_query.hpp"

namespace lead_system::store {

namespace {

constexpr std::size_t kept_phones = 3;

lead_content joined_content(const std::string &content, const std::string &details) {
  auto whole = content_from_json(content);
  auto rest = content_from_json(details);
  whole.message.swap(rest.message);
  whole.consents.swap(rest.consents);
  whole.extras.swap(rest.extras);
  return whole;
}

/// The words that a lead is found by besides the name: whose company, where from, which vehicles.
std::string search_key(const lead_content &content) {
  const auto &who = content.prospect;
  std::string vehicles;
  for (const auto &item : content.wanted) vehicles += item.make + " " + item.model + " ";
  return fold_name(who.company + " " + who.city + " " + who.postal_code) + search_key_parts + fold_name(vehicles);
}

/// What table lead_number keeps.
std::vector<std::string> numbers_of(const lead_content &content) {
  std::vector<std::string> result{fold_email(content.prospect.customer_number)};
  for (const auto &item : content.wanted) result.push_back(fold_email(item.vin));
  for (const auto &digits : keys_of(content.prospect).phones) result.push_back(turned_phone(digits));
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  std::erase(result, std::string{});
  return result;
}

/// The columns that follow from state and people's work, in one order for insert and update.
constexpr std::string_view worked_columns[] = {
    "type",        "category",  "state",      "state_rank",  "is_open",       "contact",          "location",
    "assignee",    "customer",  "updated_at", "reminder_at", "escalation_at", "due_at",           "first_contact_at",
    "imported_at", "ended_at",  "reason",     "reached",     "follows",       "payload_id",       "notified",
    "notice_at",   "agreed_at", "stages",     "next_at",     "next_kind",     "next_reminder_at", "next_escalation_at"};

/// What the plugin of before migration 0014 reads beside this one.
int farthest(stage_set reached) {
  for (auto one = all_stages.rbegin(); one != all_stages.rend(); ++one) {
    if (reached.has(*one)) return static_cast<int>(*one);
  }
  return 0;
}

std::array<cell, std::size(worked_columns)> worked_cells(const lead &item) {
  return {item.content.type,
          item.category,
          key(item.state),
          static_cast<int>(item.state),
          is_open(item.state) ? 1 : 0,
          key(item.contact),
          item.location,
          item.assignee,
          item.customer,
          item.updated_at,
          item.reminder_at,
          item.escalation_at,
          due_at(item),
          item.first_contact_at,
          item.imported_at,
          item.ended_at,
          item.reason,
          farthest(item.reached),
          item.follows,
          item.payload_id,
          item.notified,
          next_notice_at(item),
          item.agreed_at,
          static_cast<int>(item.reached.bits()),
          item.next_at,
          item.next_kind,
          item.next_reminder_at,
          item.next_escalation_at};
}

constexpr std::string_view content_columns[] = {"digest",      "dealer_code", "name_key",    "email_key",
                                                "phone_key_1", "phone_key_2", "phone_key_3", "search_key",
                                                "model",       "campaign",    "content",     "details"};

/// The texts of a content as the columns have them.
struct content_texts {
  content_texts(const lead_content &whole, const std::string &its_digest)
      : of(whole),
        digest(its_digest),
        keys(keys_of(whole.prospect)),
        search(search_key(whole)),
        listed(to_json(whole, content_part::listed)),
        details(to_json(whole, content_part::details)) {
    keys.phones.resize(kept_phones);
  }
  std::array<cell, std::size(content_columns)> cells() const {
    return {digest,         of.dealer_code, keys.name, keys.email,  keys.phones[0], keys.phones[1],
            keys.phones[2], search,         model(),   of.campaign, listed,         details};
  }
  std::string_view model() const {
    return of.wanted.empty() ? std::string_view{} : std::string_view(of.wanted.front().model);
  }
  const lead_content &of;
  const std::string &digest;
  person_keys keys;
  std::string search, listed, details;
};

template <typename Cells>
void add_values(std::vector<value> &values, const Cells &cells) {
  for (const auto &one : cells) {
    values.push_back(one.is_text() ? value{std::string(one.text())} : value{one.number()});
  }
}

/// "type = :a1, category = :a2 …", counting on from `first`.
template <typename Columns>
std::string assignments(const Columns &columns, std::size_t first) {
  std::string result;
  for (const auto column : columns) {
    result += (result.empty() ? "" : ", ") + std::string(column) + " = :a" + std::to_string(++first);
  }
  return result;
}

std::string insert_columns() {
  std::string columns = "id, version, source, external_id, occurrence, created_at";
  for (const auto column : worked_columns) columns += ", " + std::string(column);
  for (const auto column : content_columns) columns += ", " + std::string(column);
  return columns;
}

std::string update_sql(bool with_content) {
  constexpr auto worked = std::size(worked_columns), contents = std::size(content_columns);
  auto sql = "UPDATE lead SET version = version + 1, " + assignments(worked_columns, 0);
  if (with_content) sql += ", " + assignments(content_columns, worked);
  const auto next = worked + (with_content ? contents : 0);
  return sql + " WHERE id = :a" + std::to_string(next + 1) + " AND version = :a" + std::to_string(next + 2);
}

std::optional<lead> one_lead(statement &rows) {
  if (!rows.next()) return std::nullopt;
  return read_lead(rows, true);
}

}  // namespace

const std::string lead_columns =
    "id, version, category, state, contact, location, assignee, customer, created_at, updated_at, reminder_at, "
    "escalation_at, first_contact_at, imported_at, ended_at, reason, stages, follows, payload_id, notified, "
    "agreed_at, next_at, next_kind, next_reminder_at, next_escalation_at, content";
const std::string lead_column_kinds =
    "iitttttt"
    "iiiiiii"
    "tiiiii"
    "itiit";

time_us due_at(const lead &item) noexcept {
  const auto step = next_step_of(item);
  if (step.what == next_step::kind::ended) return due_kept;
  return step.due != 0 ? step.due : due_never;
}

time_us next_notice_at(const lead &item) noexcept {
  if (is_terminal(item.state) || item.notified >= 2) return 0;
  const auto [reminder, escalation] = notices_of(item);
  return item.notified == 0 && reminder != 0 ? reminder : escalation;
}

lead read_lead(const statement &row, bool with_details) {
  lead item;
  item.id = row.number(0);
  item.version = row.number(1);
  item.category = row.text(2);
  item.state = state_from(row.text(3)).value_or(lead_state::received);
  item.contact = contact_result_from(row.text(4)).value_or(contact_result::open);
  item.location = row.text(5);
  item.assignee = row.text(6);
  item.customer = row.text(7);
  item.created_at = row.number(8);
  item.updated_at = row.number(9);
  item.reminder_at = row.number(10);
  item.escalation_at = row.number(11);
  item.first_contact_at = row.number(12);
  item.imported_at = row.number(13);
  item.ended_at = row.number(14);
  item.reason = row.text(15);
  item.reached = stage_set::from_bits(static_cast<unsigned>(row.small(16)));
  item.follows = row.number(17);
  item.payload_id = row.number(18);
  item.notified = row.small(19);
  item.agreed_at = row.number(20);
  item.next_at = row.number(21);
  item.next_kind = row.text(22);
  item.next_reminder_at = row.number(23);
  item.next_escalation_at = row.number(24);
  item.content = with_details ? joined_content(row.text(25), row.text(26)) : content_from_json(row.text(25));
  return item;
}

person_keys keys_of(const person &who) {
  person_keys keys;
  keys.name =
      fold_name(who.last_name.empty() && who.first_name.empty() ? who.company : who.last_name + " " + who.first_name);
  keys.email = fold_email(who.email);
  for (const auto &one : who.phones) {
    auto digits = phone_digits(one.number);
    if (!digits.empty() && keys.phones.size() < kept_phones) keys.phones.push_back(std::move(digits));
  }
  return keys;
}

std::string same_signs_sql(const person_signs &signs, const std::string &customer, arguments &in) {
  std::string result;
  const auto add = [&](const std::string &term) { result += (result.empty() ? "" : " OR ") + term; };
  // "<> ''" names the partial indexes.
  if (!signs.email.empty()) add("(email_key = " + in.text(signs.email) + " AND email_key <> '')");
  if (!signs.phones.empty()) {
    for (const std::string column : {"phone_key_1", "phone_key_2", "phone_key_3"}) {
      add("(" + column + " IN (" + in.texts(signs.phones) + ") AND " + column + " <> '')");
    }
  }
  if (!customer.empty()) add("(customer = " + in.text(customer) + " AND customer <> '')");
  return result.empty() ? result : "(" + result + ")";
}

std::optional<lead> lead_with(connection &on, std::int64_t id) {
  static const std::string sql = "SELECT " + lead_columns + ", details FROM lead WHERE id = :a1";
  return one_lead(on.run(sql, {id}, lead_column_kinds + "t"));
}

std::optional<lead> transaction::find_lead(std::int64_t id) {
  return lead_with(on_, id);
}

std::optional<lead> transaction::find_lead(const std::string &source, const std::string &external_id) {
  static const std::string sql = "SELECT " + lead_columns +
                                 ", details FROM lead WHERE source = :a1 AND external_id = :a2"
                                 " ORDER BY occurrence DESC LIMIT 1";
  return one_lead(on_.run(sql, {source, external_id}, lead_column_kinds + "t"));
}

std::vector<lead> transaction::leads_with_id(const std::string &source, const std::string &external_id) {
  constexpr int most = 100;
  static const std::string sql = "SELECT " + lead_columns +
                                 ", details FROM lead WHERE source = :a1 AND external_id = :a2"
                                 " ORDER BY occurrence DESC LIMIT " +
                                 std::to_string(most);
  std::vector<lead> result;
  auto &rows = on_.run(sql, {source, external_id}, lead_column_kinds + "t");
  while (rows.next()) result.push_back(read_lead(rows, true));
  return result;
}

namespace {

void remember_numbers(connection &on, std::int64_t lead_id, const std::vector<std::string> &numbers) {
  static const std::string columns = "number, lead_id";
  for (const auto &one : numbers) on.into(bulk_table::lead_number, columns).add({one, lead_id});
}

void change_numbers(connection &on, const lead_content &from, const lead &to) {
  const auto before = numbers_of(from), now = numbers_of(to.content);
  if (before == now) return;
  for (const auto &one : before) {
    on.change("DELETE FROM lead_number WHERE number = :a1 AND lead_id = :a2", {one, to.id});
  }
  remember_numbers(on, to.id, now);
}

}  // namespace

void insert_lead(connection &on, std::int64_t id, const lead &item, int occurrence, const std::string &digest) {
  static const std::string columns = insert_columns();
  const auto &content = item.content;
  const content_texts texts(content, digest);
  std::vector<cell> row{id, item.version, content.source, content.external_id, occurrence, item.created_at};
  for (const auto &one : worked_cells(item)) row.push_back(one);
  for (const auto &one : texts.cells()) row.push_back(one);
  on.into(bulk_table::lead, columns).add(row);
  remember_numbers(on, id, numbers_of(content));
}

std::string transaction::content_digest(std::int64_t lead_id) {
  auto &rows = on_.run("SELECT digest FROM lead WHERE id = :a1", {lead_id}, "t");
  return rows.next() ? rows.text(0) : std::string{};
}

bool update_lead(connection &on, const lead &item, const std::string *digest) {
  const auto before = digest != nullptr ? lead_with(on, item.id) : std::nullopt;
  static const std::string without = update_sql(false), with = update_sql(true);
  std::vector<value> values;
  add_values(values, worked_cells(item));
  if (digest != nullptr) add_values(values, content_texts(item.content, *digest).cells());
  values.emplace_back(item.id);
  values.emplace_back(item.version);
  if (on.change(digest != nullptr ? with : without, std::move(values)) != 1) return false;
  if (before) change_numbers(on, before->content, item);
  return true;
}

}  // namespace lead_system::store
