#include <algorithm>

#include "processing/cutover_desk.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

store::lead_type_setting setting_of(const std::vector<store::lead_type_setting> &all, const lead_type &type) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto &it) { return it.type == type.key; });
  store::lead_type_setting result{type.key,
                                  0,
                                  type.reminder_minutes,
                                  type.escalation_minutes,
                                  type.retention_months,
                                  type.follow_up_reminder_minutes,
                                  type.follow_up_escalation_minutes};
  if (found == all.end()) return result;
  result.active_from = found->active_from;
  const auto take = [](int &into, int set) { into = set > 0 ? set : into; };
  take(result.reminder_minutes, found->reminder_minutes);
  take(result.escalation_minutes, found->escalation_minutes);
  take(result.follow_up_reminder_minutes, found->follow_up_reminder_minutes);
  take(result.follow_up_escalation_minutes, found->follow_up_escalation_minutes);
  if (found->retention_months > 0) result.retention_months = found->retention_months;
  return result;
}

/// As the history tells it; empty where nothing is set.
std::string written_before(const std::vector<store::lead_type_setting> &all, const lead_type &type) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto &it) { return it.type == type.key; });
  return found == all.end() ? std::string{} : store::written(*found);
}

json number_field(std::string_view name, std::string label, int value, std::string hint) {
  auto result = field(name, "number", std::move(label), std::to_string(value));
  result["required"] = true;
  if (!hint.empty()) result["hint"] = std::move(hint);
  return result;
}

json type_action(const request &by, const lead_type &type, const store::lead_type_setting &now, std::string seen) {
  auto result = action("lead_type", by.say("Change"), "second");
  result["title"] = by.say(type.title);
  result["submit"] = by.say("Save");
  result["input"] = {{"type", type.key}, {"seen", std::move(seen)}};
  auto from = field("active_from", "date", by.say("Leads come here from"),
                    now.active_from == 0 ? std::string{} : by.write.input_date(now.active_from));
  from["optional"] = true;
  from["hint"] = by.say("Earlier leads stay in the old system. Empty: always here.");
  const auto hours = by.say("Minutes in opening hours; a working day is 600.");
  const auto late = by.say("The same, after a planned contact or an agreed test drive was due.");
  result["fields"] = json::array(
      {std::move(from), number_field("reminder_minutes", by.say("Reminder after"), now.reminder_minutes, hours),
       number_field("escalation_minutes", by.say("Escalation after"), now.escalation_minutes, hours),
       number_field("follow_up_reminder_minutes", by.say("Reminder of a later step"), now.follow_up_reminder_minutes,
                    late),
       number_field("follow_up_escalation_minutes", by.say("Escalation of a later step"),
                    now.follow_up_escalation_minutes, late),
       number_field("retention_months", by.say("Anonymise after"), now.retention_months,
                    by.say("Months after closing."))});
  return result;
}

json location_options(const request &by, bool none) {
  json options = json::array();
  options.push_back(option("", none ? by.say("No location") : by.say("Please choose")));
  for (const auto &place : by.people->locations) {
    if (place.open) options.push_back(option(place.id, place.name));
  }
  return options;
}

json code_row(const request &by, const store::dealer_code &code, std::int64_t leads) {
  const bool mapped = !code.location.empty();
  auto change = action("dealer_code", mapped ? by.say("Change") : by.say("Map"), mapped ? "second" : "primary");
  change["title"] = by.say("Dealer code {1}", code.code);
  change["submit"] = by.say("Save");
  change["input"] = {{"source", code.source}, {"code", code.code}, {"seen", code.location}};
  auto places = location_options(by, mapped);
  // Few are chosen with one press.
  constexpr std::size_t overlooked = 16;
  if (!mapped) places.erase(places.begin());
  const bool few = places.size() <= overlooked;
  auto place_field = choice("location", by.say("Location"), code.location, std::move(places));
  if (few) place_field["kind"] = "radios";
  change["fields"] = json::array({std::move(place_field)});
  json place = mapped ? cell_value(by.people->location_name(code.location), code.location)
                      : cell_value(by.say("not mapped"), "", {{"tone", "bad"}, {"icon", "due_over"}});
  json waiting = cell_value(by.say.number(leads), leads);
  if (leads == 0) waiting["quiet"] = true;
  // Leads without a location are seen with ALLE only.
  if (leads > 0 && !by.sees().types.empty()) {
    waiting["link"] = link_to(by.say.number(leads), "leads.overview",
                              {{"tab", "open"}, {"location", "none"}, {"source", code.source}});
  }
  json row{{"id", code.source + ":" + code.code},
           {"cells",
            {{"source", cell_value(by.source_title(code.source), code.source)},
             {"code", code.code},
             {"location", std::move(place)},
             {"leads", std::move(waiting)}}},
           {"actions", json::array({std::move(change)})}};
  if (!mapped) row["tone"] = "bad";
  return row;
}

}  // namespace

std::string working_span(const request &by, int minutes) {
  constexpr int working_day = 600;
  if (minutes >= working_day && minutes % working_day == 0) {
    return by.say.count("{1} working day", "{1} working days", minutes / working_day);
  }
  return by.write.span(minutes * minute_us);
}

json types_table(const request &by) {
  auto block =
      table("types", by.say("Lead types"),
            json::array({column("type", by.say("Type")), column("category", by.say("Category")),
                         column("active_from", by.say("Here from")), column("reminder", by.say("Reminder")),
                         column("escalation", by.say("Escalation")), column("retention", by.say("Anonymised"))}));
  block["layout"] = "plain";
  block["note"] = by.say("in opening hours");
  const auto settings = by.with.store.lead_type_settings();
  for (const auto &type : by.with.types.types()) {
    const auto now = setting_of(settings, type);
    const auto *group = by.with.types.find_category(type.category);
    json from = now.active_from == 0 ? cell_value(by.say("always"), "")
                                     : cell_value(by.write.date(now.active_from), iso_utc(now.active_from));
    if (now.active_from >= processing::no_cutover_yet) from = cell(by.say("in the old system"));
    block["rows"].push_back(
        {{"id", type.key},
         {"cells",
          {{"type", cell_value(by.say(type.title), type.key)},
           {"category", cell_value(group == nullptr ? type.category : by.say(group->title), type.category)},
           {"active_from", std::move(from)},
           {"reminder",
            cell_value(working_span(by, now.reminder_minutes), now.reminder_minutes,
                       {{"detail", by.say("later {1}", working_span(by, now.follow_up_reminder_minutes))}})},
           {"escalation",
            cell_value(working_span(by, now.escalation_minutes), now.escalation_minutes,
                       {{"detail", by.say("later {1}", working_span(by, now.follow_up_escalation_minutes))}})},
           {"retention",
            cell_value(by.say.count("{1} month after closing", "{1} months after closing", now.retention_months),
                       now.retention_months)}}},
         {"actions", json::array({type_action(by, type, now, written_before(settings, type))})}});
  }
  return block;
}

json codes_table(const request &by) {
  auto block = table("codes", by.say("Dealer codes"),
                     json::array({column("source", by.say("Source")), column("code", by.say("Dealer code")),
                                  column("location", by.say("Location"))}));
  auto waiting = column("leads", by.say("Leads that wait"));
  waiting["number"] = true;
  block["columns"].push_back(std::move(waiting));
  block["layout"] = "plain";
  for (const auto &code : by.with.store.unmapped_dealer_codes()) {
    block["rows"].push_back(code_row(by, {code.source, code.code, {}}, code.leads));
  }
  for (const auto &code : by.with.store.dealer_codes()) block["rows"].push_back(code_row(by, code, 0));
  if (block["rows"].empty()) {
    block["empty"] = {{"title", by.say("No dealer code is mapped.")},
                      {"text", by.say("Leads stay without a location and are seen only with ALLE.")}};
  }
  return block;
}

json code_form(const request &by) {
  json sources = json::array();
  for (const auto &[id, source] : by.sources) sources.push_back(option(id, by.say(source.title)));
  auto save = action("dealer_code", by.say("Save"), "primary");
  auto code = field("code", "text", by.say("Dealer code"));
  code["required"] = true;
  code["max_length"] = 40;
  auto place = choice("location", by.say("Location"), "", location_options(by, false));
  place["required"] = true;
  save["fields"] =
      json::array({choice("source", by.say("Source"), "", std::move(sources)), std::move(code), std::move(place)});
  return {
      {"type", "form"}, {"id", "new_code"}, {"title", by.say("Map another dealer code")}, {"action", std::move(save)}};
}

std::int64_t unmapped_codes(const request &by) {
  return static_cast<std::int64_t>(by.with.store.unmapped_dealer_codes().size());
}

}  // namespace lead_system::screens
