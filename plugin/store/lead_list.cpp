#include "store/lead_list.hpp"

#include <algorithm>

#include "lead/same_person.hpp"
#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/text_query.hpp"

namespace lead_system::store {

namespace {

constexpr std::size_t most_related = 50;

constexpr auto open_group_fields =
    fields_of<open_group>(field("type", &open_group::type), field("MIN(category)", &open_group::category),
                          field("location", &open_group::location), field("assignee", &open_group::assignee),
                          field("COUNT(*)", &open_group::count));

std::vector<open_group> read_open_groups(connection &on) {
  return open_group_fields.all(on,
                               "FROM lead WHERE is_open = 1 GROUP BY type, location, assignee ORDER BY "
                               "type, location, assignee");
}

}  // namespace

std::vector<std::int64_t> store::leads_of_customer(const std::string &customer) {
  return inside_->read([&](connection &on) {
    return on.numbers("SELECT id FROM lead WHERE customer = :a1 AND customer <> '' ORDER BY id", {customer});
  });
}

std::string leads_sql(const std::vector<std::int64_t> &ids, arguments &in) {
  return "SELECT " + lead_columns + " FROM lead WHERE id IN (" + in.numbers(ids) + ")";
}

std::vector<lead> store::leads(const std::vector<std::int64_t> &ids, const access::visibility &who) {
  return inside_->read([&](connection &on) -> std::vector<lead> {
    std::vector<lead> result;
    if (ids.empty()) return result;
    arguments in;
    const auto sql = leads_sql(ids, in);
    statement rows(on.session(), sql, in, lead_column_kinds);
    for (rows.execute(); rows.next();) {
      if (auto item = read_lead(rows, false); access::sees(who, item)) result.push_back(std::move(item));
    }
    std::unordered_map<std::int64_t, std::size_t> places;
    for (std::size_t at = 0; at < ids.size(); ++at) places.emplace(ids[at], at);
    std::sort(result.begin(), result.end(),
              [&](const lead &left, const lead &right) { return places.at(left.id) < places.at(right.id); });
    return result;
  });
}

std::string one_of_a_kind_ids_sql(const std::string &text, const std::vector<std::string> &sources, arguments &in) {
  std::string sql;
  for (const auto &one : one_of_a_kind_sql(read_text(text), sources, in)) {
    sql += (sql.empty() ? "" : " UNION ALL ") + ("SELECT id FROM lead WHERE " + one);
  }
  return sql;
}

std::vector<std::int64_t> store::find_one_of_a_kind(const std::string &text, const std::vector<std::string> &sources) {
  return inside_->read([&](connection &on) -> std::vector<std::int64_t> {
    std::vector<std::int64_t> result;
    arguments in;
    const auto sql = one_of_a_kind_ids_sql(text, sources, in);
    if (sql.empty()) return result;
    statement rows(on.session(), sql, in, "i");
    for (rows.execute(); rows.next();) result.push_back(rows.number(0));
    return result;
  });
}

std::optional<lead> store::find(std::int64_t id, const access::visibility &who) {
  return inside_->read([&](connection &on) -> std::optional<lead> {
    auto found = lead_with(on, id);
    if (found && !access::sees(who, *found)) found.reset();
    return found;
  });
}

std::set<std::int64_t> store::visible(const std::vector<std::int64_t> &ids, const access::visibility &who) {
  return inside_->read([&](connection &on) -> std::set<std::int64_t> {
    std::set<std::int64_t> result;
    if (ids.empty()) return result;
    arguments in;
    const auto list = in.numbers(ids);
    statement rows(on.session(), "SELECT id, type, location, assignee FROM lead WHERE id IN (" + list + ")", in,
                   "ittt");
    for (rows.execute(); rows.next();) {
      if (access::sees(who, rows.text(1), rows.text(2), rows.text(3))) result.insert(rows.number(0));
    }
    return result;
  });
}

std::vector<lead> store::related(const lead &item, const access::visibility &who) {
  return inside_->read([&](connection &on) -> std::vector<lead> {
    // Beside those of other persons, who share a phone or an address, and those that `who` does not see.
    constexpr int most_looked_at = 500;
    arguments in;
    const auto person = same_signs_sql(signs_of(item.content.prospect), item.customer, in);
    std::vector<lead> result;
    if (person.empty()) return result;
    const auto not_itself = in.number(item.id);
    statement rows(on.session(),
                   "SELECT " + lead_columns + " FROM lead WHERE " + person + " AND id <> " + not_itself +
                       " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(most_looked_at),
                   in, lead_column_kinds);
    for (rows.execute(); rows.next() && result.size() < most_related;) {
      auto other = read_lead(rows, false);
      if (!access::sees(who, other)) continue;
      // A link to the same customer is somebody's word.
      const bool same_customer = !item.customer.empty() && other.customer == item.customer;
      if (same_customer || maybe_same_name(item.content.prospect, other.content.prospect)) {
        result.push_back(std::move(other));
      }
    }
    return result;
  });
}

std::string open_leads_sql() {
  return "SELECT " + lead_columns +
         " FROM lead WHERE is_open = 1 AND (created_at, id) > (:a1, :a2) ORDER BY created_at, id LIMIT :a3";
}

std::vector<lead> store::open_leads_after(time_us created_at, std::int64_t id, int limit) {
  return inside_->read([&](connection &on) {
    std::vector<lead> result;
    auto &rows = on.run(open_leads_sql(), {created_at, id, std::clamp(limit, 1, most_rows)}, lead_column_kinds);
    while (rows.next()) result.push_back(read_lead(rows, false));
    return result;
  });
}

std::vector<open_group> store::open_groups() {
  return inside_->read([](connection &on) { return read_open_groups(on); });
}

std::vector<open_group> transaction::open_groups() {
  return read_open_groups(on_);
}

std::vector<std::pair<std::string, std::string>> store::types_in_use() {
  return inside_->read([&](connection &on) {
    std::vector<std::pair<std::string, std::string>> result;
    // From type to type along the index: a DISTINCT would read every lead.
    for (std::string last;; last = result.back().first) {
      auto &rows = on.run("SELECT type, category FROM lead WHERE type > :a1 ORDER BY type, id LIMIT 1", {last}, "tt");
      if (!rows.next()) return result;
      result.emplace_back(rows.text(0), rows.text(1));
    }
  });
}

}  // namespace lead_system::store
