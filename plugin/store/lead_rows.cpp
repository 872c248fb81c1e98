#include "store/lead_rows.hpp"

#include <algorithm>
#include <array>

#include "lead/fold.hpp"
#include "store/database.hpp"
#include "store/fields.hpp"
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

/// What the plugin of before migration 0014 reads beside this one.
int farthest(stage_set reached) {
  for (auto one = all_stages.rbegin(); one != all_stages.rend(); ++one) {
    if (reached.has(*one)) return static_cast<int>(*one);
  }
  return 0;
}

/// What a list shows besides the content.
constexpr auto lead_fields = fields_of<lead>(
    field("id", &lead::id), field("version", &lead::version), field("category", &lead::category),
    field("state", &lead::state), field("contact", &lead::contact), field("location", &lead::location),
    field("assignee", &lead::assignee), field("customer", &lead::customer), field("created_at", &lead::created_at),
    field("updated_at", &lead::updated_at), field("reminder_at", &lead::reminder_at),
    field("escalation_at", &lead::escalation_at), field("first_contact_at", &lead::first_contact_at),
    field("imported_at", &lead::imported_at), field("ended_at", &lead::ended_at), field("reason", &lead::reason),
    field("stages", &lead::reached), field("follows", &lead::follows), field("payload_id", &lead::payload_id),
    field("notified", &lead::notified), field("agreed_at", &lead::agreed_at), field("next_at", &lead::next_at),
    field("next_kind", &lead::next_kind), field("next_reminder_at", &lead::next_reminder_at),
    field("next_escalation_at", &lead::next_escalation_at));

/// What follows from state and people's work.
constexpr auto worked_fields = fields_of<lead>(
    field("type", [](const lead &item) -> const std::string & { return item.content.type; }),
    field("category", &lead::category), field("state", &lead::state),
    field("state_rank", [](const lead &item) { return static_cast<int>(item.state); }),
    field("is_open", [](const lead &item) { return is_open(item.state); }), field("contact", &lead::contact),
    field("location", &lead::location), field("assignee", &lead::assignee), field("customer", &lead::customer),
    field("updated_at", &lead::updated_at), field("reminder_at", &lead::reminder_at),
    field("escalation_at", &lead::escalation_at), field("due_at", &due_at),
    field("first_contact_at", &lead::first_contact_at), field("imported_at", &lead::imported_at),
    field("ended_at", &lead::ended_at), field("reason", &lead::reason),
    field("reached", [](const lead &item) { return farthest(item.reached); }), field("follows", &lead::follows),
    field("payload_id", &lead::payload_id), field("notified", &lead::notified), field("notice_at", &next_notice_at),
    field("agreed_at", &lead::agreed_at), field("stages", &lead::reached), field("next_at", &lead::next_at),
    field("next_kind", &lead::next_kind), field("next_reminder_at", &lead::next_reminder_at),
    field("next_escalation_at", &lead::next_escalation_at));

/// A new lead but for its content, its number and which of its external id it is.
constexpr auto new_lead_fields =
    fields_of<lead>(
        field("version", &lead::version),
        field("source", [](const lead &item) -> const std::string & { return item.content.source; }),
        field("external_id", [](const lead &item) -> const std::string & { return item.content.external_id; }),
        field("created_at", &lead::created_at)) +
    worked_fields;

/// The texts of a content as the columns have them.
struct content_texts {
  content_texts(const lead_content &whole, std::string_view its_digest)
      : digest(its_digest),
        dealer_code(whole.dealer_code),
        campaign(whole.campaign),
        keys(keys_of(whole.prospect)),
        search(search_key(whole)),
        listed(to_json(whole, content_part::listed)),
        details(to_json(whole, content_part::details)) {
    keys.phones.resize(kept_phones);
    if (!whole.wanted.empty()) model = whole.wanted.front().model;
  }
  template <std::size_t Index>
  const std::string &phone() const {
    return keys.phones[Index];
  }
  std::string_view digest, dealer_code, campaign, model;  ///< of the lead
  person_keys keys;
  std::string search, listed, details;
};

constexpr auto content_fields = fields_of<content_texts>(
    field("digest", &content_texts::digest), field("dealer_code", &content_texts::dealer_code),
    field("name_key", [](const content_texts &of) -> const std::string & { return of.keys.name; }),
    field("email_key", [](const content_texts &of) -> const std::string & { return of.keys.email; }),
    field("phone_key_1", &content_texts::phone<0>), field("phone_key_2", &content_texts::phone<1>),
    field("phone_key_3", &content_texts::phone<2>), field("search_key", &content_texts::search),
    field("model", &content_texts::model), field("campaign", &content_texts::campaign),
    field("content", &content_texts::listed), field("details", &content_texts::details));

std::string update_sql(bool with_content) {
  auto sql = "UPDATE lead SET version = version + 1, " + worked_fields.assignments();
  if (with_content) sql += ", " + content_fields.assignments(worked_fields.count);
  const auto next = worked_fields.count + (with_content ? content_fields.count : 0);
  return sql + " WHERE id = :a" + std::to_string(next + 1) + " AND version = :a" + std::to_string(next + 2);
}

std::optional<lead> one_lead(statement &rows) {
  if (!rows.next()) return std::nullopt;
  return read_lead(rows, true);
}

}  // namespace

const std::string lead_columns = lead_fields.columns() + ", content";
const std::string lead_column_kinds = std::string(lead_fields.kinds()) + "t";

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
  auto item = lead_fields.read(row);
  const auto &listed = row.text(lead_fields.count);
  item.content = with_details ? joined_content(listed, row.text(lead_fields.count + 1)) : content_from_json(listed);
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
  static const auto columns = new_lead_fields.columns() + ", id, occurrence, " + content_fields.columns();
  const content_texts texts(item.content, digest);
  const auto before = new_lead_fields.cells(item, id, occurrence);
  const auto behind = content_fields.cells(texts);
  std::vector<cell> row(before.begin(), before.end());
  row.insert(row.end(), behind.begin(), behind.end());
  on.into(bulk_table::lead, columns).add(row);
  remember_numbers(on, id, numbers_of(item.content));
}

std::string transaction::content_digest(std::int64_t lead_id) {
  return on_.text("SELECT digest FROM lead WHERE id = :a1", {lead_id});
}

bool update_lead(connection &on, const lead &item, const std::string *digest) {
  const auto before = digest != nullptr ? lead_with(on, item.id) : std::nullopt;
  static const std::string without = update_sql(false), with = update_sql(true);
  auto values = worked_fields.values(item);
  if (digest != nullptr) {
    for (auto &one : content_fields.values(content_texts(item.content, *digest))) values.push_back(std::move(one));
  }
  values.emplace_back(item.id);
  values.emplace_back(item.version);
  if (on.change(digest != nullptr ? with : without, std::move(values)) != 1) return false;
  if (before) change_numbers(on, before->content, item);
  return true;
}

}  // namespace lead_system::store
