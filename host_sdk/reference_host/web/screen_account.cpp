// One's own account: the password, where one is signed in, and the calendar that other programs read.
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

json password_field(const asked &by, const char *name, const char *label) {
  auto field = make_field(name, "password", by.say(label));
  field["required"] = true;
  return field;
}

class screen_of_account : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto document = make_screen("host.account", by.say("My account"));
    document["blocks"].push_back(password_form(by));
    document["blocks"].push_back(elsewhere(by));
    for (auto &block : calendar(by)) document["blocks"].push_back(std::move(block));
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action == "password") return change_password(by);
    if (action == "calendar" || action == "end_calendar") return set_calendar(by, action == "calendar");
    if (action != "sign_out") return own_screen::act_on(by, action);
    leave_others(by);
    by.dms.record({0, by.who.now_us(), by.who.user(), by.who.channel(), "user.sign_out", "user " + by.who.user(), {}});
    return by.say("You are signed out everywhere else.");
  }

 private:
  static std::string session_of(const asked &by) { return owned_call::behind(by.who).session(); }

  static json password_form(const asked &by) {
    auto fresh = password_field(by, "password", "New password");
    fresh["hint"] = by.say("At least 8 characters.");
    json action{{"action", "password"},
                {"label", by.say("Change password")},
                {"style", "primary"},
                {"fields",
                 {password_field(by, "password_now", "Current password"), fresh,
                  password_field(by, "password_again", "New password, once more")}}};
    return {{"type", "form"},
            {"id", "password"},
            {"title", by.say("Change password")},
            {"note", by.say("You stay signed in here; everywhere else you sign in with the new password.")},
            {"action", action}};
  }

  static json elsewhere(const asked &by) {
    const auto others = by.dms.data().sessions.count_others_of(by.who.user(), session_of(by), by.who.now_us());
    json block{{"type", "form"}, {"id", "elsewhere"}, {"title", by.say("Signed in elsewhere")}};
    if (others == 0) {
      return {{"type", "text"},
              {"id", "elsewhere"},
              {"title", by.say("Signed in elsewhere")},
              {"format", "plain"},
              {"text", by.say("You are signed in nowhere else.")}};
    }
    block["note"] = others == 1 ? by.say("You are signed in in one other browser as well.")
                                : by.say("You are signed in in {1} other browsers as well.", std::to_string(others));
    block["action"] = {{"action", "sign_out"},
                       {"label", by.say("Sign out everywhere else")},
                       {"style", "second"},
                       {"fields", json::array()}};
    return block;
  }

  static json bare_action(const char *name, std::string label) {
    return {{"action", name}, {"label", std::move(label)}, {"style", "second"}, {"fields", json::array()}};
  }

  static std::vector<json> calendar(const asked &by) {
    const auto key = by.dms.data().calendar_keys.of(std::string(by.who.user()));
    json make{
        {"type", "form"},
        {"id", "calendar"},
        {"title", by.say("Contacts in your own calendar")},
        {"note", by.say("Phones and calendar programs subscribe to an address and show your open contacts. Whoever "
                        "has the address reads them: keep it to yourself, and end it where it got lost.")},
        {"action", bare_action("calendar", key ? by.say("New address") : by.say("Make an address"))}};
    if (!key) return {make};
    const auto address = owned_call::behind(by.who).origin() + "/calendar/" + *key + ".ics";
    const json value{{"text", address}, {"link", {{"label", address}, {"href", address}}}};
    json shown{{"type", "facts"},
               {"id", "calendar_address"},
               {"title", by.say("Address of your calendar")},
               {"items", json::array({{{"id", "address"}, {"label", by.say("Address")}, {"value", value}}})}};
    json end{{"type", "form"},
             {"id", "end_calendar"},
             {"title", by.say("End the address")},
             {"note", by.say("Programs that read it get nothing any more.")},
             {"action", bare_action("end_calendar", by.say("End the address"))}};
    return {make, shown, end};
  }

  static std::string set_calendar(const asked &by, bool wanted) {
    const std::string user(by.who.user());
    auto &keys = by.dms.data().calendar_keys;
    if (wanted) {
      keys.renew(user);
    } else {
      keys.end(user);
    }
    const auto *action = wanted ? "user.calendar" : "user.calendar_ended";
    by.dms.record({0, by.who.now_us(), user, std::string(by.who.channel()), action, "user " + user, {}});
    return wanted ? by.say("The address of your calendar is made. An earlier one opens nothing any more.")
                  : by.say("The address of your calendar opens nothing any more.");
  }

  static int leave_others(const asked &by) {
    return by.dms.data().sessions.close_others_of(by.who.user(), session_of(by), by.who.now_us());
  }

  static void check_current(const asked &by) {
    const auto now =
        by.dms.data().sign_in.confirm(by.who.user(), by.of("password_now"), by.who.channel(), by.who.now_us());
    switch (now.outcome) {
      case sign_in_outcome::signed_in:
        return;
      case sign_in_outcome::locked:
        throw field_failure("password_now", by.say("Too many wrong passwords. Please try again in {1} minutes.",
                                                   std::to_string((now.retry_after_s + 59) / 60)));
      case sign_in_outcome::busy:
        throw failure(dms_unavailable, "Too many people sign in at this moment. Please try again in a few seconds.");
      case sign_in_outcome::wrong:
        throw field_failure("password_now", by.say("This is not your current password."));
    }
  }

  static std::string change_password(const asked &by) {
    const auto fresh = by.of("password");
    try {
      check_password(fresh);
    } catch (const failure &reason) {
      throw field_failure("password", by.say(reason.what()));
    }
    if (fresh != by.of("password_again")) {
      throw field_failure("password_again", by.say("The two new passwords differ. Please enter the same one twice."));
    }
    if (fresh == by.of("password_now")) {
      throw field_failure("password", by.say("This is your current password. Please choose another one."));
    }
    check_current(by);
    by.dms.data().users.set_password(by.who.user(), fresh);
    leave_others(by);
    by.dms.record({0, by.who.now_us(), by.who.user(), by.who.channel(), "user.password", "user " + by.who.user(), {}});
    return by.say("Your password is changed. Everywhere else you are signed out.");
  }
};

}  // namespace

std::unique_ptr<dms::screen> account_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_account>(of, std::move(say), "host.account", "");
}

}  // namespace dms::reference::web
