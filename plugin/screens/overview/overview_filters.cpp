#include "screens/overview/overview_filters.hpp"

#include <algorithm>

#include "screens/kit/results.hpp"
#include "screens/overview/overview_chosen.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

constexpr std::size_t most_saved = 50, longest_name = 60, longest_query = 2000;

/// Short as in the list, where it is the only one of that name: "Probefahrt Fast Track" and "Probefahrt" begin alike,
/// and a field shows beginnings.
std::string name_in_list(const request &by, const lead_type &type) {
  const auto &all = by.with.types.types();
  const auto same =
      std::count_if(all.begin(), all.end(), [&](const lead_type &one) { return one.short_title == type.short_title; });
  return by.say(type.short_title.empty() || same > 1 ? type.title : type.short_title);
}

json type_field(const request &by, const overview_query &query) {
  json options = json::array({option("", by.say("All"))});
  for (const auto &group : by.with.types.categories()) {
    const auto types = by.with.types.types_of(group.key);
    if (types.size() != 1) options.push_back(option(group.key, by.say(group.title)));
    for (const auto *type : types) options.push_back(option(type->key, name_in_list(by, *type)));
  }
  return choice("type", by.say("Type"), query.sent.one("type"), std::move(options));
}

json location_field(const request &by, const overview_query &query) {
  json options = json::array({option("", by.say("All"))});
  for (const auto &place : by.people->locations) {
    if (place.open || query.sent.one("location") == place.id) options.push_back(option(place.id, place.name));
  }
  options.push_back(option("none", by.say("Without location")));
  return choice("location", by.say("Location"), query.sent.one("location"), std::move(options));
}

json assignee_field(const request &by, const overview_query &query) {
  json options = json::array({option("", by.say("All")), option("none", by.say("Not assigned"))});
  for (const auto &user : by.people->users) {
    if (user.takes_leads() || query.sent.one("assignee") == user.id)
      options.push_back(option(user.id, person_text(by, user.id)));
  }
  auto result = choice("assignee", by.say("Salesperson"), query.sent.one("assignee"), std::move(options));
  result["wide"] = true;
  return result;
}

json period_field(const request &by, const overview_query &query) {
  json options =
      json::array({option("", by.say("All")), option("today", by.say("Today")), option("days7", by.say("Last 7 days")),
                   option("days30", by.say("Last 30 days")), option("range", by.say("From – to …"))});
  auto result = choice("period", by.say("Period"), query.period, std::move(options));
  result["wide"] = true;
  return result;
}

/// The list's address without its page, as it is kept.
std::string kept_address(const overview_query &query) {
  auto kept = query.sent;
  for (const auto *page : {"cursor", "start", "limit"}) kept.remove(page);
  return kept.address();
}

json save_action(const request &by, const overview_query &query) {
  auto result = action("save_filter", by.say("Save this filter …"), "second");
  result["title"] = by.say("Save this filter");
  result["submit"] = by.say("Save");
  result["input"] = {{"query", kept_address(query)}};
  auto name = field("name", "text", by.say("Name"));
  name["required"] = true;
  name["max_length"] = longest_name;
  name["hint"] = by.say("A filter of the same name is replaced.");
  result["fields"] = json::array({std::move(name)});
  return result;
}

struct saved_list {
  json links = json::array();
  std::string current;  ///< name of the one that the list is filtered by
};

/// The user's own ones, which he can remove, then those that every user has.
saved_list saved_links(const request &by, const overview_query &query) {
  saved_list result;
  const auto now = kept_address(query);
  for (const auto &[name, address] : by.with.store.saved_filters(by.user)) {
    overview_query kept;
    kept.sent = parameters::from_address(address);
    auto forget = action("forget_filter", by.say("Remove"), "second");
    forget["text"] = by.say("Remove the filter “{1}”", name);
    forget["input"] = {{"name", name}};
    result.links.push_back({{"link", overview_link(name, kept.params())}, {"remove", std::move(forget)}});
    if (address == now) result.current = name;
  }
  const auto offer = [&](std::string label, json params) {
    overview_query offered;
    for (const auto &[name, value] : params.items()) offered.sent.add(name, value.get<std::string>());
    if (result.current.empty() && kept_address(offered) == now) result.current = label;
    result.links.push_back({{"link", overview_link(std::move(label), std::move(params))}});
  };
  if (const auto *fast = by.with.types.find_type("test_drive_fast_track"); fast != nullptr) {
    offer(by.say("Fast Track today"), {{"type", fast->key}, {"period", "today"}});
  }
  offer(by.say("Overdue and not assigned"), {{"tab", "unassigned"}, {"deadline", "overdue"}});
  offer(by.say("Feedback failed"), {{"feedback", "failed"}});
  return result;
}

dms::answer save_filter(const request &by, const parameters &input) {
  const auto name = input.one("name");
  const auto printable = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
  if (name.empty()) return invalid_input(by, {{"name", {"Give the filter a name.", {}}}});
  if (name.size() > 2 * longest_name || !printable) {
    return invalid_input(by, {{"name", {"Give a name of at most {1} characters.", {std::to_string(longest_name)}}}});
  }
  const auto address = input.one("query");
  if (address.size() > longest_query)
    return invalid_input(by, {{"query", {"This filter is too long to be kept.", {}}}});
  // What the overview would refuse is not kept; what it does not know is left out.
  const auto query = read_overview_query(by, parameters::from_address(address));
  bool kept = false;
  by.with.store.write([&](store::transaction &inside) {
    kept = inside.save_filter(by.user, {name, kept_address(query)}, most_saved);
  });
  processing::outcome result;
  if (!kept) {
    result.result = processing::verdict::refused;
    result.text = {"You have {1} filters already. Remove one first.", {std::to_string(most_saved)}};
  } else {
    result.text = {"The filter “{1}” is saved.", {name}};
  }
  return answer_of(by, result);
}

dms::answer forget_filter(const request &by, const parameters &input) {
  const auto name = input.one("name");
  bool known = false;
  by.with.store.write([&](store::transaction &inside) { known = inside.forget_filter(by.user, name); });
  processing::outcome result;
  result.result = known ? processing::verdict::done : processing::verdict::not_found;
  result.text = known ? message{"The filter “{1}” is removed.", {name}} : message{"This filter does not exist.", {}};
  return answer_of(by, result);
}

}  // namespace

json overview_link(std::string label, json params) {
  return link_to(std::move(label), overview_id, std::move(params));
}

json filters_block(const request &by, const overview_query &query, std::int64_t total) {
  auto search = field("q", "search", by.say("Search"), query.store.filter.text);
  search["placeholder"] = by.say("Name, phone, vehicle");
  search["max_length"] = 200;
  json fields = json::array({std::move(search), type_field(by, query), location_field(by, query),
                             assignee_field(by, query), period_field(by, query)});
  if (query.period == "range") {
    fields.push_back(field("from", "date", by.say("From"), query.sent.one("from").substr(0, 10)));
    fields.push_back(field("to", "date", by.say("To"), query.sent.one("to").substr(0, 10)));
  }
  auto keep = query.params();
  for (const auto &shown : fields) keep.erase(shown["name"].get<std::string>());
  // The dates belong to the range; another period drops them.
  keep.erase("from");
  keep.erase("to");
  const auto saved = saved_links(by, query);
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter leads")},
          {"fields", std::move(fields)},
          {"keep", std::move(keep)},
          {"chosen", chosen_filters(by, query)},
          {"chosen_label", by.say("Also filtered by")},
          {"submit", by.say("Apply")},
          {"submit_phone", by.say.count("Show {1} lead", "Show {1} leads", total)},
          {"button", by.say("Filter")},
          {"saved", saved.links},
          {"saved_label", by.say("Saved")},
          {"saved_current", saved.current},
          {"save", save_action(by, query)}};
}

std::optional<dms::answer> act_on_filters(const request &by, std::string_view action, const parameters &input) {
  if (action == "save_filter") return save_filter(by, input);
  if (action == "forget_filter") return forget_filter(by, input);
  return std::nullopt;
}

}  // namespace lead_system::screens
