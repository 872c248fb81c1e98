#include <algorithm>

#include "screens/event_words.hpp"
#include "screens/feedback_words.hpp"
#include "screens/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

using processing::customer_match;

struct likeness_row {
  std::string_view what, same, similar, different;
};
constexpr likeness_row likenesses[] = {
    {"email", "E-mail the same", "E-mail similar", "E-mail different"},
    {"phone", "Phone the same", "Phone similar", "Phone different"},
    {"name", "Name the same", "Name similar", "Name different"},
    {"first_name", "First name the same", "First name similar", "First name different"},
    {"last_name", "Last name the same", "Last name similar", "Last name different"},
    {"company", "Company the same", "Company similar", "Company different"},
    {"address", "Address the same", "Address similar", "Address different"},
    {"customer_number", "Customer number the same", "Customer number similar", "Customer number different"},
    {"vin", "Chassis number the same", "Chassis number similar", "Chassis number different"},
};

json reason_of(const request &by, const customer_match::why &why) {
  const auto *row =
      std::find_if(std::begin(likenesses), std::end(likenesses), [&](const auto &it) { return it.what == why.what; });
  const auto kind = why.how == customer_match::likeness::same      ? "same"
                    : why.how == customer_match::likeness::similar ? "similar"
                                                                   : "different";
  if (row == std::end(likenesses)) return {{"text", why.what}, {"kind", kind}};
  const auto text = why.how == customer_match::likeness::same      ? row->same
                    : why.how == customer_match::likeness::similar ? row->similar
                                                                   : row->different;
  return {{"text", by.say(text)}, {"kind", kind}};
}

json candidate(const lead_view &view, const customer_match &match, bool selected) {
  const auto &by = view.by;
  std::string detail = match.place;
  const auto more = [&](const std::string &part) { detail += (detail.empty() ? "" : " · ") + part; };
  if (!match.salesperson.empty()) more(by.say("looked after by {1}", by.people->user_name(match.salesperson)));
  if (match.maybe_household) more(by.say("perhaps the same household"));
  json why = json::array();
  for (const auto &item : match.reasons) why.push_back(reason_of(by, item));
  const auto word = match.score >= 90 ? "very sure" : match.score >= 50 ? "possible" : "unsure";
  json result{{"id", match.id},
              {"title", match.name.empty() ? match.id : match.name},
              {"link", link_to(match.id, "host.customer", {{"id", match.id}})},
              {"reasons", std::move(why)},
              {"score", std::clamp(match.score, 0, 100)},
              {"score_text", view.write.percent(match.score)},
              {"score_word", by.say(word)}};
  if (!detail.empty()) result["detail"] = std::move(detail);
  if (selected) result["selected"] = true;
  return result;
}

}  // namespace

json matches_block(const lead_view &view) {
  const auto &by = view.by;
  if (!view.item.customer.empty() || !may_import(view.item.state) || !by.who.may("leads.process")) return nullptr;
  const auto found = by.with.desk.matches(view.item);
  const auto sure = std::count_if(found.begin(), found.end(), [](const auto &match) { return match.score >= 90; });
  json items = json::array();
  for (const auto &match : found) items.push_back(candidate(view, match, sure == 1 && match.score >= 90));
  json actions = json::array();
  if (!found.empty()) {
    actions.push_back({{"action", "import"},
                       {"label", by.say("Link the chosen customer")},
                       {"style", sure > 0 ? "primary" : "second"}});
  }
  actions.push_back({{"action", "import"},
                     {"label", by.say("Create new")},
                     {"style", sure > 0 ? "second" : "primary"},
                     {"without_choice", true}});
  json block{{"type", "choices"},
             {"id", "matches"},
             {"title", by.say("Customer match")},
             {"name", "customer"},
             {"items", std::move(items)},
             {"actions", std::move(actions)},
             {"links", json::array({link_to(by.say("Search for another customer"), "host.customers",
                                            {{"q", view.item.content.prospect.last_name}})})}};
  if (found.empty()) {
    block["empty"] = by.say("No similar customer in the DMS. Create the prospect as a new customer.");
  } else {
    block["note"] = by.say.count("{1} similar customer in the DMS", "{1} similar customers in the DMS",
                                 static_cast<std::int64_t>(found.size()));
  }
  return block;
}

json feedback_block(const lead_view &view) {
  const auto &by = view.by;
  const auto source = by.with.sources.find(view.item.content.source);
  const bool wanted = source != by.with.sources.end() && source->second.feedback.enabled;
  const auto whom = wanted ? source->second.feedback.manufacturer : by.source_title(view.item.content.source);
  auto block = table("feedback", by.say("Feedback to {1}", whom),
                     json::array({column("time", by.say("Time")), column("message", by.say("Message")),
                                  column("cause", by.say("Occasion")), column("state", by.say("Status"))}));
  block["layout"] = "plain";
  std::map<store::feedback_status, std::int64_t> counts;
  for (const auto &message : view.feedback) {
    ++counts[message.status];
    const bool today = message.created_at >= view.write.start_of_day(0);
    auto code = message.status_code;
    if (!message.reason_code.empty()) code += " · " + message.reason_code;
    json cells{{"time", cell_value(today ? view.write.time(message.created_at) : view.write.stamp(message.created_at),
                                   iso_utc(message.created_at))},
               {"message", std::move(code)},
               {"cause", cell_value(by.say(title(message.cause)), key(message.cause))},
               {"state", feedback_cell(by, view.write, message)}};
    block["rows"].push_back({{"id", message.message_id}, {"cells", std::move(cells)}});
  }
  if (view.feedback.empty()) {
    block["empty"] = {{"title", wanted ? by.say("No feedback yet.") : by.say("This source wants no feedback.")}};
  }
  if (auto note = feedback_summary(by, counts); !note.empty()) block["note"] = std::move(note);
  return block;
}

json timeline_block(const lead_view &view) {
  json items = json::array();
  for (const auto &event : view.events) items.push_back(timeline_item(view.by, view.item, event));
  return {{"type", "timeline"}, {"id", "timeline"}, {"title", view.by.say("Timeline")}, {"items", std::move(items)}};
}

json related_block(const lead_view &view) {
  const auto &by = view.by;
  const auto others = by.with.store.related(view.item, by.sees());
  if (others.empty()) return nullptr;
  auto block = table("related", by.say("Other enquiries of the same person"),
                     json::array({column("received", by.say("Received at")), column("type", by.say("Type")),
                                  column("model", by.say("Wanted vehicle")), column("state", by.say("State"))}));
  block["layout"] = "plain";
  for (const auto &other : others) {
    auto received = cell_value(view.write.day_time(other.created_at), iso_utc(other.created_at));
    received["link"] = lead_link(view.write.day_time(other.created_at), other.id);
    auto state = state_cell(by, other);
    state.erase("detail");
    json model = other.content.wanted.empty() ? no_cell() : cell(vehicle_text(other.content.wanted.front(), false));
    block["rows"].push_back({{"id", std::to_string(other.id)},
                             {"cells",
                              {{"received", std::move(received)},
                               {"type", type_cell(by, other, false)},
                               {"model", std::move(model)},
                               {"state", std::move(state)}}}});
  }
  return block;
}

}  // namespace lead_system::screens
