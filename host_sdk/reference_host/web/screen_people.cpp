// Users: who may sign in, as what and where.
#include <algorithm>

#include "reference_host/web/master_lists.hpp"

namespace dms::reference::web {
namespace {

std::string role_word(const asked &by, const std::string &role) {
  static const std::map<std::string, const char *> names{
      {"admin", "Administrator"}, {"manager", "Management"}, {"sales", "Sales"}, {"office", "Office"}};
  auto found = names.find(role);
  return found == names.end() ? role : by.say(found->second);
}

std::string address_and_phone(const user &person) {
  return person.email + (person.email.empty() || person.phone.empty() ? "" : ", ") + person.phone;
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
                {{"name", {{"text", each.name}, {"quiet_text", each.id}, {"detail", address_and_phone(each)}}},
                 {"roles", list_of(roles)},
                 {"locations", list_of(places)},
                 {"state", state_cell(by, each.active, "active", "deactivated")}}}};
      row["actions"] = actions_of(by, each, open_of(open, each.id));
      if (each.active) row["actions"].insert(row["actions"].begin(), sign_out_action(by, each));
      row["actions"].insert(row["actions"].begin(), change_action(by, each));
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
    if (action == "change") return change(by);
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

  /// Roles and locations; closed locations only where they are chosen already.
  static std::pair<json, json> rights_fields(const asked &by, const user &now) {
    auto roles = make_field("roles", "checkboxes", by.say("Roles"));
    for (const auto &role : role_names()) roles["options"].push_back(make_option(role, role_word(by, role)));
    roles["value"] = now.roles;
    auto places = make_field("locations", "checkboxes", by.say("Locations"));
    places["options"] = json::array();
    for (const auto &each : by.dms.data().locations.all()) {
      const bool his = std::ranges::find(now.locations, each.id) != now.locations.end();
      if (each.open || his) places["options"].push_back(make_option(each.id, each.name));
    }
    places["value"] = now.locations;
    return {std::move(roles), std::move(places)};
  }

  static json phone_field(const asked &by) {
    auto phone = optional_field("phone", "text", by.say("Phone"));
    phone["hint"] = by.say("For customers: it stands in letters that the person writes.");
    phone["max_length"] = longest_phone;
    return phone;
  }

  static json change_action(const asked &by, const user &person) {
    auto name = required_field("name", "text", by.say("Full name"));
    name["value"] = person.name;
    auto email = optional_field("email", "text", by.say("E-mail"));
    email["value"] = person.email;
    auto phone = phone_field(by);
    phone["value"] = person.phone;
    auto password = optional_field("password", "password", by.say("New password"));
    password["hint"] = by.say("Empty: it stays. With a new one the person is signed out everywhere.");
    auto [roles, places] = rights_fields(by, person);
    return {{"action", "change"},
            {"label", by.say("Change")},
            {"input", {{"user", person.id}}},
            {"title", by.say("Change {1}", person.name)},
            {"submit", by.say("Save")},
            {"fields",
             {std::move(name), std::move(email), std::move(phone), std::move(roles), std::move(places),
              std::move(password)}}};
  }

  static json add_action(const asked &by) {
    user fresh;
    fresh.roles = {"sales"};
    auto [roles, places] = rights_fields(by, fresh);
    auto email = optional_field("email", "text", by.say("E-mail"));
    auto password = required_field("password", "password", by.say("Password"));
    password["hint"] = by.say("At least 8 characters.");
    return {{"action", "add"},
            {"label", by.say("Add user")},
            {"style", "primary"},
            {"submit", by.say("Add")},
            {"fields",
             {required_field("user", "text", by.say("User name")), required_field("name", "text", by.say("Full name")),
              email, phone_field(by), password, roles, places}}};
  }

  /// What the form says of a person, refused at the field that is wrong.
  static void take_form(const asked &by, user &person) {
    person.name = by.of("name");
    person.email = by.of("email");
    person.phone = by.of("phone");
    person.roles = strings_of(member(by.input, "roles"));
    person.locations = strings_of(member(by.input, "locations"));
    if (person.name.empty()) throw field_failure("name", by.say("Please enter a name."));
    if (!person.email.empty() && !is_address(person.email)) {
      throw field_failure("email", by.say("This is no e-mail address."));
    }
    if (!person.phone.empty() && !is_phone(person.phone)) {
      throw field_failure("phone", by.say("This is no telephone number."));
    }
    if (person.roles.empty()) throw field_failure("roles", by.say("Please choose at least one role."));
  }

  static void check_typed_password(const asked &by) {
    try {
      check_password(by.of("password"));
    } catch (const failure &reason) {
      throw field_failure("password", by.say(reason.what()));
    }
  }

  static std::string change(const asked &by) {
    auto person = by.dms.data().users.find(by.of("user"));
    if (!person) throw failure(dms_not_found, "This user does not exist.");
    take_form(by, *person);
    const bool new_password = !by.of("password").empty();
    if (new_password) check_typed_password(by);
    by.dms.change_user(*by.call(), *person);
    if (new_password) {
      by.dms.data().users.set_password(person->id, by.of("password"));
      by.dms.record({0, by.who.now_us(), by.who.user(), by.who.channel(), "user.password", "user " + person->id, {}});
      sign_out(by, *person);
    }
    return by.say("{1} is saved.", person->name);
  }

  static std::string add(const asked &by) {
    user person;
    person.id = by.of("user");
    if (person.id.empty()) throw field_failure("user", by.say("Please enter a user name."));
    take_form(by, person);
    check_typed_password(by);
    by.dms.data().users.add(person, by.of("password"));
    by.dms.directory_changed();
    by.dms.record(
        {0, by.who.now_us(), by.who.user(), by.who.channel(), "user.add", "user " + person.id, rights_of(person)});
    return by.say("{1} can sign in now.", person.name);
  }
};

}  // namespace

std::unique_ptr<dms::screen> users_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_users>(of, std::move(say), "host.users", "host.admin");
}

}  // namespace dms::reference::web
