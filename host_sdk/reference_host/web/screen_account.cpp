// One's own account: the password, and where one is signed in.
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
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action == "password") return change_password(by);
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
