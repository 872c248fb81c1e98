// Locations: where, when they work, and which holidays they keep.
#include <algorithm>
#include <array>

#include "reference_host/web/hours_text.hpp"
#include "reference_host/web/master_lists.hpp"

namespace dms::reference::web {
namespace {

struct region_row {
  const char *id, *name;
};
/// ISO 3166-2; their holidays are those of the province's patron beside the country's.
constexpr std::array regions{
    region_row{"AT-1", "Burgenland"},     region_row{"AT-2", "Kärnten"},    region_row{"AT-3", "Niederösterreich"},
    region_row{"AT-4", "Oberösterreich"}, region_row{"AT-5", "Salzburg"},   region_row{"AT-6", "Steiermark"},
    region_row{"AT-7", "Tirol"},          region_row{"AT-8", "Vorarlberg"}, region_row{"AT-9", "Wien"}};

std::string region_name(const asked &by, const std::string &id) {
  const auto found = std::ranges::find_if(regions, [&](const region_row &row) { return row.id == id; });
  return found != regions.end() ? found->name : id.empty() ? by.say("only those of the whole country") : id;
}

/// "1-5 08:00–18:00, 6 09:00–12:00", for programs.
std::string keys_of_hours(const std::vector<opening_hours> &hours) {
  std::string text;
  for (const auto &span : hours) text += (text.empty() ? "" : ", ") + span.days + " " + span.from + "–" + span.to;
  return text;
}

class screen_of_locations : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    json rows = json::array();
    const auto open = work_that_is_open(by.dms, *by.call(), "location");
    for (const auto &each : by.dms.data().locations.all()) {
      const auto hours = written_hours(each.hours, by.locale);
      rows.push_back(
          {{"id", each.id},
           {"actions", json::array({change_action(by, each), switch_action(by, each, open_of(open, each.id))})},
           {"cells",
            {{"name", {{"text", each.name}, {"quiet_text", each.id}}},
             {"address", each.street + (each.street.empty() ? "" : ", ") + each.postal_code + " " + each.city},
             {"hours", {{"text", hours.empty() ? "–" : hours}, {"value", keys_of_hours(each.hours)}}},
             {"holidays", region_name(by, each.region)},
             {"state", state_cell(by, each.open, "open", "closed")}}}});
    }
    auto document = make_screen("host.locations", by.say("Locations"));
    document["actions"] = json::array({add_action(by)});
    document["blocks"].push_back(plain_table(by, "locations",
                                             {{"name", "Name"},
                                              {"address", "Address"},
                                              {"hours", "Opening hours"},
                                              {"holidays", "Holidays"},
                                              {"state", "State"}},
                                             rows));
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action == "add") return add(by);
    if (action != "close" && action != "open" && action != "change") return own_screen::act_on(by, action);
    auto place = by.dms.data().locations.find(by.of("location"));
    if (!place) throw failure(dms_not_found, "This location does not exist.");
    if (action == "change") {
      take_form(by, *place);
      by.dms.change_location(*by.call(), *place);
      return by.say("{1} is saved.", place->name);
    }
    if (action == "close") {
      const auto said = by.dms.close_location(*by.call(), place->id, taker_of(by));
      return sentences(by.say("{1} is closed.", place->name), said);
    }
    by.dms.open_location(*by.call(), place->id);
    return by.say("{1} is open again.", place->name);
  }

 private:
  static json switch_action(const asked &by, const location &place, const std::vector<open_item> &open) {
    json input{{"location", place.id}};
    if (!place.open) return {{"action", "open"}, {"label", by.say("Open again")}, {"input", input}};
    json close{
        {"action", "close"},
        {"label", by.say("Close location")},
        {"style", "danger"},
        {"confirm", true},
        {"input", input},
        {"title", by.say("Close {1}", place.name)},
        {"text", by.say("New leads cannot go there any more. Open leads must be visible to somebody else first.")}};
    ask_who_takes_over(by, close, open, nullptr, "Nobody: what is open stays with its salespeople");
    return close;
  }

  /// Everything but the id.
  static json fields_of(const asked &by, const location &now) {
    const auto filled = [](json field, const std::string &value) {
      field["value"] = value;
      return field;
    };
    auto hours = filled(required_field("hours", "text", by.say("Opening hours")), written_hours(now.hours, by.locale));
    hours["hint"] = by.say("As “Mo–Fr 08:00–18:00, Sa 09:00–12:00”. Deadlines run in these hours.");
    auto region = filled(make_field("region", "select", by.say("Holidays")), now.region);
    region["options"] = json::array({make_option("", region_name(by, {}))});
    bool listed = now.region.empty();
    for (const auto &row : regions) {
      region["options"].push_back(make_option(row.id, row.name));
      listed = listed || now.region == row.id;
    }
    if (!listed) region["options"].push_back(make_option(now.region, now.region));
    return json::array({filled(required_field("name", "text", by.say("Name")), now.name),
                        filled(optional_field("street", "text", by.say("Street")), now.street),
                        filled(optional_field("postal_code", "text", by.say("Postal code")), now.postal_code),
                        filled(optional_field("city", "text", by.say("Town")), now.city), std::move(hours),
                        std::move(region)});
  }

  static json change_action(const asked &by, const location &place) {
    return {{"action", "change"},
            {"label", by.say("Change")},
            {"input", {{"location", place.id}}},
            {"title", by.say("Change {1}", place.name)},
            {"submit", by.say("Save")},
            {"fields", fields_of(by, place)}};
  }

  static json add_action(const asked &by) {
    location fresh;
    fresh.hours = parse_hours("1-5 08:00-18:00,6 09:00-12:00");
    auto fields = fields_of(by, fresh);
    auto id = required_field("location", "text", by.say("Short name"));
    id["hint"] = by.say("a-z, 0-9, _ and -; it stays for ever.");
    fields.insert(fields.begin() + 1, std::move(id));
    return {{"action", "add"},
            {"label", by.say("Add location")},
            {"style", "primary"},
            {"submit", by.say("Add")},
            {"fields", std::move(fields)}};
  }

  /// What the form says of a place, refused at the field that is wrong.
  static void take_form(const asked &by, location &place) {
    constexpr std::size_t longest = 200;
    for (const auto &[name, into] : {std::pair{"name", &place.name}, std::pair{"street", &place.street},
                                     std::pair{"postal_code", &place.postal_code}, std::pair{"city", &place.city}}) {
      *into = by.of(name);
      if (into->size() > longest) throw field_failure(name, by.say("This is too long."));
    }
    if (place.name.empty()) throw field_failure("name", by.say("Please enter a name."));
    if (place.city.empty()) place.city = place.name;
    try {
      place.hours = read_hours(by.of("hours"));
    } catch (const failure &reason) {
      throw field_failure("hours", by.say(reason.what()));
    }
    if (place.hours.empty()) throw field_failure("hours", by.say("Please enter the opening hours."));
    const auto region = by.of("region");
    const bool known = region.empty() || region == place.region ||
                       std::ranges::any_of(regions, [&](const region_row &row) { return row.id == region; });
    if (!known) throw field_failure("region", by.say("Please choose from the list."));
    place.region = region;
  }

  static std::string add(const asked &by) {
    location place;
    place.id = by.of("location");
    take_form(by, place);
    try {
      by.dms.add_location(*by.call(), place);
    } catch (const failure &reason) {
      // What is left to be wrong is the id, or that it is taken.
      if (reason.status() != dms_invalid && reason.status() != dms_refused) throw;
      throw field_failure(
          "location", by.say(reason.status() == dms_refused ? "There is a location of this short name already."
                                                            : "A short name has a-z, 0-9, _ and -, at most 40 signs."));
    }
    return by.say("{1} is added.", place.name);
  }
};

}  // namespace

std::unique_ptr<dms::screen> locations_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_locations>(of, std::move(say), "host.locations", "host.admin");
}

}  // namespace dms::reference::web
