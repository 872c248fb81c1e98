#include "integration/overview_oracle.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "store/cursor.hpp"
#include "store/database.hpp"
#include "store/lead_rows.hpp"
#include "store/text_query.hpp"

namespace overview_oracle {

namespace {

using namespace lead_system::store;

constexpr int most_rows = 500;

/// Whose leads are his: his own, and those of whoever he represents.
std::vector<std::string> worked_by(const access::visibility &who) {
  auto result = who.stands_in_for;
  result.push_back(who.user);
  return result;
}

std::string visibility_sql(const access::visibility &who, arguments &in) {
  if (who.everything) return "(1 = 1)";
  std::vector<std::string> whole;
  // Types with the same locations share one term: a salesperson's rights seldom differ from type to type.
  std::map<std::vector<std::string>, std::vector<std::string>> by_locations;
  for (const auto &one : who.types) {
    if (one.all) {
      whole.push_back(one.type);
    } else if (!one.locations.empty()) {
      by_locations[one.locations].push_back(one.type);
    }
  }
  std::string result;
  const auto add = [&](const std::string &term) { result += (result.empty() ? "" : " OR ") + term; };
  if (!whole.empty()) add("type IN (" + in.texts(whole) + ")");
  for (const auto &[locations, types] : by_locations) {
    const auto type_list = in.texts(types);
    add("(type IN (" + type_list + ") AND location IN (" + in.texts(locations) + "))");
  }
  if (!who.user.empty()) add("assignee IN (" + in.texts(worked_by(who)) + ")");
  return result.empty() ? "(1 = 0)" : "(" + result + ")";
}

std::string contains(const std::string &column, const std::string &part, arguments &in) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return column + " LIKE " + in.text(pattern + "%") + " ESCAPE '\\'";
}

std::string text_sql(const std::string &text, arguments &in) {
  const auto query = read_text(text);
  if (query.everything) return {};
  std::string result;
  const auto add = [&](const std::string &term) { result += (result.empty() ? "" : " OR ") + term; };
  std::string all;
  for (const auto &word : query.words) {
    const auto in_name = contains("name_key", word, in);
    all += (all.empty() ? "(" : " AND (") + in_name + " OR " + contains("search_key", word, in) + ")";
  }
  if (!all.empty()) add("(" + all + ")");
  for (const auto &one : one_of_a_kind_sql(query, {}, in)) add("(" + one + ")");
  // Signs alone are in no lead.
  return result.empty() ? "1 = 0" : "(" + result + ")";
}

/// Collects conditions that must all hold.
class conditions {
 public:
  void add(const std::string &one) { text_ += (text_.empty() ? "" : " AND ") + one; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string tab_sql(const lead_filter &filter, const access::visibility &who, time_us now, arguments &in) {
  const auto &tab = filter.tab;
  if (tab == "open") return "is_open = 1";
  if (tab == "unassigned") return "is_open = 1 AND assignee = ''";
  // An empty assignee is nobody, also for a caller without a name.
  if (tab == "mine") {
    return "is_open = 1 AND assignee <> '' AND assignee IN (" + in.texts(worked_by(who)) + ")";
  }
  // A deadline runs only while a lead is open.
  if (tab == "overdue") return "is_open = 1 AND due_at <= " + in.number(now);
  if (tab == "silent") return "is_open = 1 AND due_at = " + std::to_string(due_never);
  if (tab == "absent") {
    const std::string assigned = "is_open = 1 AND assignee <> ''";
    return filter.present.empty() ? assigned : assigned + " AND assignee NOT IN (" + in.texts(filter.present) + ")";
  }
  return "";
}

/// Says the same as deadline_of (lead.hpp).
std::string deadline_sql(deadline due, time_us now, arguments &in) {
  const auto kept = std::to_string(due_kept), never = std::to_string(due_never);
  if (due == deadline::kept) return "due_at = " + kept;
  if (due == deadline::none) return "due_at = " + never;
  if (due == deadline::overdue) return "due_at <= " + in.number(now);
  const auto first = "first_contact_at = 0 AND escalation_at <> 0 AND due_at = escalation_at";
  const auto soon = "(CASE WHEN " + std::string(first) + " THEN reminder_at <> 0 AND reminder_at <= " + in.number(now) +
                    " ELSE due_at - " + in.number(hour_us) + " <= " + in.number(now) + " END)";
  const auto ahead = "due_at > " + in.number(now) + " AND due_at < " + never;
  return ahead + (due == deadline::soon ? " AND " : " AND NOT ") + soon;
}

void add_lists(const lead_filter &filter, conditions &all, arguments &in) {
  const std::array<std::pair<const char *, const std::vector<std::string> *>, 4> lists{
      {{"type", &filter.types},
       {"category", &filter.categories},
       {"state", &filter.states},
       {"outcome", &filter.outcomes}}};
  for (const auto &[column, list] : lists) {
    if (!list->empty()) all.add(std::string(column) + " IN (" + in.texts(*list) + ")");
  }
}

/// Says the same as the evaluation's figures of these names.
std::string response_sql(response how, time_us now, arguments &in) {
  switch (how) {
    case response::made:
      return "first_contact_at <> 0";
    case response::in_time:
      return "first_contact_at <> 0 AND first_contact_at < escalation_at";
    case response::late:
      break;
  }
  return "((is_open = 1 AND first_contact_at = 0 AND escalation_at <> 0 AND escalation_at <= " + in.number(now) +
         ") OR (escalation_at <> 0 AND first_contact_at >= escalation_at)"
         " OR (escalation_at <> 0 AND first_contact_at = 0 AND is_open = 0 AND ended_at >= escalation_at))";
}

std::string responses_sql(const std::vector<response> &list, time_us now, arguments &in) {
  std::string result;
  for (const auto one : list) result += (result.empty() ? "(" : " OR ") + ("(" + response_sql(one, now, in) + ")");
  return result + ")";
}

std::string feedback_sql(const std::string &feedback, arguments &in) {
  const std::string status = feedback == "pending" ? "waiting" : feedback;
  return "EXISTS (SELECT 1 FROM feedback_message f WHERE f.lead_id = lead.id AND f.status = " + in.text(status) + ")";
}

std::string filter_sql(const lead_filter &filter, const access::visibility &who, time_us now, arguments &in) {
  conditions all;
  all.add(visibility_sql(who, in));
  if (auto tab = tab_sql(filter, who, now, in); !tab.empty()) all.add(tab);
  add_lists(filter, all, in);
  if (filter.location) all.add("location = " + in.text(*filter.location));
  if (filter.assignee) all.add("assignee = " + in.text(*filter.assignee));
  // Of a sale the minute is known.
  const std::string day = filter.by_sale ? "(ended_at / 60000000 * 60000000)" : "created_at";
  if (filter.by_sale) all.add("(stages & 16) <> 0");
  if (filter.from != 0) all.add(day + " >= " + in.number(filter.from));
  if (filter.to != 0) all.add(day + " < " + in.number(filter.to));
  if (filter.reached && *filter.reached != stage::received) {
    all.add("(stages & " + in.number(static_cast<int>(stage_set::bit(*filter.reached))) + ") <> 0");
  }
  if (filter.due) all.add(deadline_sql(*filter.due, now, in));
  if (!filter.responses.empty()) all.add(responses_sql(filter.responses, now, in));
  if (filter.answered_within) {
    all.add("first_contact_at <> 0 AND (first_contact_at - created_at) / 60000000 <= " +
            in.number(*filter.answered_within));
  }
  if (filter.reason) all.add("reason = " + in.text(*filter.reason));
  if (filter.model) all.add("model = " + in.text(*filter.model));
  if (filter.campaign) all.add("campaign = " + in.text(*filter.campaign));
  if (!filter.source.empty()) all.add("source = " + in.text(filter.source));
  if (!filter.feedback.empty()) all.add(feedback_sql(filter.feedback, in));
  if (auto text = text_sql(filter.text, in); !text.empty()) all.add(text);
  return all.take();
}

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

std::int64_t count_leads(connection &on, const lead_filter &filter, const access::visibility &who, time_us now) {
  arguments in;
  const auto where = filter_sql(filter, who, now, in);
  return number_of(on, "SELECT COUNT(*) FROM lead WHERE " + where, in);
}

}  // namespace

lead_page list(lead_system::store::store &in, const lead_query &query, const access::visibility &who, time_us now) {
  return in.inside().read([&](connection &on) {
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
  });
}

std::int64_t count(lead_system::store::store &in, const lead_filter &filter, const access::visibility &who,
                   time_us now) {
  return in.inside().read([&](connection &on) { return count_leads(on, filter, who, now); });
}

tab_counts counts(lead_system::store::store &in, const access::visibility &who, time_us now, lead_filter filter) {
  return in.inside().read([&](connection &on) -> tab_counts {
    const auto count = [&](const char *tab) {
      filter.tab = tab;
      return count_leads(on, filter, who, now);
    };
    return {count("open"), count("unassigned"), count("mine"), count("overdue"), count("all"), count("silent")};
  });
}

}  // namespace overview_oracle
