// One's own account: a new password, signing out elsewhere, and what an admin may do about it; known browsers.
#include <gmock/gmock.h>

#include "http_client.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/server.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;
using json = web::json;
using testing::HasSubstr;

constexpr const char *form = "application/x-www-form-urlencoded";

/// A person at a browser of his own.
struct browser {
  explicit browser(int port) : http("127.0.0.1", port) {}
  int sign_in(const std::string &user, const std::string &password) {
    http_client::headers with{{"Accept", "application/json"}};
    if (!known.empty()) with.emplace("Cookie", known);
    const auto answer = http.Post("/login", with, "user=" + user + "&password=" + password, form);
    if (answer->status != 200) return answer->status;
    csrf = json::parse(answer->body)["csrf"];
    for (const auto &[name, value] : answer->fields) {
      if (name != "Set-Cookie") continue;
      (value.starts_with("dms_known") ? known : session) = value.substr(0, value.find(';'));
    }
    return 200;
  }
  http_client::headers with() const {
    return {{"Cookie", session}, {"Accept", "application/json"}, {"X-CSRF-Token", csrf}};
  }
  int look() { return http.Get("/screens/host.account", with())->status; }
  std::pair<int, json> act(const std::string &screen, const std::string &action, const json &input) {
    const auto answer =
        http.Post("/screens/" + screen + "/actions/" + action, with(), input.dump(), "application/json");
    return {answer->status, json::parse(answer->body)};
  }
  http_client::client http;
  std::string session, known, csrf;
};

class web_account : public with_host {
 protected:
  web_account() {
    add_user("chef", "admin");
    add_user("eva", "sales");
    server_ = std::make_unique<web::server>(*host_, web::server_options{.address = "127.0.0.1", .port = 0});
    server_->start();
  }
  ~web_account() override { server_.reset(); }
  browser at_desk() const { return browser(server_->port()); }
  std::vector<std::string> audited() const {
    std::vector<std::string> actions;
    for (const auto &line : host_->data().audit.list({})) actions.push_back(line.action + ' ' + line.user);
    return actions;
  }
  std::unique_ptr<web::server> server_;
};

json change(const std::string &now, const std::string &fresh, const std::string &again) {
  return {{"password_now", now}, {"password", fresh}, {"password_again", again}};
}

TEST_F(web_account, a_new_password_needs_the_old_one_and_ends_the_sessions_elsewhere) {
  // given somebody at the desk, who forgot to sign out at another one
  auto desk = at_desk(), other = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  ASSERT_EQ(other.sign_in("eva", "secret%20eva"), 200);
  // when something is wrong with it, then it says what, at its field, and nothing is changed
  const std::vector<std::pair<json, const char *>> wrong{
      {change("guess", "a longer one", "a longer one"), "password_now"},
      {change("secret eva", "short", "short"), "password"},
      {change("secret eva", "a longer one", "another"), "password_again"},
      {change("secret eva", "secret eva", "secret eva"), "password"}};
  for (const auto &[input, field] : wrong) {
    const auto [status, said] = desk.act("host.account", "password", input);
    EXPECT_EQ(status, 422) << field;
    EXPECT_TRUE(said["fields"].contains(field)) << said.dump();
  }
  EXPECT_EQ(other.look(), 200);
  // when it is right
  EXPECT_EQ(desk.act("host.account", "password", change("secret eva", "a longer one", "a longer one")).first, 200);
  // then one stays where one is, and the other place asks for the new one
  EXPECT_EQ(desk.look(), 200);
  EXPECT_EQ(other.look(), 401);
  EXPECT_EQ(other.sign_in("eva", "secret%20eva"), 401);
  EXPECT_EQ(other.sign_in("eva", "a%20longer%20one"), 200);
  EXPECT_THAT(audited(), testing::Contains("user.password eva"));
}

TEST_F(web_account, whoever_sits_at_an_open_session_cannot_try_passwords_without_end) {
  auto desk = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) {
    desk.act("host.account", "password", change("guess", "a longer one", "a longer one"));
  }
  const auto [status, said] =
      desk.act("host.account", "password", change("secret eva", "a longer one", "a longer one"));
  EXPECT_EQ(status, 422);
  EXPECT_THAT(said["fields"]["password_now"].get<std::string>(), HasSubstr("Zu viele falsche Passwörter"));
  // and that keeps nobody from signing in
  EXPECT_EQ(at_desk().sign_in("eva", "secret%20eva"), 200);
}

TEST_F(web_account, a_calendar_program_reads_ones_open_contacts_under_an_address_that_one_ends) {
  // given
  contact call;
  call.user = "eva";
  call.name = "Anna Huber";
  call.kind = "phone";
  call.due_us = host_->clock().now_us();
  host_->data().contacts.create(call, "one");
  auto desk = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  const auto address = [&]() -> std::string {
    const auto page = json::parse(desk.http.Get("/screens/host.account", desk.with())->body);
    for (const auto &block : page["blocks"]) {
      if (block.value("id", "") != "calendar_address") continue;
      const auto text = block["items"][0]["value"]["text"].get<std::string>();
      return text.substr(text.find("/calendar/"));
    }
    return {};
  };
  EXPECT_EQ(address(), "") << "nobody has one who did not ask for it";
  // when
  EXPECT_EQ(desk.act("host.account", "calendar", json::object()).first, 200);
  // then: a program without a session reads it
  const auto first = address();
  http_client::client program("127.0.0.1", server_->port());
  const auto file = program.Get(first);
  EXPECT_EQ(file->status, 200);
  EXPECT_THAT(file->body, HasSubstr("Anna Huber"));
  EXPECT_THAT(audited(), testing::Contains("user.calendar eva"));
  // and: with another address the first opens nothing, nor does anything that is none
  EXPECT_EQ(desk.act("host.account", "calendar", json::object()).first, 200);
  EXPECT_NE(address(), first);
  EXPECT_EQ(program.Get(first)->status, 404);
  EXPECT_EQ(program.Get("/calendar/x.ics")->status, 404);
  EXPECT_EQ(program.Get(address())->status, 200);
  // and: who is not here any more shows nothing
  const auto kept = address();
  host_->data().users.set_active("eva", false);
  EXPECT_EQ(program.Get(kept)->status, 404);
  host_->data().users.set_active("eva", true);
  // and: ended is ended
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  EXPECT_EQ(desk.act("host.account", "end_calendar", json::object()).first, 200);
  EXPECT_EQ(program.Get(kept)->status, 404);
}

TEST_F(web_account, one_signs_out_everywhere_else_and_an_admin_anybody_everywhere) {
  auto desk = at_desk(), other = at_desk(), chef = at_desk();
  for (auto *each : {&desk, &other}) ASSERT_EQ(each->sign_in("eva", "secret%20eva"), 200);
  ASSERT_EQ(chef.sign_in("chef", "secret%20chef"), 200);
  EXPECT_EQ(desk.act("host.account", "sign_out", json::object()).first, 200);
  EXPECT_EQ(desk.look(), 200);
  EXPECT_EQ(other.look(), 401);
  // one who is no admin signs nobody out
  EXPECT_EQ(desk.act("host.users", "sign_out", {{"user", "chef"}}).first, 404);
  EXPECT_EQ(chef.act("host.users", "sign_out", {{"user", "eva"}}).first, 200);
  EXPECT_EQ(desk.look(), 401);
  EXPECT_EQ(chef.act("host.users", "sign_out", {{"user", "nobody"}}).first, 404);
  // an admin who means himself stays where he is
  EXPECT_EQ(chef.act("host.users", "sign_out", {{"user", "chef"}}).first, 200);
  EXPECT_EQ(chef.look(), 200);
}

TEST_F(web_account, who_is_locked_out_by_a_strangers_tries_gets_in_where_he_is_known) {
  auto desk = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  ASSERT_FALSE(desk.known.empty());
  // when somebody behind the same address tries her login
  auto stranger = at_desk();
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) EXPECT_EQ(stranger.sign_in("eva", "guess"), 401);
  EXPECT_EQ(stranger.sign_in("eva", "secret%20eva"), 429);
  // then she gets in as before
  EXPECT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  // and what her browser holds helps nobody to another login, nor with a letter changed
  auto thief = at_desk();
  thief.known = desk.known;
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) EXPECT_EQ(stranger.sign_in("chef", "guess"), 401);
  EXPECT_EQ(thief.sign_in("chef", "secret%20chef"), 429);
  thief.known.back() = thief.known.back() == '0' ? '1' : '0';
  EXPECT_EQ(thief.sign_in("eva", "secret%20eva"), 429);
  // and in a known browser, too, tries are counted
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) EXPECT_EQ(desk.sign_in("eva", "guess"), 401);
  EXPECT_EQ(desk.sign_in("eva", "secret%20eva"), 429);
}

TEST_F(web_account, a_new_password_makes_all_browsers_unknown) {
  auto desk = at_desk(), stranger = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  host_->data().users.set_password("eva", "a longer one");
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) EXPECT_EQ(stranger.sign_in("eva", "guess"), 401);
  EXPECT_EQ(desk.sign_in("eva", "a%20longer%20one"), 429);
}

TEST_F(web_account, a_browser_is_known_for_half_a_year) {
  constexpr std::int64_t then = 1'795'608'000'000'000;
  database data((folder_ / "host.db").string());
  known_browsers browsers(data, host_->data().users);
  const auto cookie = browsers.remember("eva", then);
  EXPECT_FALSE(browsers.recognised("eva", cookie, then + known_browsers::longest_us).empty());
  EXPECT_TRUE(browsers.recognised("eva", cookie, then + known_browsers::longest_us + 1).empty());
  EXPECT_TRUE(browsers.recognised("eva", cookie, then - 1).empty());
  for (const auto *value : {"", ".", "..", "a.b.c", "00000000000000000000000000000000.1.", "é.1.2"}) {
    EXPECT_TRUE(browsers.recognised("eva", value, then).empty()) << value;
  }
}

TEST_F(web_account, a_password_does_not_wait_in_a_form_that_is_kept) {
  // given a session that ends while somebody fills the form of a new password
  auto desk = at_desk();
  ASSERT_EQ(desk.sign_in("eva", "secret%20eva"), 200);
  const auto csrf = desk.csrf;
  host_->data().sessions.close(desk.session.substr(desk.session.find('=') + 1), host_->clock().now_us());
  const auto answer = desk.http.Post(
      "/screens/host.account/actions/password", {{"Cookie", desk.session}, {"Accept", "text/html"}},
      "csrf=" + csrf + "&password_now=secret%20eva&password=a%20longer%20one&password_again=a%20longer%20one", form);
  EXPECT_EQ(answer->status, 303);
  // then the kept form holds none of them
  std::string kept;
  host_->database().read([&](soci::session &sql) {
    soci::rowset<soci::row> rows = (sql.prepare << "select * from kept_forms");
    for (const auto &row : rows) {
      for (std::size_t at = 0; at < row.size(); ++at) {
        if (row.get_properties(at).get_data_type() == soci::dt_string) kept += row.get<std::string>(at, "") + ' ';
      }
    }
  });
  EXPECT_THAT(kept, HasSubstr("host.account"));
  EXPECT_EQ(kept.find("longer"), std::string::npos) << kept;
  EXPECT_EQ(kept.find("secret"), std::string::npos) << kept;
}

}  // namespace
