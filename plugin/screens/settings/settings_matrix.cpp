// settings_matrix.cpp - user × category, opened into types: who sees what.
#include <algorithm>

#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

using access::grant;
using access::scope;

bool same_reach(const grant *one, const grant *other) {
  const auto kind = reach_kind(one);
  if (kind != reach_kind(other)) return false;
  if (kind != "some") return true;
  auto left = one->locations, right = other->locations;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

/// `type` null: the whole category.
json matrix_cell(const rights_view &view, const access::user &user, const category &group, const lead_type *type) {
  const auto *whole = view.find(user.id, true, group.key);
  const auto *own = type == nullptr ? nullptr : view.find(user.id, false, type->key);
  const bool inherits = type != nullptr && (own == nullptr || own->reach == scope::inherit);
  const auto *shown = type == nullptr || inherits ? whole : own;
  // Categories and types have names of their own each; the prefix keeps them apart where they share one.
  const auto subject = type == nullptr ? "category:" + group.key : "type:" + type->key;
  const auto text = reach_text(view.by, shown);
  json result{{"text", text}, {"kind", reach_kind(shown)}};
  if (inherits) result["inherited"] = true;
  if (type != nullptr && !inherits && !same_reach(own, whole)) result["differs"] = true;
  if (shown != nullptr && shown->locations.size() > 2) result["title"] = all_places(view.by, shown);
  if (view.open_user == user.id && view.open_subject == subject) result["open"] = true;
  auto params = view.params();
  params["cell"] = user.id + ":" + subject;
  const auto what = view.by.say(type == nullptr ? group.title : type->title);
  auto link = link_to(view.by.say("{1} for {2}: {3}", what, user.name, text), settings_id, std::move(params));
  link["anchor"] = "edit";
  result["link"] = std::move(link);
  return result;
}

json last_cell(const rights_view &view, const access::user &user, bool reader_sees_all) {
  const auto count = view.seen_by(user.id);
  auto result = cell_value(view.by.say.number(count), count);
  if (count == 0) {
    result["quiet"] = true;
  } else if (user.id == view.by.user) {
    result["link"] = link_to(view.by.say.number(count), "leads.overview", {{"tab", "open"}});
  } else if (!view.has_rights(user.id) && reader_sees_all) {
    // A link leads to these leads only for a reader who sees them all himself.
    result["link"] = link_to(view.by.say.number(count), "leads.overview", {{"tab", "open"}, {"assignee", user.id}});
  } else {
    result["link"] = link_to(view.by.say.number(count), settings_id, {{"tab", "sees"}, {"user", user.id}});
  }
  return result;
}

json matrix_row(const rights_view &view, const access::user &user, bool reader_sees_all) {
  json row{{"id", user.id}, {"label", user.name}, {"detail", user.id}, {"cells", json::object()}};
  row["link"] =
      link_to(view.by.say("What does {1} see?", user.name), settings_id, {{"tab", "sees"}, {"user", user.id}});
  if (!user.active) row["quiet"] = true;
  const bool open_here = view.open_user == user.id;
  for (const auto *group : view.categories()) {
    const auto types = view.by.with.types.types_of(group->key);
    row["cells"]["category:" + group->key] = matrix_cell(view, user, *group, nullptr);
    if (open_here && view.open_subject == "category:" + group->key) {
      row["editor"] = grant_editor(view, user, *group, nullptr);
    }
    const bool folded = types.size() < 2 || view.folded(*group);
    for (const auto *type : types) {
      if (!folded) row["cells"]["type:" + type->key] = matrix_cell(view, user, *group, type);
      if (open_here && view.open_subject == "type:" + type->key) row["editor"] = grant_editor(view, user, *group, type);
    }
  }
  row["last"] = last_cell(view, user, reader_sees_all);
  return row;
}

json fold_link(const rights_view &view, const category &group) {
  const bool closed = view.folded(group);
  auto params = view.params();
  for (const auto *name : {"fold", "unfold"}) {
    auto keys = view.sent.all(name);
    std::erase(keys, group.key);
    if ((std::string_view(name) == "unfold") == closed) keys.push_back(group.key);
    params.erase(name);
    if (!keys.empty()) params[name] = keys;
  }
  return link_to(view.by.say(closed ? "Unfold types" : "Fold types"), settings_id, std::move(params));
}

json groups(const rights_view &view) {
  const auto &by = view.by;
  json result = json::array();
  for (const auto *group : view.categories()) {
    const auto types = by.with.types.types_of(group->key);
    json columns = json::array();
    columns.push_back({{"id", "category:" + group->key}, {"label", by.say("Whole category")}, {"whole", true}});
    json item{{"id", group->key}, {"label", by.say(group->title)}};
    if (types.size() > 1) {
      for (const auto *type : types) {
        if (view.folded(*group)) break;
        columns.push_back({{"id", "type:" + type->key}, {"label", by.say(type->short_title)}});
      }
      item["toggle"] = fold_link(view, *group);
    }
    item["columns"] = std::move(columns);
    result.push_back(std::move(item));
  }
  return result;
}

/// What can be done to all ticked users: a right set, another's rights given.
json bulk(const rights_view &view) {
  const auto &by = view.by;
  json subjects = json::array();
  for (const auto *group : view.categories()) {
    const auto title = by.say(group->title);
    auto whole = option("category:" + group->key, by.say("Whole category"));
    whole["group"] = title;
    subjects.push_back(std::move(whole));
    for (const auto *type : by.with.types.types_of(group->key)) {
      auto one = option("type:" + type->key, by.say(type->title));
      one["group"] = title;
      subjects.push_back(std::move(one));
    }
  }
  json rights = json::array({option("none", by.say("None")), option("all", by.say("ALLE")),
                             option("own", by.say("Their own locations")), option("inherit", by.say("As category"))});
  for (const auto &place : by.people->locations) {
    if (place.open) rights.push_back(option("location:" + place.id, place.name));
  }
  auto set = action("grant_many", by.say("Set"), "second");
  set["fields"] = json::array({choice("subject", by.say("For"), "", std::move(subjects)),
                               choice("right", by.say("Right"), "own", std::move(rights))});
  json with_rights = json::array();
  for (const auto &user : by.people->users) {
    if (view.has_rights(user.id)) with_rights.push_back(option(user.id, user.name));
  }
  auto copy = action("copy_rights", by.say("Copy"), "second");
  copy["fields"] = json::array({choice("from", by.say("Rights as"), "", std::move(with_rights))});
  return {{"name", "users"},
          {"hint", by.say("Tick users to set a right for all of them, or to give them another's rights.")},
          {"selected", by.say("{count} selected")},
          {"clear", by.say("Clear selection")},
          {"select_all", by.say("Select all on this page")},
          {"actions", json::array({std::move(set), std::move(copy)})}};
}

json legend(const request &by) {
  return json::array({{{"sign", by.say("ALLE")}, {"text", by.say("sees every location, also leads without location")}},
                      {{"sign", by.people->locations.empty() ? "–" : by.people->locations.front().name},
                       {"text", by.say("sees this location")}},
                      {{"sign", "–"}, {"text", by.say("no right")}},
                      {{"text", by.say("grey: taken from the category")}},
                      {{"text", by.say("dot: differs from the category")}}});
}

void add_pages(json &block, const rights_view &view, const user_page &page) {
  const auto &by = view.by;
  block["total"] = page.total;
  if (page.previous.empty() && page.next.empty()) return;
  const auto number = [&](std::size_t value) { return by.say.number(static_cast<std::int64_t>(value)); };
  block["count_text"] = by.say("{1} to {2} of {3} users", number(page.first + 1),
                               number(page.first + page.shown.size()), number(page.total));
  const auto turn = [&](const char *name, const std::string &from, std::string label) {
    block[std::string(name) + "_label"] = label;
    if (from.empty()) return;
    auto params = view.params();
    params.erase("page_from");
    if (from != "-") params["page_from"] = from;
    block[std::string(name) + "_link"] = link_to(std::move(label), settings_id, std::move(params));
  };
  turn("previous", page.previous, by.say("Back"));
  turn("next", page.next, by.say("Next"));
}

}  // namespace

json rights_matrix(const rights_view &view) {
  const auto &by = view.by;
  const bool sees_all = view.seen_by(by.user) == view.report.open;
  const auto page = users_of(view);
  json office = json::array(), sales = json::array();
  for (const auto *user : page.shown) (only_sells(*user) ? sales : office).push_back(matrix_row(view, *user, sees_all));
  json bands = json::array();
  if (!office.empty()) {
    bands.push_back({{"label", by.say("Management, office, administration")}, {"rows", std::move(office)}});
  }
  if (!sales.empty()) {
    bands.push_back({{"label", by.say("Sales – always see their own leads")}, {"rows", std::move(sales)}});
  }
  json block{{"type", "matrix"},
             {"id", "rights"},
             {"label", by.say("Rights")},
             {"row_label", by.say("User")},
             {"last_label", by.say("Sees open leads")},
             {"groups", groups(view)},
             {"bands", std::move(bands)},
             {"bulk", bulk(view)},
             {"legend", legend(by)}};
  add_pages(block, view, page);
  if (block["bands"].empty()) {
    block["empty"] = {{"title", by.say("Nobody was found.")},
                      {"link", link_to(by.say("Reset filters"), settings_id, {{"tab", "rights"}})}};
  }
  return block;
}

}  // namespace lead_system::screens
