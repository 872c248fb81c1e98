#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/plugins/handover.hpp"

namespace dms::reference::command_line {
namespace {

std::string joined(const std::vector<std::string> &list) {
  std::string text;
  for (const auto &item : list) text += (text.empty() ? "" : ",") + item;
  return text.empty() ? "-" : text;
}

int list_users(const target &of) {
  for (const auto &person : open_host(of)->data().users.all()) {
    std::cout << person.id << '\t' << person.name << '\t' << joined(person.roles) << '\t' << joined(person.locations)
              << '\t' << (person.active ? "active" : "inactive") << '\n';
  }
  return ended_well;
}

int add_one_user(const target &of, const user &item, const std::string &password_file) {
  const auto into = open_host(of);
  const auto password = ask_password(password_file);
  check_password(password);
  into->data().users.add(item, password);
  into->data().audit.write(
      {0, into->clock().now_us(), "", "command_line", "user.add", "user " + item.id, rights_of(item)});
  std::cout << said("\"{1}\" is added.", item.id) << '\n';
  return ended_well;
}

int change_password(const target &of, const std::string &id, const std::string &password_file) {
  const auto into = open_host(of);
  if (!into->data().users.find(id)) throw failure(dms_not_found, "There is no user \"" + id + "\".");
  const auto password = ask_password(password_file);
  check_password(password);
  into->data().users.set_password(id, password);
  into->data().sessions.close_all_of(id);
  into->data().audit.write({0, into->clock().now_us(), "", "command_line", "user.password", "user " + id, ""});
  std::cout << said("The password of \"{1}\" is changed.", id) << '\n';
  return ended_well;
}

/// What is open, and how to give it to somebody, where nobody was named.
void say_what_is_open(host &of, const owned_call &call, const char *kind, const std::string &id) {
  const auto all = work_that_is_open(of, call, kind);
  const auto open = all.find(id);
  if (open == all.end()) return;
  std::cout << said("Still open: {1}.", in_words(open->second)) << ' ' << said("Hand it over with --hand-over LOGIN.")
            << '\n';
}

int activate(const target &of, const std::string &id, bool active, const std::string &taker = {}) {
  const auto into = open_host(of);
  into->start_plugins();  // they are asked whether a lead would be overlooked, and told that somebody sees it again
  const auto call = command_call(*into);
  std::string handed_over;
  if (active) {
    into->activate_user(*call, id);
  } else {
    handed_over = into->deactivate_user(*call, id, taker);
  }
  std::cout << said(active ? "\"{1}\" is active." : "\"{1}\" is deactivated.", id) << '\n';
  if (!handed_over.empty()) std::cout << handed_over << '\n';
  if (!active) say_what_is_open(*into, *call, "user", id);
  return ended_well;
}

int list_locations(const target &of) {
  for (const auto &place : open_host(of)->data().locations.all()) {
    std::cout << place.id << '\t' << place.name << '\t' << place.region << '\t';
    for (const auto &line : place.hours) std::cout << line.days << ' ' << line.from << '-' << line.to << "  ";
    std::cout << '\t' << (place.open ? "open" : "closed") << '\n';
  }
  return ended_well;
}

int add_one_location(const target &of, location item, const std::string &hours) {
  item.hours = parse_hours(hours);
  if (item.city.empty()) item.city = item.name;
  const auto into = open_host(of);
  into->data().locations.add(item);
  into->data().audit.write({0, into->clock().now_us(), "", "command_line", "location.add", "location " + item.id, ""});
  std::cout << said("\"{1}\" is added.", item.id) << '\n';
  return ended_well;
}

int set_open(const target &of, const std::string &id, bool open, const std::string &taker = {}) {
  const auto into = open_host(of);
  into->start_plugins();  // they are asked whether a lead would be overlooked, and told that the place is open again
  const auto call = command_call(*into);
  std::string handed_over;
  if (open) {
    into->open_location(*call, id);
  } else {
    handed_over = into->close_location(*call, id, taker);
  }
  std::cout << said(open ? "\"{1}\" is open again." : "\"{1}\" is closed.", id) << '\n';
  if (!handed_over.empty()) std::cout << handed_over << '\n';
  if (!open) say_what_is_open(*into, *call, "location", id);
  return ended_well;
}

struct master_options {
  user person;
  location place;
  std::string password_file;
  std::string hours = "1-5 08:00-18:00,6 09:00-12:00";
  std::string taker;
};

/// One command of a family.
CLI::App *add_command(CLI::App &family, target &of, chosen &run, const char *name, const char *what,
                      const std::function<int()> &action) {
  auto *command = family.add_subcommand(name, what);
  add_target(*command, of);
  command->callback([&run, action] { run = action; });
  return command;
}

}  // namespace

void add_user(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("user", "Who may sign in")->require_subcommand(1);
  auto how = std::make_shared<master_options>();
  auto &person = how->person;
  add_command(*family, of, run, "list", "All users", [&of] { return list_users(of); });
  auto *add = add_command(*family, of, run, "add", "Add a user; the password is asked for, or DMS_PASSWORD",
                          [&of, how] { return add_one_user(of, how->person, how->password_file); });
  add->add_option("id", person.id, "Login")->required();
  add->add_option("--name", person.name, "Full name")->required();
  add->add_option("--email", person.email, "E-mail address");
  add->add_option("--phone", person.phone, "Telephone number");
  add->add_option("--role", person.roles, "admin, manager, office or sales; may be repeated");
  add->add_option("--location", person.locations, "Location id; may be repeated");
  add->add_option("--locale", person.locale, "de-AT or en")->capture_default_str();
  const auto with_id = [&](const char *name, const char *what, const std::function<int()> &action) {
    auto *command = add_command(*family, of, run, name, what, action);
    command->add_option("id", person.id, "Login")->required();
    return command;
  };
  const auto with_password = [&](CLI::App &command) {
    command.add_option("--password-file", how->password_file, "File whose first line is the password; - is the input")
        ->type_name("FILE");
  };
  with_id("deactivate", "He cannot sign in any more; refused where a lead would be overlooked", [&of, how] {
    return activate(of, how->person.id, false, how->taker);
  })->add_option("--hand-over", how->taker, "Login of who takes over what is open");
  with_id("activate", "He can sign in again", [&of, how] { return activate(of, how->person.id, true); });
  with_password(*add);
  with_password(*with_id("password", "Set a new password; asked for, or DMS_PASSWORD",
                         [&of, how] { return change_password(of, how->person.id, how->password_file); }));
}

void add_location(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("location", "The sites of the dealership")->require_subcommand(1);
  auto how = std::make_shared<master_options>();
  auto &place = how->place;
  add_command(*family, of, run, "list", "All locations", [&of] { return list_locations(of); });
  auto *add = add_command(*family, of, run, "add", "Add a location",
                          [&of, how] { return add_one_location(of, how->place, how->hours); });
  add->add_option("id", place.id, "Id, as wien")->required();
  add->add_option("--name", place.name, "Name")->required();
  add->add_option("--street", place.street, "Street");
  add->add_option("--postal-code", place.postal_code, "Postal code");
  add->add_option("--city", place.city, "City; else the name");
  add->add_option("--time-zone", place.time_zone, "Time zone")->capture_default_str();
  add->add_option("--region", place.region, "ISO 3166-2, as AT-9; decides the holidays");
  add->add_option("--hours", how->hours, "Opening hours")->capture_default_str();
  const auto with_id = [&](const char *name, const char *what, const std::function<int()> &action) {
    auto *command = add_command(*family, of, run, name, what, action);
    command->add_option("id", place.id, "Id")->required();
    return command;
  };
  with_id("close", "Close a location; refused where a lead would be overlooked", [&of, how] {
    return set_open(of, how->place.id, false, how->taker);
  })->add_option("--hand-over", how->taker, "Login of who takes over the open leads");
  with_id("open", "Open a location again", [&of, how] { return set_open(of, how->place.id, true); });
}

}  // namespace dms::reference::command_line
