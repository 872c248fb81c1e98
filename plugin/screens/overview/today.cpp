// today.cpp - "Heute": what a salesperson does now, with the number to call and the result in one press.
#include <algorithm>
#include <array>

#include "processing/contact_times.hpp"
#include "screens/kit/actions.hpp"
#include "screens/kit/document.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view today_id = "leads.today";
/// More than that nobody does in a day; the overview has the rest.
constexpr int most_read = 300;
constexpr std::size_t most_in_group = 50;

enum day_group : std::size_t { to_call, to_answer, meetings, promised, asleep, group_count, not_today };

struct group_row {
  std::string_view id, title, tab;  ///< tab: of the overview, where there are more than are shown
};
constexpr std::array<group_row, group_count> group_rows{{{"to_call", "To call", "mine"},
                                                         {"to_answer", "To answer", "mine"},
                                                         {"appointments", "Appointments", "mine"},
                                                         {"promised", "Promised for later today", "mine"},
                                                         {"asleep", "Asleep: no next step", "silent"}}};

/// In which group a lead is done; the first contact always now, whatever time its deadline leaves.
day_group group_of(const request &by, const lead &item) {
  using kind = next_step::kind;
  const auto step = next_step_of(item);
  const auto tomorrow = by.write_at(item.location).start_of_day(1);
  const auto writes = [&](bool by_mail) { return by_mail ? to_answer : to_call; };
  switch (step.what) {
    case kind::ended:
      return not_today;
    case kind::missing:
      return asleep;
    case kind::first_contact:
      return writes(is_written_to(item) || item.next_kind == "email");
    case kind::test_drive:
      return step.due < tomorrow ? meetings : not_today;
    case kind::contact:
      break;
  }
  if (item.next_kind == "visit") return step.due < tomorrow ? meetings : not_today;
  const bool by_mail = item.next_kind == "email" || is_written_to(item);
  // Who writes is bound to no opening hours: what is due in the next of them can be answered in the evening before.
  const auto calendar = by.people->calendar_of(item.location);
  if (by_mail && step.due <= add_working_minutes(by.now, processing::next_contact_minutes, calendar)) return to_answer;
  if (step.due >= tomorrow) return not_today;
  return step.due > by.now + soon_before ? promised : writes(by_mail);
}

/// What came of it, in one press each; the usual next contact is planned with it unless one stands already.
json day_result(const request &by, std::string_view came, std::string_view label) {
  auto result = action("contact_result", by.say(label), "second");
  result["id"] = came;
  result["input"] = {{"result", came}, {"next", "usual"}};
  return result;
}

json day_actions(const request &by, const lead &item, day_group where) {
  json result = json::array();
  if (!by.who.may("leads.process")) return result;
  if (where == meetings && item.state == lead_state::appointment) {
    auto done = action("progress", by.say("Took place"), "second");
    done["input"] = {{"state", std::string(key(lead_state::test_drive_done))}};
    result.push_back(std::move(done));
  } else {
    result.push_back(day_result(by, "reached", "Reached"));
  }
  result.push_back(day_result(by, "tried", "Not reached"));
  auto close = action("close", by.say("Close"), "second");
  close["link"] = lead_link(by.say("Close"), item.id);
  close["link"]["action"] = "close";
  result.push_back(std::move(close));
  return result;
}

json row_of_day(const request &by, const lead &item, day_group where) {
  const auto name = prospect_name(by, item);
  const auto &wanted = item.content.wanted;
  const auto model = wanted.empty() ? std::string{} : vehicle_text(wanted.front(), false);
  const auto write = by.write_at(item.location);
  const auto for_whom = represented_text(by, item.assignee);
  auto prospect = cell_value(name, name, {{"detail", for_whom.empty() ? contact_text(by, item) : for_whom}});
  prospect["strong"] = true;
  prospect["link"] = lead_link(name, item.id);
  auto number = cell(contact_text(by, item));
  json row{{"id", std::to_string(item.id)}, {"version", item.version}, {"label", name}};
  if (auto contact = contact_link(by, item); !contact.is_null()) {
    number["link"] = contact;
    number["link"]["label"] = contact_text(by, item);
    row["contact"] = std::move(contact);
  } else {
    number["quiet"] = true;
  }
  row["link"] = lead_link(name, item.id);
  row["cells"] = {{"deadline", deadline_cell(by, item)},
                  {"received", cell_value(write.time(item.created_at), iso_utc(item.created_at),
                                          {{"detail", write.day(item.created_at)}})},
                  {"prospect", std::move(prospect)},
                  {"number", std::move(number)},
                  {"model", cell_value(model.empty() ? "–" : model, model, {{"detail", wish_text(by, item)}})},
                  {"type", type_cell(by, item, false)},
                  {"state", state_cell(by, item)}};
  const auto due = deadline_of(item, by.now);
  if (due == deadline::soon || due == deadline::overdue || due == deadline::none) row["tone"] = tone(due);
  row["actions"] = day_actions(by, item, where);
  return row;
}

json day_table(const request &by, day_group where, const std::vector<const lead *> &leads) {
  const auto &[id, title, tab] = group_rows[where];
  auto block = table(
      id, by.say(title),
      json::array({column("deadline", by.say("Next step"), "deadline"), column("prospect", by.say("Prospect"), "title"),
                   column("number", by.say("Phone or e-mail"), "place"),
                   column("model", by.say("Wanted vehicle"), "subject"), column("type", by.say("Type"), "badge"),
                   column("state", by.say("State"), "state")}));
  block["layout"] = "records";
  block["label"] = by.say(title);
  block["note"] = by.say.number(static_cast<std::int64_t>(leads.size()));
  for (std::size_t at = 0; at < std::min(leads.size(), most_in_group); ++at) {
    block["rows"].push_back(row_of_day(by, *leads[at], where));
  }
  if (leads.size() > most_in_group) {
    block["count_text"] = by.say.count("{2} of {1} lead", "{2} of {1} leads", static_cast<std::int64_t>(leads.size()),
                                       by.say.number(most_in_group));
    block["next_link"] =
        link_to(by.say("All in the overview"), "leads.overview",
                {{"tab", tab}, {"assignee", tab == "mine" ? std::string{} : by.user}, {"sort", "deadline"}});
    block["next_label"] = by.say("All in the overview");
  }
  return block;
}

/// The open leads of the person and of those whom he represents, the earliest next step first; those without one are
/// asked for by themselves.
std::vector<lead> leads_of_the_day(const request &by) {
  store::lead_query query;
  query.filter.tab = "mine";
  query.sort = store::lead_sort::deadline;
  query.descending = false;
  query.limit = most_read;
  const auto sees = by.sees();
  auto result = by.with.leads.list(query, sees, by.now).leads;
  std::erase_if(result, [](const lead &item) { return next_step_of(item).what == next_step::kind::missing; });
  query.filter.tab = "silent";
  auto whose = by.here.represented_by(by.user);
  whose.insert(whose.begin(), by.user);
  for (auto &user : whose) {
    query.filter.assignee = std::move(user);
    auto silent = by.with.leads.list(query, sees, by.now).leads;
    std::move(silent.begin(), silent.end(), std::back_inserter(result));
  }
  return result;
}

class today : public dms::screen {
 public:
  explicit today(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(today_id); }
  std::string right() const override { return "leads.today"; }

  std::string load(const dms::call &who, std::string_view /*parameters*/) override {
    const request by(with_, who);
    const auto leads = leads_of_the_day(by);
    std::array<std::vector<const lead *>, group_count> groups;
    std::int64_t newest = 0;
    for (const auto &item : leads) {
      newest = std::max(newest, item.id);
      if (const auto where = group_of(by, item); where != not_today) groups[where].push_back(&item);
    }
    auto result = document(today_id, by.say("Today"));
    result["links"] = json::array({link_to(by.say("My open leads"), "leads.overview", {{"tab", "mine"}}),
                                   link_to(by.say("Help"), "leads.help", {{"page", "today"}})});
    result["blocks"] = json::array();
    for (std::size_t where = 0; where < group_count; ++where) {
      if (!groups[where].empty()) {
        result["blocks"].push_back(day_table(by, static_cast<day_group>(where), groups[where]));
      }
    }
    if (result["blocks"].empty()) {
      auto nothing = notice("nothing", "good", by.say("Nothing is left to do today."));
      nothing["text"] = by.say("New leads and what you have planned appear here by themselves.");
      result["blocks"].push_back(std::move(nothing));
    }
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    return act_on_leads(by, action_name, parameters(input));
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_today(const parts &with) {
  return std::make_unique<today>(with);
}

}  // namespace lead_system::screens
