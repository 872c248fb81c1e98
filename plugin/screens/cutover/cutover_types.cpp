// cutover_types.cpp - per type: since when or from when it is here, and whether everything is ready for it.
#include <algorithm>
#include <optional>
#include <set>

#include "access/coverage.hpp"
#include "screens/cutover/cutover.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using processing::cutover_phase;

/// A thing that must be ready before leads come: how it stands, and where it is mended.
struct readiness {
  bool ready = false;
  json shown;
};

readiness ready(std::string text, std::string detail = {}) {
  readiness made{true, cell(std::move(text), {{"icon", "check"}, {"tone", "good"}})};
  if (!detail.empty()) made.shown["detail"] = std::move(detail);
  return made;
}
readiness missing(std::string text, json link) {
  readiness made{false, cell(std::move(text), {{"icon", "due_over"}, {"tone", "bad"}})};
  made.shown["detail_link"] = std::move(link);
  return made;
}
readiness not_needed(std::string text) {
  readiness made{true, cell(std::move(text))};
  made.shown["quiet"] = true;
  return made;
}

/// Everything that is looked up once for all types.
struct situation {
  situation(const request &by, const cutover_parts &more)
      : settings(by.with.store.lead_type_settings()),
        codes(by.with.store.dealer_codes()),
        unmapped(by.with.store.unmapped_dealer_codes()),
        channels(by.with.store.feedback_channels()),
        coverage(by.with.settings.coverage(by.now)) {
    for (const auto &[id, source] : by.sources) activity[id] = more.rows.activity_of(id);
  }
  time_us active_from(const std::string &type) const {
    const auto found =
        std::find_if(settings.begin(), settings.end(), [&](const auto &one) { return one.type == type; });
    return found == settings.end() ? 0 : found->active_from;
  }
  std::vector<store::lead_type_setting> settings;
  std::vector<store::dealer_code> codes;
  std::vector<store::unmapped_code> unmapped;
  std::vector<store::feedback_channel> channels;
  access::coverage_report coverage;
  std::map<std::string, store::source_activity> activity;
};

using sources_of_type = std::vector<const intake::definition *>;

/// The feeds that may bring leads of the type; old lists are none.
sources_of_type sources_of(const request &by, const std::string &type) {
  sources_of_type found;
  for (const auto &[id, source] : by.sources) {
    const auto &types = source.types;
    if (!source.old_list && std::find(types.begin(), types.end(), type) != types.end()) found.push_back(&source);
  }
  return found;
}

json settings_link(const request &by, std::string_view label, const std::string &tab) {
  return link_to(by.say(label), "leads.settings", {{"tab", tab}});
}

/// The newest lead of the type that came by one of the sources; null where there is none.
std::optional<lead> newest_of(const request &by, const std::string &type, const intake::definition &source) {
  store::lead_query query;
  query.filter.types = {type};
  query.filter.source = source.id;
  query.limit = 1;
  auto page = by.with.leads.list(query, access::system_visibility(), by.now);
  if (page.leads.empty()) return std::nullopt;
  return std::move(page.leads.front());
}

readiness feed(const request &by, const situation &at, const std::string &type, const sources_of_type &sources) {
  std::optional<lead> latest;
  for (const auto *source : sources) {
    auto one = newest_of(by, type, *source);
    if (one && (!latest || one->created_at > latest->created_at)) latest = std::move(one);
  }
  if (latest) return ready(by.write.day_time(latest->created_at), by.source_title(latest->content.source));
  const intake::definition *newest = nullptr;
  time_us last = 0;
  for (const auto *source : sources) {
    const auto seen = at.activity.at(source->id).last_payload;
    if (seen > last) last = seen, newest = source;
  }
  if (newest != nullptr) {
    return ready(by.write.day_time(last), by.say(newest->title) + ", " + by.say("none of this type yet"));
  }
  return missing(by.say(sources.empty() ? "no source" : "nothing came yet"),
                 sources.empty() ? settings_link(by, "Sources", "sources")
                                 : link_to(by.say("Set up the feed"), "leads.help", {{"page", "sources"}}));
}

readiness dealer_codes(const request &by, const situation &at, const sources_of_type &sources) {
  const auto of_type = [&](const auto &code) {
    return std::any_of(sources.begin(), sources.end(), [&](const auto *source) { return source->id == code.source; });
  };
  const auto unknown = std::count_if(at.unmapped.begin(), at.unmapped.end(), of_type);
  if (unknown > 0) {
    return missing(by.say.count("{1} not mapped", "{1} not mapped", unknown), settings_link(by, "Map", "codes"));
  }
  // The same code in two feeds is one code.
  std::set<std::string> codes;
  for (const auto &code : at.codes) {
    if (of_type(code)) codes.insert(code.code);
  }
  const auto mapped = static_cast<std::int64_t>(codes.size());
  if (mapped == 0) return missing(by.say("none mapped"), settings_link(by, "Map", "codes"));
  return ready(by.say.count("{1} mapped", "{1} mapped", mapped));
}

readiness all_right(const request &by, const situation &at, const std::string &type) {
  for (const auto &one : at.coverage.types) {
    if (one.type != type || one.all_users.empty()) continue;
    const auto more = static_cast<std::int64_t>(one.all_users.size()) - 1;
    return ready(by.people->user_name(one.all_users.front()),
                 more == 0 ? std::string{} : by.say.count("and {1} more", "and {1} more", more));
  }
  return missing(by.say("nobody"), settings_link(by, "Grant ALLE", "rights"));
}

readiness feedback(const request &by, const situation &at, const sources_of_type &sources) {
  bool wanted = false;
  for (const auto *source : sources) {
    if (!source->feedback.enabled) continue;
    wanted = true;
    const auto channel =
        std::find_if(at.channels.begin(), at.channels.end(), [&](const auto &one) { return one.source == source->id; });
    // A source that neither brings anything nor is set up does not count.
    const auto &seen = at.activity.at(source->id);
    if (channel == at.channels.end() && seen.last_payload == 0) continue;
    if (channel == at.channels.end()) return missing(by.say("not set up"), settings_link(by, "Set up", "feedback"));
    if (channel->transport == "none") return not_needed(by.say("switched off"));
    if (seen.feedback_status == "acknowledged") {
      return ready(by.say("acknowledged"), by.write.day_time(seen.last_feedback));
    }
    if (!seen.feedback_status.empty()) {
      return missing(by.say(seen.feedback_status == "waiting" ? "not reached yet" : "not accepted"),
                     link_to(by.say("Lead feedback"), "leads.feedback_log"));
    }
    return ready(by.say("set up"), by.say("nothing sent yet"));
  }
  return wanted ? missing(by.say("not set up"), settings_link(by, "Set up", "feedback"))
                : not_needed(by.say("not wanted"));
}

struct type_readiness {
  readiness feed, codes, all, feedback;
  bool complete() const { return feed.ready && codes.ready && all.ready && feedback.ready; }
};

type_readiness readiness_of(const request &by, const situation &at, const std::string &type) {
  const auto sources = sources_of(by, type);
  return {feed(by, at, type, sources), dealer_codes(by, at, sources), all_right(by, at, type),
          feedback(by, at, sources)};
}

json phase_cell(const request &by, time_us active_from) {
  switch (processing::phase_of(active_from, by.now)) {
    case cutover_phase::always:
      return cell_value(by.say("here"), "always", {{"detail", by.say("all leads")}});
    case cutover_phase::done:
      return cell_value(by.say("here"), iso_utc(active_from),
                        {{"detail", by.say("since {1}", by.write.date(active_from))}});
    case cutover_phase::planned:
      return cell_value(by.say("from {1}", by.write.date(active_from)), iso_utc(active_from),
                        {{"detail", by.say("until then in the old system")}});
    case cutover_phase::old_system:
      break;
  }
  return cell_value(by.say("in the old system"), "never", {{"detail", by.say("no date yet")}});
}

json cutover_action(const request &by, std::string_view label, const std::string &type, const std::string &moment) {
  auto result = action("cutover", by.say(label), "second");
  result["id"] = "cutover_" + type + "_" + moment;
  result["input"] = {{"type", type}, {"active_from", moment}};
  result["confirm"] = true;
  return result;
}

json date_action(const request &by, const lead_type &type, time_us now) {
  const bool set = now != 0 && now < processing::no_cutover_yet;
  auto result = action("cutover", set ? by.say("Change the date") : by.say("Set a date"), "second");
  result["id"] = "cutover_" + type.key;
  result["title"] = by.say("Cutover of {1}", by.say(type.title));
  result["text"] =
      by.say("Leads that come from this day on, 0:00, are in this system. Earlier ones stay in the old one.");
  result["submit"] = by.say("Save");
  result["input"] = {{"type", type.key}};
  auto day =
      field("active_from", "date", by.say("First day in this system"), set ? by.write.input_date(now) : std::string{});
  day["required"] = true;
  result["fields"] = json::array({std::move(day)});
  return result;
}

/// Only what the desk would not refuse.
json actions_of(const request &by, const cutover_parts &more, const lead_type &type, time_us active_from) {
  json actions = json::array();
  const auto phase = processing::phase_of(active_from, by.now);
  const auto possible = [&](time_us wanted) {
    return more.desk.objection(type.key, wanted, by.now).result == processing::verdict::done;
  };
  const bool ahead = phase == cutover_phase::planned || phase == cutover_phase::old_system;
  const bool untouched = !ahead && possible(processing::no_cutover_yet);
  if (ahead || untouched) actions.push_back(date_action(by, type, active_from));
  if (ahead) {
    auto now = cutover_action(by, "From now on", type.key, "now");
    now["title"] = by.say("{1}: from now on in this system", by.say(type.title));
    now["text"] = by.say("Leads that come from now on are here. Take over the open ones of before with the old list.");
    actions.push_back(std::move(now));
  }
  if (phase == cutover_phase::planned || untouched) {
    auto back = cutover_action(by, phase == cutover_phase::planned ? "Take back" : "Leave in the old system", type.key,
                               "never");
    back["title"] = by.say("{1}: stay in the old system", by.say(type.title));
    back["text"] = by.say("All leads of this type are answered as belonging to the old system until you set a date.");
    actions.push_back(std::move(back));
  }
  return actions;
}

/// A type that is always here and of which nothing ever came is of a brand that this dealer does not have.
bool is_unused(const situation &at, cutover_phase phase, const type_readiness &state) {
  const bool anything = std::any_of(at.activity.begin(), at.activity.end(),
                                    [](const auto &source) { return source.second.last_payload != 0; });
  return anything && phase == cutover_phase::always && !state.feed.ready;
}

/// What nobody waits for alarms nobody.
void calm_down(readiness &one) {
  if (one.ready) return;
  one.shown.erase("icon");
  one.shown.erase("tone");
  one.shown["quiet"] = true;
}

/// What is missing, each with the types that it is missing for.
json ready_notice(const request &by, const situation &at) {
  struct lack {
    std::string sentence;
    json link;
    std::vector<std::string> types;
  };
  std::vector<lack> lacks;
  for (const auto &type : by.with.types.types()) {
    const auto phase = processing::phase_of(at.active_from(type.key), by.now);
    const auto state = readiness_of(by, at, type.key);
    if (phase == cutover_phase::old_system || is_unused(at, phase, state) || state.complete()) continue;
    for (const auto &[one, sentence] : {std::pair{&state.all, "nobody has ALLE"},
                                        {&state.codes, "dealer codes are not mapped"},
                                        {&state.feed, "no message came yet"},
                                        {&state.feedback, "the feedback is not reached"}}) {
      if (one->ready) continue;
      const auto text = by.say(sentence);
      const auto known =
          std::find_if(lacks.begin(), lacks.end(), [&](const lack &each) { return each.sentence == text; });
      if (known == lacks.end()) {
        lacks.push_back({text, one->shown["detail_link"], {by.say(type.title)}});
      } else {
        known->types.push_back(by.say(type.title));
      }
    }
  }
  if (lacks.empty()) {
    return notice("ready", "good", by.say("Everything is ready."),
                  by.say("Feed, dealer codes, ALLE and feedback are set up for every type that is here or will be."));
  }
  auto block = notice("ready", "warn", by.say("Something is still missing."));
  block["items"] = json::array();
  for (auto &one : lacks) {
    block["items"].push_back(
        {{"title", enumerated(by, one.types)}, {"text", one.sentence}, {"link", std::move(one.link)}});
  }
  return block;
}

json types_block(const request &by, const cutover_parts &more, const situation &at) {
  auto block = table("types", by.say("Lead types"),
                     json::array({column("type", by.say("Type")), column("phase", by.say("In this system")),
                                  column("feed", by.say("Last message")), column("codes", by.say("Dealer codes")),
                                  column("all", by.say("ALLE")), column("feedback", by.say("Feedback"))}));
  block["layout"] = "plain";
  std::set<std::string> told;
  for (const auto &type : by.with.types.types()) {
    const auto active_from = at.active_from(type.key);
    auto state = readiness_of(by, at, type.key);
    auto phase = phase_cell(by, active_from);
    if (is_unused(at, processing::phase_of(active_from, by.now), state)) {
      phase = cell(by.say("not in use"));
      phase["quiet"] = true;
      for (auto *one : {&state.feed, &state.codes, &state.all, &state.feedback}) calm_down(*one);
    }
    // One lack of several types is mended once, and alarms once.
    if (!state.codes.ready && !told.insert(state.codes.shown["text"].get<std::string>()).second) calm_down(state.codes);
    const auto *group = by.with.types.find_category(type.category);
    block["rows"].push_back(
        {{"id", type.key},
         {"cells",
          {{"type", cell_value(by.say(type.title), type.key,
                               {{"detail", group == nullptr ? type.category : by.say(group->title)}})},
           {"phase", std::move(phase)},
           {"feed", std::move(state.feed.shown)},
           {"codes", std::move(state.codes.shown)},
           {"all", std::move(state.all.shown)},
           {"feedback", std::move(state.feedback.shown)}}},
         {"actions", actions_of(by, more, type, active_from)}});
  }
  return block;
}

}  // namespace

void add_types(json &blocks, const request &by, const cutover_parts &more) {
  const situation at(by, more);
  blocks.push_back(ready_notice(by, at));
  blocks.push_back(types_block(by, more, at));
}

}  // namespace lead_system::screens
