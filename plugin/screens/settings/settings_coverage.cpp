#include <algorithm>
#include <map>
#include <set>

#include "processing/coverage_check.hpp"
#include "screens/people/absence_words.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

json rights_link(const request &by, const std::string &label) {
  return link_to(by.say(label), settings_id, {{"tab", "rights"}, {"show", "gaps"}});
}

std::string type_title(const request &by, const std::string &key) {
  const auto *type = by.with.types.find_type(key);
  return type == nullptr ? key : by.say(type->title);
}

/// Locations that one person alone sees for every type, by that person.
std::map<std::string, std::vector<std::string>> single_watchers(const access::coverage_report &report) {
  std::map<std::string, std::set<std::string>> watchers;  // location → the only ones, over all types
  std::set<std::string> shared;
  std::vector<std::string> order;
  for (const auto &type : report.types) {
    for (const auto &place : type.places) {
      if (place.location.empty()) continue;
      if (std::find(order.begin(), order.end(), place.location) == order.end()) order.push_back(place.location);
      if (place.users.size() == 1) watchers[place.location].insert(place.users.front());
      if (place.users.size() != 1) shared.insert(place.location);
    }
  }
  std::map<std::string, std::vector<std::string>> result;
  for (const auto &location : order) {
    const auto &who = watchers[location];
    if (who.size() == 1 && !shared.contains(location)) result[*who.begin()].push_back(location);
  }
  return result;
}

json good_notice(const request &by, const access::coverage_report &report) {
  auto text = by.say.count("{1} open lead, visible to at least one active person.",
                           "{1} open leads, each visible to at least one active person.", report.open);
  auto block = notice("coverage", "good", by.say("Every open lead is seen."));
  for (const auto &[user, locations] : single_watchers(report)) {
    std::vector<std::string> names;
    for (const auto &location : locations) names.push_back(by.people->location_name(location));
    text += " " + by.say("{1}: all leads are seen only by {2} ({3}).", enumerated(by, names),
                         by.people->user_name(user), user);
    block["link"] = link_to(by.say("Appoint a deputy"), settings_id, {{"tab", "rights"}});
  }
  block["text"] = std::move(text);
  return block;
}

/// Whether the reader has a right for leads of the type.
bool sees(const request &by, const std::string &type) {
  const auto may = by.sees();
  return may.everything ||
         std::any_of(may.types.begin(), may.types.end(), [&](const auto &one) { return one.type == type; });
}

/// The leads themselves, for whoever may see them.
json leads_link(const request &by, const std::string &type, const std::string &location, std::int64_t count) {
  return link_to(by.say.count("{1} open lead", "{1} open leads", count), "leads.overview",
                 {{"tab", "open"}, {"type", type}, {"location", location}});
}

void add_unseen(json &item, const request &by, json leads) {
  item["text"] = by.say("seen by nobody:");
  if (sees(by, leads["params"]["type"].get<std::string>())) {
    item["text_link"] = std::move(leads);
  } else {
    item["text"] = by.say("seen by nobody:") + " " + leads["label"].get<std::string>();
  }
}

/// One line a gap: type and places that lack the same.
json gap_items(const request &by, const access::coverage_report &report) {
  json items = json::array();
  for (const auto &type : report.types) {
    std::vector<std::string> places;
    std::string place;
    std::int64_t leads = 0;
    for (const auto &gap : report.gaps) {
      if (gap.type != type.type || gap.location.empty()) continue;
      place = gap.location;
      places.push_back(by.people->location_name(gap.location));
      leads += gap.leads;
    }
    if (!places.empty()) {
      items.push_back({{"title", by.say("{1} in {2}", type_title(by, type.type), enumerated(by, places))},
                       {"link", rights_link(by, "Grant a right")}});
      add_unseen(items.back(), by, leads_link(by, type.type, places.size() == 1 ? place : std::string{}, leads));
    }
    for (const auto &gap : report.gaps) {
      if (gap.type != type.type || !gap.location.empty()) continue;
      if (gap.leads > 0) {
        items.push_back({{"title", by.say("{1} without location", type_title(by, type.type))},
                         {"link", link_to(by.say("Map dealer code"), settings_id, {{"tab", "codes"}})}});
        add_unseen(items.back(), by, leads_link(by, type.type, "none", gap.leads));
      }
      if (gap.no_all) {
        items.push_back({{"title", by.say("{1}: nobody has ALLE", type_title(by, type.type))},
                         {"text", by.say("Leads without location would be overlooked.")},
                         {"link", rights_link(by, "Grant a right")}});
      }
    }
  }
  return items;
}

/// As many stand beside each other on one line.
constexpr std::size_t most_beside = 5;

/// "Wien, Graz: 2 Personen, sonst 1"
std::string places_text(const request &by, const access::type_coverage &type) {
  std::map<std::size_t, std::vector<std::string>> by_count;
  for (const auto &place : type.places) {
    if (!place.location.empty()) by_count[place.users.size()].push_back(by.people->location_name(place.location));
  }
  if (by_count.empty()) return {};
  const auto people = [&](std::size_t count) {
    return count == 0 ? by.say("nobody") : by.say.count("{1} person", "{1} persons", static_cast<std::int64_t>(count));
  };
  if (by_count.size() == 1) return by.say("everywhere {1}", people(by_count.begin()->first));
  const auto most = std::max_element(by_count.begin(), by_count.end(), [](const auto &one, const auto &other) {
    return one.second.size() < other.second.size();
  });
  std::string text;
  for (const auto &[count, names] : by_count) {
    if (count == most->first) continue;
    std::string list;
    for (const auto &name : names) list += (list.empty() ? "" : ", ") + name;
    text += (text.empty() ? "" : "; ") + list + ": " + people(count);
  }
  return by.say("{1}, otherwise {2}", text, by.say.number(static_cast<std::int64_t>(most->first)));
}

}  // namespace

std::string enumerated(const request &by, const std::vector<std::string> &names) {
  std::string text;
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (index > 0) text += index + 1 == names.size() ? by.say(" and ") : ", ";
    text += names[index];
  }
  return text;
}

json absent_notice(const request &by, const std::vector<access::open_leads> &leads) {
  const auto absent = processing::leads_of_absent(leads, by.here);
  if (absent.empty()) return nullptr;
  auto block =
      notice("absent", "bad", by.say("Open leads belong to people who are not here and whom nobody represents."),
             by.say("Name a deputy, or hand them over: under Absence all at once, in the overview one by one."));
  block["alert"] = true;
  json items = json::array();
  // Whoever sees no lead would be led to an empty list.
  const bool sees_leads = !by.sees().types.empty();
  for (const auto &[user, count] : absent) {
    json item{{"title", person_text(by, user)}};
    const auto text = by.say.count("{1} open lead", "{1} open leads", count);
    if (sees_leads) {
      item["text_link"] = link_to(text, "leads.overview", {{"tab", "absent"}, {"assignee", user}});
    } else {
      item["text"] = text;
    }
    items.push_back(std::move(item));
  }
  block["items"] = std::move(items);
  return block;
}

json coverage_notice(const request &by, const access::coverage_report &report) {
  if (report.complete()) return good_notice(by, report);
  std::int64_t unseen = 0;
  for (const auto &gap : report.gaps) unseen += gap.leads;
  // The bell rings only for leads that are there and that nobody sees.
  auto block = unseen > 0 ? notice("coverage", "bad", by.say("Open leads are seen by nobody."),
                                   by.say("All administrators were notified."))
                          : notice("coverage", "bad", by.say("New leads could be overlooked."));
  block["alert"] = true;
  block["items"] = gap_items(by, report);
  return block;
}

json coverage_summary(const request &by, const access::coverage_report &report) {
  json items = json::array();
  std::vector<std::string> calm;
  for (const auto &type : report.types) {
    std::int64_t places = 0, covered = 0;
    for (const auto &place : type.places) {
      if (place.location.empty()) continue;
      ++places;
      if (!place.users.empty()) ++covered;
    }
    const bool gap =
        std::any_of(report.gaps.begin(), report.gaps.end(), [&](const auto &it) { return it.type == type.type; });
    // What nobody misses where nothing is open is told in one sentence.
    if (type.open == 0 && !gap && report.types.size() > most_beside) {
      calm.push_back(type_title(by, type.type));
      continue;
    }
    items.push_back({{"id", type.type},
                     {"title", type_title(by, type.type)},
                     {"status", cell(by.say("{1} of {2} locations", by.say.number(covered), by.say.number(places)),
                                     {{"icon", gap ? "due_over" : "check"}, {"tone", gap ? "bad" : "good"}})},
                     {"detail", places_text(by, type)}});
    // Whoever does not see these leads would be led to an empty list.
    if (type.open > 0 && sees(by, type.type)) {
      items.back()["number"] =
          link_to(by.say.number(type.open), "leads.overview", {{"tab", "open"}, {"type", type.type}});
      items.back()["number_text"] = by.say("open");
    } else {
      items.back()["number_text"] = by.say.number(type.open) + " " + by.say("open");
    }
  }
  json block{{"type", "summary"}, {"id", "coverage_by_type"}, {"items", std::move(items)}};
  if (!calm.empty()) block["note"] = by.say("Nothing open, and covered: {1}.", enumerated(by, calm));
  return block;
}

}  // namespace lead_system::screens
