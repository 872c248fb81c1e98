#include <algorithm>

#include "lead/fold.hpp"
#include "screens/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using access::grant;
using access::scope;

/// What a matrix needs again and again.
struct matrix_view {
  const request &by;
  const parameters &sent;
  std::vector<grant> grants;
  std::vector<store::store::open_group> open;
  std::string open_user, open_subject;  ///< the cell whose editor is open

  const grant *find(const std::string &user, bool on_category, const std::string &subject) const {
    const auto found = std::find_if(grants.begin(), grants.end(), [&](const auto &it) {
      return it.user == user && it.on_category == on_category && it.subject == subject;
    });
    return found == grants.end() ? nullptr : &*found;
  }
  json params() const {
    auto result = json::object();
    for (const auto *name : {"q", "show"}) {
      if (sent.has(name)) result[name] = sent.one(name);
    }
    if (const auto folded = sent.all("fold"); !folded.empty()) result["fold"] = folded;
    result["tab"] = "rights";
    return result;
  }
};

std::string reach_text(const request &by, const grant *what) {
  if (what == nullptr || what->reach == scope::none || what->reach == scope::inherit) return "–";
  if (what->reach == scope::all) return by.say("ALLE");
  if (what->locations.size() > 2) {
    return by.say.count("{1} location", "{1} locations", static_cast<std::int64_t>(what->locations.size()));
  }
  std::string text;
  for (const auto &location : what->locations) text += (text.empty() ? "" : ", ") + by.people->location_name(location);
  return text.empty() ? "–" : text;
}

std::string_view reach_kind(const grant *what) {
  if (what == nullptr || what->reach == scope::none || what->reach == scope::inherit) return "none";
  return what->reach == scope::all ? "all" : "some";
}

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
json matrix_cell(const matrix_view &view, const access::user &user, const category &group, const lead_type *type) {
  const auto *whole = view.find(user.id, true, group.key);
  const auto *own = type == nullptr ? nullptr : view.find(user.id, false, type->key);
  const bool inherits = type != nullptr && (own == nullptr || own->reach == scope::inherit);
  const auto *shown = type == nullptr || inherits ? whole : own;
  const auto subject = type == nullptr ? group.key : type->key;
  const auto text = reach_text(view.by, shown);
  json result{{"text", text}, {"kind", reach_kind(shown)}};
  if (inherits) result["inherited"] = true;
  if (type != nullptr && !inherits && !same_reach(own, whole)) result["differs"] = true;
  if (shown != nullptr && shown->reach == scope::locations && shown->locations.size() > 2) {
    std::vector<std::string> names;
    for (const auto &location : shown->locations) names.push_back(view.by.people->location_name(location));
    result["title"] = enumerated(view.by, names);
  }
  // Categories and types have names of their own each; the prefix keeps them apart where they share one.
  const auto address = user.id + (type == nullptr ? ":category:" : ":type:") + subject;
  if (view.open_user == user.id && view.open_subject == (type == nullptr ? "category:" : "type:") + subject) {
    result["open"] = true;
  }
  auto params = view.params();
  params["cell"] = address;
  const auto what = type == nullptr ? view.by.say(group.title) : view.by.say(type->title);
  result["link"] = link_to(view.by.say("{1} for {2}: {3}", what, user.name, text), settings_id, std::move(params));
  return result;
}

/// What saving would mean: for the given choice, or for the choices that are likely next.
std::string effect_text(const matrix_view &view, const grant &now, const access::user &user) {
  const auto &by = view.by;
  const auto told = [&](std::string label, const grant &wanted) {
    const auto effect = by.say(by.with.settings.effect_of(wanted));
    return effect.empty() ? std::string{} : std::move(label) + ": " + effect;
  };
  std::string text;
  const auto add = [&](const std::string &part) {
    if (!part.empty()) text += (text.empty() ? "" : " ") + part;
  };
  if (now.reach != scope::all) {
    auto wanted = now;
    wanted.reach = scope::all;
    wanted.locations.clear();
    add(told(by.say("ALLE"), wanted));
  }
  if (!user.locations.empty() && now.reach != scope::locations) {
    auto wanted = now;
    wanted.reach = scope::locations;
    wanted.locations = user.locations;
    add(told(reach_text(by, &wanted), wanted));
  }
  if (now.reach != scope::none && now.reach != scope::inherit) {
    auto wanted = now;
    wanted.reach = scope::none;
    wanted.locations.clear();
    add(told(by.say("None"), wanted));
  }
  return text;
}

json editor(const matrix_view &view, const access::user &user, const category &group, const lead_type *type) {
  const auto &by = view.by;
  const auto *whole = view.find(user.id, true, group.key);
  const auto *own = type == nullptr ? whole : view.find(user.id, false, type->key);
  grant now{user.id,
            type == nullptr,
            type == nullptr ? group.key : type->key,
            type == nullptr ? scope::none : scope::inherit,
            {}};
  if (own != nullptr) now = *own;
  json scopes = json::array();
  if (type != nullptr) {
    const bool none = reach_kind(whole) == "none";
    scopes.push_back(option("inherit", by.say("As category: {1}", none ? by.say("none") : reach_text(by, whole))));
  }
  scopes.push_back(option("none", by.say("None")));
  scopes.push_back(option("all", by.say("ALLE")));
  scopes.push_back(option("locations", by.say("Locations")));
  static constexpr std::string_view names[] = {"inherit", "none", "all", "locations"};
  auto reach = field("scope", "radios", by.say("Right"), std::string(names[static_cast<std::size_t>(now.reach)]));
  reach["options"] = std::move(scopes);
  json places = json::array();
  for (const auto &place : by.people->locations) {
    if (place.open) places.push_back(option(place.id, place.name));
  }
  auto where = field("locations", "checkboxes", by.say("Locations"));
  where["options"] = std::move(places);
  where["value"] = now.locations;
  auto save = action("grant", by.say("Save"), "primary");
  save["fields"] = json::array({std::move(reach), std::move(where)});
  save["input"] = {{"user", user.id}, {type == nullptr ? "category" : "type", now.subject}};
  const auto title =
      by.say("{1} for {2} ({3})", by.say(type == nullptr ? group.title : type->title), user.name, user.id);
  json result{
      {"title", title}, {"action", std::move(save)}, {"cancel", link_to(by.say("Cancel"), settings_id, view.params())}};
  if (auto effect = effect_text(view, now, user); !effect.empty()) {
    result["effect_title"] = by.say("After saving");
    result["effect"] = std::move(effect);
  }
  return result;
}

/// Open leads that a user sees: the same rule as everywhere, counted over groups instead of leads.
std::int64_t seen_by(const matrix_view &view, const std::string &user) {
  const auto sees = access::visible_to(user, view.grants, view.by.with.types);
  std::int64_t count = 0;
  lead sample;
  for (const auto &group : view.open) {
    sample.content.type = group.type;
    sample.category = group.category;
    sample.location = group.location;
    sample.assignee = group.assignee;
    if (access::sees(sees, sample)) count += group.leads;
  }
  return count;
}

json last_cell(const matrix_view &view, const access::user &user) {
  const auto count = seen_by(view, user.id);
  auto result = cell_value(view.by.say.number(count), count);
  std::int64_t all = 0;
  for (const auto &group : view.open) all += group.leads;
  const bool own_only = std::none_of(view.grants.begin(), view.grants.end(),
                                     [&](const auto &it) { return it.user == user.id && reach_kind(&it) != "none"; });
  if (count == 0) {
    result["quiet"] = true;
  } else if (user.id == view.by.user) {
    result["link"] = link_to(view.by.say.number(count), "leads.overview", {{"tab", "open"}});
  } else if (own_only && seen_by(view, view.by.user) == all) {
    // A link leads to these leads only for a reader who sees them all himself.
    result["link"] = link_to(view.by.say.number(count), "leads.overview", {{"tab", "open"}, {"assignee", user.id}});
  }
  return result;
}

bool folded(const matrix_view &view, const category &group) {
  const auto list = view.sent.all("fold");
  return std::find(list.begin(), list.end(), group.key) != list.end();
}

json matrix_row(const matrix_view &view, const access::user &user) {
  json row{{"id", user.id}, {"label", user.name}, {"detail", user.id}, {"cells", json::object()}};
  if (!user.active) row["quiet"] = true;
  for (const auto &group : view.by.with.types.categories()) {
    const auto types = view.by.with.types.types_of(group.key);
    row["cells"]["category:" + group.key] = matrix_cell(view, user, group, nullptr);
    if (view.open_user == user.id && view.open_subject == "category:" + group.key) {
      row["editor"] = editor(view, user, group, nullptr);
    }
    for (const auto *type : types) {
      if (types.size() > 1 && !folded(view, group)) {
        row["cells"]["type:" + type->key] = matrix_cell(view, user, group, type);
      }
      if (view.open_user == user.id && view.open_subject == "type:" + type->key) {
        row["editor"] = editor(view, user, group, type);
      }
    }
  }
  row["last"] = last_cell(view, user);
  return row;
}

json groups(const matrix_view &view) {
  const auto &by = view.by;
  json result = json::array();
  for (const auto &group : by.with.types.categories()) {
    const auto types = by.with.types.types_of(group.key);
    if (types.empty()) continue;
    json columns = json::array();
    columns.push_back({{"id", "category:" + group.key}, {"label", by.say("Whole category")}, {"whole", true}});
    json item{{"id", group.key}, {"label", by.say(group.title)}};
    if (types.size() > 1) {
      const bool closed = folded(view, group);
      for (const auto *type : types) {
        if (!closed) {
          columns.push_back({{"id", "type:" + type->key},
                             {"label", by.say(type->short_title.empty() ? type->title : type->short_title)}});
        }
      }
      auto params = view.params();
      auto list = view.sent.all("fold");
      std::erase(list, group.key);
      if (!closed) list.push_back(group.key);
      params.erase("fold");
      if (!list.empty()) params["fold"] = list;
      item["toggle"] = link_to(closed ? by.say("Unfold types") : by.say("Fold types"), settings_id, std::move(params));
    }
    item["columns"] = std::move(columns);
    result.push_back(std::move(item));
  }
  return result;
}

bool wanted(const matrix_view &view, const access::user &user) {
  const auto show = view.sent.one("show");
  if (show != "all" && !user.active) return false;
  if (show == "granted" && std::none_of(view.grants.begin(), view.grants.end(), [&](const auto &it) {
        return it.user == user.id && reach_kind(&it) != "none";
      })) {
    return false;
  }
  const auto text = fold_name(view.sent.one("q"));
  return text.empty() || fold_name(user.name).find(text) != std::string::npos ||
         fold_name(user.id).find(text) != std::string::npos;
}

/// The role that says where a user stands in the matrix; empty for those who only sell.
std::string_view first_role(const access::user &user) {
  for (const auto *role : {"manager", "office", "admin"}) {
    if (user.has_role(role)) return role;
  }
  return {};
}

json legend(const request &by) {
  return json::array({{{"sign", by.say("ALLE")}, {"text", by.say("sees every location, also leads without location")}},
                      {{"sign", by.people->locations.empty() ? "–" : by.people->locations.front().name},
                       {"text", by.say("sees this location")}},
                      {{"sign", "–"}, {"text", by.say("no right")}},
                      {{"text", by.say("grey: taken from the category")}},
                      {{"text", by.say("dot: differs from the category")}}});
}

}  // namespace

json rights_filters(const request &by, const parameters &sent) {
  auto search = field("q", "search", by.say("User"), sent.one("q"));
  search["placeholder"] = by.say("User");
  json shown = choice("show", by.say("Show"), sent.one("show"),
                      json::array({option("", by.say("All active")), option("granted", by.say("With rights")),
                                   option("all", by.say("All, also inactive"))}));
  json keep{{"tab", "rights"}};
  if (const auto folded_groups = sent.all("fold"); !folded_groups.empty()) keep["fold"] = folded_groups;
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter users")},
          {"fields", json::array({std::move(search), std::move(shown)})},
          {"keep", std::move(keep)},
          {"submit", by.say("Apply")}};
}

json rights_matrix(const request &by, const parameters &sent) {
  matrix_view view{by, sent, by.with.store.grants(), by.with.store.open_groups(), {}, {}};
  const auto address = sent.one("cell");
  if (const auto colon = address.find(':'); colon != std::string::npos) {
    view.open_user = address.substr(0, colon);
    view.open_subject = address.substr(colon + 1);
  }
  json office = json::array(), sales = json::array();
  for (const auto *role : {"manager", "office", "admin", ""}) {
    for (const auto &user : by.people->users) {
      if (first_role(user) != role || !wanted(view, user)) continue;
      (*role != 0 ? office : sales).push_back(matrix_row(view, user));
    }
  }
  json bands = json::array();
  if (!office.empty()) {
    bands.push_back({{"label", by.say("Management, office, administration")}, {"rows", std::move(office)}});
  }
  if (!sales.empty()) {
    bands.push_back({{"label", by.say("Sales – always see their own leads")}, {"rows", std::move(sales)}});
  }
  return {{"type", "matrix"},
          {"id", "rights"},
          {"label", by.say("Rights")},
          {"row_label", by.say("User")},
          {"last_label", by.say("Sees open leads")},
          {"groups", groups(view)},
          {"bands", std::move(bands)},
          {"legend", legend(by)}};
}

}  // namespace lead_system::screens
