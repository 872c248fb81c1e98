#include "store/lead_list.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "lead/same_person.hpp"
#include "store/cursor.hpp"
#include "store/text_query.hpp"
#include "store/visibility_sql.hpp"

namespace lead_system::store {

namespace {

struct sort_column {
  const char *name;
  bool is_number;
};
/// In the order of lead_sort.
constexpr std::array sort_columns{
    sort_column{"created_at", true}, sort_column{"due_at", true},    sort_column{"type", false},
    sort_column{"name_key", false},  sort_column{"location", false}, sort_column{"assignee", false},
    sort_column{"state_rank", true},
};

constexpr std::size_t most_related = 50;

std::string key_argument(const page_edge &edge, const sort_column &column, arguments &in) {
  if (!column.is_number) return in.text(edge.key);
  std::int64_t number = 0;
  const auto *end = edge.key.data() + edge.key.size();
  const auto parsed = std::from_chars(edge.key.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end) {
    throw bad_cursor("The place in the list is not known. Start again from its beginning.");
  }
  return in.number(number);
}

struct keyed_rows {
  std::vector<lead> leads;
  std::vector<std::string> keys;
  bool more = false;
};

/// Up to `limit` rows from `edge` (may be null) on, in the order in which they are read.
keyed_rows read_rows(connection &on, const lead_query &query, const access::visibility &who, time_us now,
                     const page_edge *edge, int limit) {
  const auto &column = sort_columns[static_cast<std::size_t>(query.sort)];
  const bool down = query.descending != (edge != nullptr && edge->backward);
  arguments in;
  auto where = filter_sql(query.filter, who, now, in);
  if (edge != nullptr) {
    const auto key = key_argument(*edge, column, in);
    where += " AND (" + std::string(column.name) + ", id) " + (down ? "<" : ">") + " (" + key + ", " +
             in.number(edge->id) + ")";
  }
  const std::string direction = down ? " DESC" : "";
  const auto sql = "SELECT " + lead_columns + ", " + column.name + " FROM lead WHERE " + where + " ORDER BY " +
                   column.name + direction + ", id" + direction + " LIMIT " + in.number(limit + 1);
  statement rows(on.session(), sql, in, lead_column_kinds + "t");
  keyed_rows result;
  for (rows.execute(); rows.next();) {
    if (static_cast<int>(result.leads.size()) == limit) {
      result.more = true;
      break;
    }
    result.leads.push_back(read_lead(rows, false));
    result.keys.push_back(rows.text(lead_column_kinds.size()));
  }
  return result;
}

std::int64_t number_of(connection &on, const std::string &sql, arguments &in) {
  statement rows(on.session(), sql, in, "i");
  rows.execute();
  return rows.next() ? rows.number(0) : 0;
}

}  // namespace

std::int64_t leads_of_customer(connection &on, const std::string &customer) {
  auto &rows = on.run("SELECT COUNT(*) FROM lead WHERE customer = :a1 AND customer <> ''", {customer}, "i");
  return rows.next() ? rows.number(0) : 0;
}

lead_page list_leads(connection &on, const lead_query &query, const access::visibility &who, time_us now) {
  std::optional<page_edge> edge;
  if (!query.cursor.empty()) {
    edge = from_cursor(query.cursor);
    if (edge->sort != query.sort || edge->descending != query.descending) {
      throw bad_cursor("The place belongs to another order of the list. Start again from its beginning.");
    }
  }
  const bool backward = edge && edge->backward;
  auto rows = read_rows(on, query, who, now, edge ? &*edge : nullptr, std::clamp(query.limit, 1, most_rows));
  if (backward) {
    std::reverse(rows.leads.begin(), rows.leads.end());
    std::reverse(rows.keys.begin(), rows.keys.end());
  }
  const auto cursor_at = [&](bool first, bool back) {
    // An empty page still knows where it would have been.
    if (rows.leads.empty()) return to_cursor({query.sort, query.descending, back, edge->key, edge->id});
    const auto index = first ? 0 : rows.leads.size() - 1;
    return to_cursor({query.sort, query.descending, back, rows.keys[index], rows.leads[index].id});
  };
  lead_page page;
  if (backward ? true : rows.more) page.next = cursor_at(false, false);
  if (backward ? rows.more : edge.has_value()) page.previous = cursor_at(true, true);
  page.leads = std::move(rows.leads);
  page.total = count_leads(on, query.filter, who, now);
  return page;
}

std::int64_t count_leads(connection &on, const lead_filter &filter, const access::visibility &who, time_us now) {
  arguments in;
  const auto where = filter_sql(filter, who, now, in);
  return number_of(on, "SELECT COUNT(*) FROM lead WHERE " + where, in);
}

tab_counts count_tabs(connection &on, const access::visibility &who, time_us now) {
  const auto count = [&](const char *tab) {
    lead_filter filter;
    filter.tab = tab;
    return count_leads(on, filter, who, now);
  };
  return {count("open"), count("unassigned"), count("mine"), count("overdue"), count("all")};
}

std::string leads_sql(const std::vector<std::int64_t> &ids, const access::visibility &who, arguments &in) {
  const auto seen = visibility_sql(who, in);
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ", ") + in.number(id);
  return "SELECT " + lead_columns + " FROM lead WHERE id IN (" + list + ") AND " + seen;
}

std::vector<lead> leads_of(connection &on, const std::vector<std::int64_t> &ids, const access::visibility &who) {
  std::vector<lead> result;
  if (ids.empty()) return result;
  arguments in;
  const auto sql = leads_sql(ids, who, in);
  statement rows(on.session(), sql, in, lead_column_kinds);
  for (rows.execute(); rows.next();) result.push_back(read_lead(rows, false));
  std::unordered_map<std::int64_t, std::size_t> places;
  for (std::size_t at = 0; at < ids.size(); ++at) places.emplace(ids[at], at);
  std::sort(result.begin(), result.end(),
            [&](const lead &left, const lead &right) { return places.at(left.id) < places.at(right.id); });
  return result;
}

std::string one_of_a_kind_ids_sql(const std::string &text, const std::vector<std::string> &sources, arguments &in) {
  std::string sql;
  for (const auto &one : one_of_a_kind_sql(read_text(text), sources, in)) {
    sql += (sql.empty() ? "" : " UNION ALL ") + ("SELECT id FROM lead WHERE " + one);
  }
  return sql;
}

std::vector<std::int64_t> find_one_of_a_kind(connection &on, const std::string &text,
                                             const std::vector<std::string> &sources) {
  std::vector<std::int64_t> result;
  arguments in;
  const auto sql = one_of_a_kind_ids_sql(text, sources, in);
  if (sql.empty()) return result;
  statement rows(on.session(), sql, in, "i");
  for (rows.execute(); rows.next();) result.push_back(rows.number(0));
  return result;
}

std::optional<lead> find_visible_lead(connection &on, std::int64_t id, const access::visibility &who) {
  arguments in;
  const auto seen = visibility_sql(who, in);
  statement rows(on.session(),
                 "SELECT " + lead_columns + ", details FROM lead WHERE id = " + in.number(id) + " AND " + seen, in,
                 lead_column_kinds + "t");
  rows.execute();
  if (!rows.next()) return std::nullopt;
  return read_lead(rows, true);
}

std::set<std::int64_t> visible_leads(connection &on, const std::vector<std::int64_t> &ids,
                                     const access::visibility &who) {
  std::set<std::int64_t> result;
  if (ids.empty()) return result;
  arguments in;
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ", ") + in.number(id);
  const auto seen = visibility_sql(who, in);
  statement rows(on.session(), "SELECT id FROM lead WHERE id IN (" + list + ") AND " + seen, in, "i");
  for (rows.execute(); rows.next();) result.insert(rows.number(0));
  return result;
}

std::vector<lead> related_leads(connection &on, const lead &item, const access::visibility &who) {
  // Beside those of other persons, who share a phone or an address.
  constexpr int most_looked_at = 200;
  arguments in;
  const auto person = same_signs_sql(signs_of(item.content.prospect), item.customer, in);
  std::vector<lead> result;
  if (person.empty()) return result;
  const auto seen = visibility_sql(who, in);
  const auto not_itself = in.number(item.id);
  statement rows(on.session(),
                 "SELECT " + lead_columns + " FROM lead WHERE " + person + " AND " + seen + " AND id <> " + not_itself +
                     " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(most_looked_at),
                 in, lead_column_kinds);
  for (rows.execute(); rows.next() && result.size() < most_related;) {
    auto other = read_lead(rows, false);
    // A link to the same customer is somebody's word.
    const bool same_customer = !item.customer.empty() && other.customer == item.customer;
    if (same_customer || maybe_same_name(item.content.prospect, other.content.prospect)) {
      result.push_back(std::move(other));
    }
  }
  return result;
}

std::vector<open_group> open_groups(connection &on) {
  std::vector<open_group> result;
  auto &rows = on.run(
      "SELECT type, MIN(category), location, assignee, COUNT(*) FROM lead WHERE is_open = 1 "
      "GROUP BY type, location, assignee ORDER BY type, location, assignee",
      {}, "tttti");
  while (rows.next()) {
    result.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.number(4)});
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> types_in_use(connection &on) {
  std::vector<std::pair<std::string, std::string>> result;
  // From type to type along the index: a DISTINCT would read every lead.
  for (std::string last;; last = result.back().first) {
    auto &rows = on.run("SELECT type, category FROM lead WHERE type > :a1 ORDER BY type, id LIMIT 1", {last}, "tt");
    if (!rows.next()) return result;
    result.emplace_back(rows.text(0), rows.text(1));
  }
}

}  // namespace lead_system::store
