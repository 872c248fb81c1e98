// Users and locations.
#include "reference_host/core/handover.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

std::string role_word(const asked &by, const std::string &role) {
  static const std::map<std::string, const char *> names{
      {"admin", "Administrator"}, {"manager", "Management"}, {"sales", "Sales"}, {"office", "Office"}};
  auto found = names.find(role);
  return found == names.end() ? role : by.say(found->second);
}

std::string list_of(const std::vector<std::string> &all) {
  std::string words_;
  for (const auto &each : all) words_ += (words_.empty() ? "" : ", ") + each;
  return words_.empty() ? "–" : words_;
}

json state_cell(const asked &by, bool good, const char *yes, const char *no) {
  if (good) return {{"text", by.say(yes)}, {"icon", "check"}, {"tone", "good"}};
  return {{"text", by.say(no)}, {"icon", "dash"}, {"quiet", true}};
}

json plain_table(const asked &by, const char *id, const std::vector<std::pair<const char *, const char *>> &columns,
                 const json &rows) {
  json made{{"type", "table"}, {"id", id}, {"layout", "plain"}, {"rows", rows}, {"columns", json::array()}};
  for (const auto &[name, label] : columns) made["columns"].push_back({{"id", name}, {"label", by.say(label)}});
  return made;
}

constexpr const char *nobody_takes_over = "-";

/// What is open, and the question who takes it over; nothing where nothing is open.
void ask_who_takes_over(const asked &by, json &action, const std::vector<open_item> &open, const user *leaving,
                        const char *nobody) {
  if (open.empty()) return;
  action["text"] = by.say("Still open: {1}.", in_words(open)) + " " + text(action, "text");
  auto whom = make_field("hand_over", "select", by.say("Who takes over?"));
  whom["required"] = true;
  whom["options"] = json::array({make_option("", by.say("Please choose"))});
  for (const auto &each : by.dms.data().users.all()) {
    const bool sells = each.active && (each.has_role("sales") || each.has_role("manager"));
    if (sells && (leaving == nullptr || each.id != leaving->id))
      whom["options"].push_back(make_option(each.id, each.name));
  }
  if (nobody != nullptr) whom["options"].push_back(make_option(nobody_takes_over, by.say(nobody)));
  action["fields"] = json::array({whom});
}

/// Who takes over, as it was chosen; empty for nobody. A form that asked wants an answer.
std::string taker_of(const asked &by) {
  const auto wanted = by.of("hand_over");
  if (has(by.input, "hand_over") && wanted.empty()) {
    throw field_failure("hand_over", by.say("Please choose who takes over."));
  }
  return wanted == nobody_takes_over ? std::string{} : wanted;
}

std::string sentences(const std::string &one, const std::string &other) {
  return other.empty() ? one : one + " " + other;
}

std::vector<open_item> open_of(const open_work &all, const std::string &id) {
  const auto found = all.find(id);
  return found == all.end() ? std::vector<open_item>{} : found->second;
}

class screen_of_users : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    json rows = json::array();
    const auto open = work_that_is_open(by.dms, *by.call(), "user");
    for (const auto &each : by.dms.data().users.all()) {
      std::vector<std::string> roles, places;
      for (const auto &role : each.roles) roles.push_back(role_word(by, role));
      for (const auto &id : each.locations) {
        auto place = by.dms.data().locations.find(id);
        places.push_back(place ? place->name : id);
      }
      json row{{"id", each.id},
               {"cells",
                {{"name", {{"text", each.name}, {"quiet_text", each.id}, {"detail", each.email}}},
                 {"roles", list_of(roles)},
                 {"locations", list_of(places)},
                 {"state", state_cell(by, each.active, "active", "deactivated")}}}};
      row["actions"] = actions_of(by, each, open_of(open, each.id));
      if (each.active) row["actions"].insert(row["actions"].begin(), sign_out_action(by, each));
      rows.push_back(row);
    }
    auto document = make_screen("host.users", by.say("Users"));
    document["actions"] = json::array({add_action(by)});
    document["blocks"].push_back(plain_table(
        by, "users", {{"name", "Name"}, {"roles", "Roles"}, {"locations", "Locations"}, {"state", "State"}}, rows));
    document["export"] = {"csv", "xlsx"};
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action == "add") return add(by);
    auto person = by.dms.data().users.find(by.of("user"));
    if (action != "deactivate" && action != "activate" && action != "hand_over" && action != "sign_out") {
      return own_screen::act_on(by, action);
    }
    if (!person) throw failure(dms_not_found, "This user does not exist.");
    if (action == "sign_out") return sign_out(by, *person);
    if (action == "deactivate") {
      if (person->id == by.who.user())
        throw failure(dms_refused, "You cannot deactivate yourself. Another administrator can do it.");
      const auto said = by.dms.deactivate_user(*by.call(), person->id, taker_of(by));
      return sentences(by.say("{1} is deactivated and signed out everywhere.", person->name), said);
    }
    if (action == "hand_over") {
      const auto said = hand_work_over(by.dms, *by.call(), "user", person->id, taker_of(by));
      return said.empty() ? by.say("Everything of {1} is handed over.", person->name) : said;
    }
    by.dms.activate_user(*by.call(), person->id);
    return by.say("{1} is active again.", person->name);
  }

 private:
  static json actions_of(const asked &by, const user &person, const std::vector<open_item> &open) {
    json all = json::array({switch_action(by, person, open)});
    if (open.empty()) return all;
    json over{{"action", "hand_over"},
              {"label", by.say("Hand over")},
              {"input", {{"user", person.id}}},
              {"title", by.say("Hand over everything of {1}", person.name)},
              {"text", ""}};
    ask_who_takes_over(by, over, open, &person, nullptr);
    all.push_back(over);
    return all;
  }

  static json switch_action(const asked &by, const user &person, const std::vector<open_item> &open) {
    json input{{"user", person.id}};
    if (!person.active) return {{"action", "activate"}, {"label", by.say("Activate")}, {"input", input}};
    json off{
        {"action", "deactivate"},
        {"label", by.say("Deactivate")},
        {"style", "danger"},
        {"confirm", true},
        {"input", input},
        {"title", by.say("Deactivate {1}", person.name)},
        {"text", by.say("This person is signed out and cannot sign in any more. Everything that was done stays.")}};
    ask_who_takes_over(by, off, open, &person, "Nobody yet: it stays without anybody who is here");
    return off;
  }

  static json sign_out_action(const asked &by, const user &person) {
    return {{"action", "sign_out"},
            {"label", by.say("Sign out everywhere")},
            {"confirm", true},
            {"input", {{"user", person.id}}},
            {"title", by.say("Sign out {1} everywhere", person.name)},
            {"text", by.say("Every browser in which this person is signed in asks for the password again.")}};
  }

  /// An admin who means himself stays signed in where he is.
  static std::string sign_out(const asked &by, const user &person) {
    const auto kept = person.id == by.who.user() ? owned_call::behind(by.who).session() : std::string{};
    by.dms.data().sessions.close_others_of(person.id, kept, by.who.now_us());
    by.dms.record({0, by.who.now_us(), by.who.user(), by.who.channel(), "user.sign_out", "user " + person.id, {}});
    return by.say("{1} is signed out everywhere.", person.name);
  }

  static json add_action(const asked &by) {
    auto required = [&](const char *name, const char *kind, const char *label) {
      auto field = make_field(name, kind, by.say(label));
      field["required"] = true;
      return field;
    };
    auto roles = make_field("roles", "checkboxes", by.say("Roles"));
    for (const auto &role : role_names()) roles["options"].push_back(make_option(role, role_word(by, role)));
    roles["value"] = json::array({"sales"});
    auto places = make_field("locations", "checkboxes", by.say("Locations"));
    places["options"] = json::array();
    for (const auto &each : by.dms.data().locations.all()) {
      if (each.open) places["options"].push_back(make_option(each.id, each.name));
    }
    auto email = make_field("email", "text", by.say("E-mail"));
    email["optional"] = true;
    auto password = required("password", "password", "Password");
    password["hint"] = by.say("At least 8 characters.");
    return {{"action", "add"},
            {"label", by.say("Add user")},
            {"style", "primary"},
            {"submit", by.say("Add")},
            {"fields",
             {required("user", "text", "User name"), required("name", "text", "Full name"), email, password, roles,
              places}}};
  }

  static std::string add(const asked &by) {
    user person;
    person.id = by.of("user");
    person.name = by.of("name");
    person.email = by.of("email");
    person.roles = strings_of(member(by.input, "roles"));
    person.locations = strings_of(member(by.input, "locations"));
    if (person.id.empty()) throw field_failure("user", by.say("Please enter a user name."));
    if (person.name.empty()) throw field_failure("name", by.say("Please enter a name."));
    if (person.roles.empty()) throw field_failure("roles", by.say("Please choose at least one role."));
    try {
      check_password(by.of("password"));
    } catch (const failure &reason) {
      throw field_failure("password", by.say(reason.what()));
    }
    by.dms.data().users.add(person, by.of("password"));
    by.dms.directory_changed();
    by.dms.record(
        {0, by.who.now_us(), by.who.user(), by.who.channel(), "user.add", "user " + person.id, rights_of(person)});
    return by.say("{1} can sign in now.", person.name);
  }
};

class screen_of_locations : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    json rows = json::array();
    const auto open = work_that_is_open(by.dms, *by.call(), "location");
    for (const auto &each : by.dms.data().locations.all()) {
      std::vector<std::string> hours;
      for (const auto &span : each.hours) hours.push_back(span.days + " " + span.from + "–" + span.to);
      json input{{"location", each.id}};
      json action{{"action", "open"}, {"label", by.say("Open again")}, {"input", input}};
      if (each.open) {
        action = {
            {"action", "close"},
            {"label", by.say("Close location")},
            {"style", "danger"},
            {"confirm", true},
            {"input", input},
            {"title", by.say("Close {1}", each.name)},
            {"text", by.say("New leads cannot go there any more. Open leads must be visible to somebody else first.")}};
        ask_who_takes_over(by, action, open_of(open, each.id), nullptr,
                           "Nobody: what is open stays with its salespeople");
      }
      rows.push_back(
          {{"id", each.id},
           {"actions", json::array({action})},
           {"cells",
            {{"name", {{"text", each.name}, {"quiet_text", each.id}}},
             {"address", each.street + (each.street.empty() ? "" : ", ") + each.postal_code + " " + each.city},
             {"hours", list_of(hours)},
             {"state", state_cell(by, each.open, "open", "closed")}}}});
    }
    auto document = make_screen("host.locations", by.say("Locations"));
    document["blocks"].push_back(
        plain_table(by, "locations",
                    {{"name", "Name"}, {"address", "Address"}, {"hours", "Opening hours"}, {"state", "State"}}, rows));
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "close" && action != "open") return own_screen::act_on(by, action);
    auto place = by.dms.data().locations.find(by.of("location"));
    if (!place) throw failure(dms_not_found, "This location does not exist.");
    if (action == "close") {
      const auto said = by.dms.close_location(*by.call(), place->id, taker_of(by));
      return sentences(by.say("{1} is closed.", place->name), said);
    }
    by.dms.open_location(*by.call(), place->id);
    return by.say("{1} is open again.", place->name);
  }
};

}  // namespace

std::unique_ptr<dms::screen> users_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_users>(of, std::move(say), "host.users", "host.admin");
}
std::unique_ptr<dms::screen> locations_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_locations>(of, std::move(say), "host.locations", "host.admin");
}

}  // namespace dms::reference::web
