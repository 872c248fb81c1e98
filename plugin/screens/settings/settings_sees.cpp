// settings_sees.cpp - "Was sieht …?": the open leads that a user sees, counted per type and place, without a word of
// whom they are about. The host keeps in its audit log who asked that of whom.
#include <algorithm>

#include "screens/settings/settings_rights.hpp"

namespace lead_system::screens {
namespace {

/// Counted for one user over the groups of open leads.
class counted {
 public:
  counted(const rights_view &view, const std::string &user) {
    const auto sees = access::visible_to(user, view.grants_of(user), view.by.with.types);
    lead sample;
    for (const auto &group : view.now.leads) {
      sample.content.type = group.type;
      sample.location = group.location;
      sample.assignee = group.assignee;
      if (!access::sees(sees, sample)) continue;
      all_[{group.type, group.location}] += group.count;
      total_ += group.count;
      if (group.assignee == user) assigned_ += group.count;
    }
  }
  /// Of a type, of a place; without one of all.
  std::int64_t of(const std::string *type, const std::string *place) const {
    std::int64_t sum = 0;
    for (const auto &[key, count] : all_) {
      if ((type == nullptr || key.first == *type) && (place == nullptr || key.second == *place)) sum += count;
    }
    return sum;
  }
  std::int64_t total() const { return total_; }
  std::int64_t assigned() const { return assigned_; }

 private:
  std::map<std::pair<std::string, std::string>, std::int64_t> all_;
  std::int64_t total_ = 0, assigned_ = 0;
};

json count_cell(const request &by, std::int64_t count, std::int64_t reader, json params) {
  auto result = cell_value(by.say.number(count), count);
  if (count == 0) {
    result["quiet"] = true;
  } else if (reader == count) {
    // The reader finds the same number there; where he sees other leads, the link would lie.
    result["link"] = link_to(by.say.number(count), "leads.overview", std::move(params));
  }
  return result;
}

json rights_facts(const rights_view &view, const access::user &user, const counted &seen) {
  const auto &by = view.by;
  json items = json::array();
  items.push_back(fact("open", by.say("Sees open leads"), cell_value(by.say.number(seen.total()), seen.total())));
  items.push_back(
      fact("assigned", by.say("of these assigned"), cell_value(by.say.number(seen.assigned()), seen.assigned())));
  for (const auto &group : by.with.types.categories()) {
    const auto *whole = view.find(user.id, true, group.key);
    auto value = cell(reach_text(by, whole));
    if (auto places = all_places(by, whole); !places.empty()) value["title"] = std::move(places);
    items.push_back(fact("category:" + group.key, by.say(group.title), std::move(value)));
    for (const auto *type : by.with.types.types_of(group.key)) {
      const auto *own = view.find(user.id, false, type->key);
      if (own == nullptr) continue;
      items.push_back(fact("type:" + type->key, by.say(type->title), cell(reach_text(by, own))));
    }
  }
  return facts("sees_rights", by.say("Rights"), std::move(items));
}

json sees_table(const rights_view &view, const access::user &user, const counted &seen, const counted &reader) {
  const auto &by = view.by;
  std::vector<std::string> places;
  for (const auto &place : by.people->locations) places.push_back(place.id);
  places.emplace_back();
  json columns = json::array({column("type", by.say("Type"))});
  const auto add_column = [&](const std::string &id, std::string label) {
    auto made = column(id, std::move(label));
    made["number"] = true;
    columns.push_back(std::move(made));
  };
  for (const auto &place : places) {
    add_column("place:" + place, place.empty() ? by.say("No location") : by.people->location_name(place));
  }
  add_column("total", by.say("Total"));
  auto block = table("sees", by.say("What does {1} see?", user.name), std::move(columns));
  block["note"] = by.say("Open leads by type and location");
  block["layout"] = "plain";
  const auto cells_of = [&](const std::string *type) {
    json cells{{"type", type == nullptr ? cell(by.say("Total"))
                                        : cell_value(by.say(by.with.types.find_type(*type)->title), *type)}};
    json params{{"tab", "open"}};
    if (type != nullptr) params["type"] = *type;
    cells["total"] = count_cell(by, seen.of(type, nullptr), reader.of(type, nullptr), params);
    for (const auto &place : places) {
      params["location"] = place.empty() ? "none" : place;
      cells["place:" + place] = count_cell(by, seen.of(type, &place), reader.of(type, &place), params);
    }
    return cells;
  };
  for (const auto &type : by.with.types.types()) {
    block["rows"].push_back({{"id", type.key}, {"cells", cells_of(&type.key)}});
  }
  block["totals"] = cells_of(nullptr);
  return block;
}

}  // namespace

void add_sees(json &blocks, const rights_view &view) {
  const auto &by = view.by;
  const auto *user = by.people->find_user(view.sent.one("user"));
  json people = json::array({option("", by.say("Please choose"))});
  for (const auto &one : by.people->users) {
    if (one.active) people.push_back(option(one.id, one.name));
  }
  auto who = choice("user", by.say("User"), view.sent.one("user"), std::move(people));
  who["wide"] = true;
  blocks.push_back({{"type", "filters"},
                    {"id", "filters"},
                    {"label", by.say("Choose a user")},
                    {"fields", json::array({std::move(who)})},
                    {"keep", {{"tab", "sees"}}},
                    {"submit", by.say("Show")}});
  if (user == nullptr) {
    if (view.sent.has("user")) throw dms::failure(dms_not_found, by.say("This user does not exist."));
    blocks.push_back(text_block("choose", "plain", by.say("Choose a user: here stands which open leads he sees.")));
    return;
  }
  if (!user->active) {
    blocks.push_back(notice("inactive", "warn", by.say("{1} is not active and sees nothing.", user->name)));
    return;
  }
  const counted seen(view, user->id), reader(view, by.user);
  blocks.push_back(sees_table(view, *user, seen, reader));
  blocks.push_back(rights_facts(view, *user, seen));
}

}  // namespace lead_system::screens
