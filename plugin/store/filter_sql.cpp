// filter_sql.cpp - the overview's filter (plugin/screens/README.md) as one condition.
#include <array>

#include "store/lead_list.hpp"
#include "store/text_query.hpp"
#include "store/visibility_sql.hpp"

namespace lead_system::store {

namespace {

/// Collects conditions that must all hold.
class conditions {
 public:
  void add(const std::string &one) { text_ += (text_.empty() ? "" : " AND ") + one; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string tab_sql(const std::string &tab, const access::visibility &who, time_us now, arguments &in) {
  if (tab == "open") return "is_open = 1";
  if (tab == "unassigned") return "is_open = 1 AND assignee = ''";
  // An empty assignee is nobody, also for a caller without a name.
  if (tab == "mine") return "is_open = 1 AND assignee <> '' AND assignee = " + in.text(who.user);
  // A deadline runs only while a lead is open.
  if (tab == "overdue") return "is_open = 1 AND due_at <= " + in.number(now);
  return "";
}

/// Says the same as deadline_of (lead.hpp).
std::string deadline_sql(deadline due, time_us now, arguments &in) {
  const auto kept = std::to_string(due_kept);
  switch (due) {
    case deadline::kept:
      return "due_at = " + kept;
    case deadline::overdue:
      return "due_at <= " + in.number(now);
    case deadline::soon:
      return "due_at > " + in.number(now) + " AND due_at < " + kept +
             " AND reminder_at <> 0 AND reminder_at <= " + in.number(now);
    case deadline::on_time:
      break;
  }
  return "due_at > " + in.number(now) + " AND due_at < " + kept + " AND (reminder_at = 0 OR reminder_at > " +
         in.number(now) + ")";
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
  return "(due_at <= " + in.number(now) +
         " OR (escalation_at <> 0 AND first_contact_at >= escalation_at)"
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

}  // namespace

std::string filter_sql(const lead_filter &filter, const access::visibility &who, time_us now, arguments &in) {
  conditions all;
  all.add(visibility_sql(who, in));
  if (auto tab = tab_sql(filter.tab, who, now, in); !tab.empty()) all.add(tab);
  add_lists(filter, all, in);
  if (filter.location) all.add("location = " + in.text(*filter.location));
  if (filter.assignee) all.add("assignee = " + in.text(*filter.assignee));
  if (filter.from != 0) all.add("created_at >= " + in.number(filter.from));
  if (filter.to != 0) all.add("created_at < " + in.number(filter.to));
  if (filter.reached && *filter.reached != stage::received) {
    all.add("(stages & " + in.number(static_cast<int>(stage_set::bit(*filter.reached))) + ") <> 0");
  }
  if (filter.due) all.add(deadline_sql(*filter.due, now, in));
  if (!filter.responses.empty()) all.add(responses_sql(filter.responses, now, in));
  if (filter.reason) all.add("reason = " + in.text(*filter.reason));
  if (filter.model) all.add("model = " + in.text(*filter.model));
  if (filter.campaign) all.add("campaign = " + in.text(*filter.campaign));
  if (!filter.source.empty()) all.add("source = " + in.text(filter.source));
  if (!filter.feedback.empty()) all.add(feedback_sql(filter.feedback, in));
  if (auto text = text_sql(filter.text, in); !text.empty()) all.add(text);
  return all.take();
}

}  // namespace lead_system::store
