// The host's face over HTTP: sign-in, screens, actions, exports, intake, and what hostile requests get.
#include <gtest/gtest.h>

#include <filesystem>

#include "http_client.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/web/document.hpp"
#include "reference_host/web/packing.hpp"
#include "reference_host/web/server.hpp"
#include "reference_host/web/words.hpp"

namespace {

using namespace dms::reference;
using json = web::json;

/// A screen that shows what it was asked, with everything that a hostile person could put into a field.
class probe_screen : public dms::screen {
 public:
  std::string id() const override { return "probe.list"; }
  std::string right() const override { return ""; }
  std::string load(const dms::call &, std::string_view parameters) override {
    auto params = json::parse(parameters);
    auto from = params.value("cursor", std::string()).empty() ? 0 : std::stoi(params["cursor"].get<std::string>());
    auto limit = std::stoi(params.value("limit", std::string("2")));
    json rows = json::array();
    for (int at = from; at < std::min(from + limit, 1203); ++at) {
      auto name = at == 0   ? std::string("=cmd|' /C calc'!A0")
                  : at == 1 ? std::string("<script>alert(1)</script>")
                            : "Name; " + std::to_string(at);
      rows.push_back(
          {{"id", std::to_string(at)}, {"version", 3}, {"cells", {{"name", {{"text", name}, {"detail", "+43 664"}}}}}});
    }
    auto next = from + limit < 1203 ? json(std::to_string(from + limit)) : json();
    json field{{"name", "reason"}, {"kind", "text"}, {"label", "Reason"}};
    json action{{"action", "close"}, {"label", "Close"}, {"fields", json::array({field})}};
    json table{
        {"type", "table"},     {"id", "leads"},
        {"layout", "records"}, {"next", next},
        {"rows", rows},        {"columns", json::array({json{{"id", "name"}, {"label", "Name"}, {"role", "title"}}})}};
    return json{{"schema", "dms.screen/1"},
                {"id", id()},
                {"title", "<b>Probe</b> " + params.value("q", std::string())},
                {"record", "7"},
                {"version", 5},
                {"export", {"csv", "xlsx"}},
                {"actions", json::array({action})},
                {"blocks", json::array({table})}}
        .dump();
  }
  dms::answer act(const dms::call &, std::string_view action, std::string_view input) override {
    auto sent = json::parse(input);
    json result{{"schema", "dms.result/1"}, {"status", "ok"}, {"message", "Done: " + sent.dump()}};
    if (action == "count") {
      result["message"] =
          std::to_string(sent["leads"].size()) + " leads, " + std::to_string(sent["versions"].size()) + " versions";
    }
    if (action == "conflict") {
      result = {{"schema", "dms.result/1"},
                {"status", "conflict"},
                {"message", "Petra took it."},
                {"changes", json::array({json{{"text", "Assigned to Petra"}}})}};
      return {dms_conflict, result.dump()};
    }
    if (action == "close" && sent.value("reason", std::string()).starts_with("late")) {
      return {dms_conflict,
              json{{"schema", "dms.result/1"}, {"status", "conflict"}, {"message", "Petra took it."}}.dump()};
    }
    if (action == "gone" && sent.value("version", std::string()) != "99") {
      return {dms_conflict,
              json{{"schema", "dms.result/1"}, {"status", "conflict"}, {"message", "Petra closed it."}}.dump()};
    }
    if (action == "close" && sent.value("reason", std::string()).size() < 3) {
      result = {{"schema", "dms.result/1"},
                {"status", "invalid"},
                {"message", "Please check."},
                {"fields", {{"reason", "Too short."}}}};
      return {dms_invalid, result.dump()};
    }
    return {dms_ok, result.dump()};
  }
};

class web_server : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("web_server_test_" + random_hex(6));
    std::filesystem::create_directories(folder_);
    host_options how;
    how.data_directory = folder_;
    host_ = std::make_unique<dms::reference::host>(how);
    user admin;
    admin.id = "admin";
    admin.name = "Alexandra <Wimmer>";
    admin.roles = {"admin"};
    host_->data().users.add(admin, "secret-word");
    user seller;
    seller.id = "verkauf1";
    seller.name = "Lukas Steiner";
    seller.roles = {"sales"};
    host_->data().users.add(seller, "secret-word");
    host_->own().add(std::make_unique<probe_screen>());
    server_ = std::make_unique<web::server>(*host_, web::server_options{.address = "127.0.0.1", .port = 0});
    server_->start();
    http_ = std::make_unique<http_client::client>("127.0.0.1", server_->port());
  }
  void TearDown() override {
    http_.reset();
    server_.reset();
    host_.reset();
    std::filesystem::remove_all(folder_);
  }
  /// Signs in and keeps the cookie; returns the token for changing requests.
  std::string sign_in(const std::string &who) {
    auto answer = http_->Post("/login", {{"Accept", "application/json"}}, "user=" + who + "&password=secret-word",
                              "application/x-www-form-urlencoded");
    EXPECT_EQ(answer->status, 200) << answer->body;
    auto cookie = answer->get_header_value("Set-Cookie");
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("SameSite=Lax"), std::string::npos);
    cookie_ = cookie.substr(0, cookie.find(';'));
    return json::parse(answer->body)["csrf"];
  }
  http_client::headers as_person() const { return {{"Cookie", cookie_}, {"Accept", "text/html"}}; }
  http_client::headers as_program(const std::string &csrf = "") const {
    return {{"Cookie", cookie_}, {"Accept", "application/json"}, {"X-CSRF-Token", csrf}};
  }

  std::filesystem::path folder_;
  std::unique_ptr<dms::reference::host> host_;
  std::unique_ptr<web::server> server_;
  std::unique_ptr<http_client::client> http_;
  std::string cookie_;
};

constexpr const char *form = "application/x-www-form-urlencoded";

TEST_F(web_server, who_is_not_signed_in_is_sent_to_the_sign_in_page_or_told_so) {
  auto page = http_->Get("/screens/host.users?q=a", http_client::headers{{"Accept", "text/html"}});
  EXPECT_EQ(page->status, 303);
  EXPECT_EQ(page->get_header_value("Location"), "/login?next=%2Fscreens%2Fhost.users%3Fq%3Da");
  EXPECT_EQ(http_->Get("/screens/host.users", http_client::headers{{"Accept", "application/json"}})->status, 401);
  auto login = http_->Get("/login?lang=de-AT");
  EXPECT_EQ(login->status, 200);
  EXPECT_NE(login->body.find("Anmelden"), std::string::npos);
  EXPECT_NE(http_->Get("/login?lang=en")->body.find("Sign in"), std::string::npos);
}

TEST_F(web_server, a_wrong_password_says_one_sentence_and_next_leads_only_to_this_host) {
  auto wrong = http_->Post("/login", "user=admin&password=x&next=//evil.example/", form);
  EXPECT_EQ(wrong->status, 401);
  EXPECT_EQ(wrong->body.find("evil.example"), std::string::npos);
  auto right = http_->Post("/login", "user=admin&password=secret-word&next=//evil.example/", form);
  EXPECT_EQ(right->status, 303);
  EXPECT_EQ(right->get_header_value("Location"), "/");
}

TEST_F(web_server, pages_carry_the_security_headers_and_escape_everything) {
  sign_in("admin");
  auto page = http_->Get("/screens/probe.list?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E", as_person());
  ASSERT_EQ(page->status, 200);
  EXPECT_EQ(page->body.find("<script>alert"), std::string::npos);
  EXPECT_EQ(page->body.find("<img src=x"), std::string::npos);
  EXPECT_EQ(page->body.find("Alexandra <Wimmer>"), std::string::npos);
  EXPECT_NE(page->body.find("&lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_EQ(page->get_header_value("X-Frame-Options"), "DENY");
  EXPECT_EQ(page->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page->get_header_value("Cache-Control"), "no-store");
  EXPECT_EQ(page->get_header_value("Content-Security-Policy").find("unsafe-inline"), std::string::npos);
  EXPECT_FALSE(page->get_header_value("X-Correlation-Id").empty());
  for (const char *screen : {"host.contacts", "host.customers", "host.users", "host.locations", "host.plugins",
                             "host.audit", "host.notifications", "host.account"}) {
    EXPECT_EQ(http_->Get(std::string("/screens/") + screen, as_person())->status, 200) << screen;
  }
}

TEST_F(web_server, what_one_may_not_see_answers_like_what_is_not_there) {
  sign_in("verkauf1");
  auto hidden = http_->Get("/screens/host.users", as_program());
  auto nothing = http_->Get("/screens/no.such", as_program());
  EXPECT_EQ(hidden->status, 404);
  EXPECT_EQ(nothing->status, 404);
  EXPECT_EQ(json::parse(hidden->body)["error"], json::parse(nothing->body)["error"]);
  EXPECT_EQ(http_->Get("/nowhere", as_person())->status, 404);
  auto menu = json::parse(http_->Get("/menu", as_program())->body);
  EXPECT_EQ(menu["schema"], "dms.menu/1");
  EXPECT_EQ(menu.dump().find("host.users"), std::string::npos);
}

TEST_F(web_server, an_action_needs_the_token_of_the_session) {
  auto csrf = sign_in("admin");
  EXPECT_EQ(http_
                ->Post("/screens/probe.list/actions/close", as_program("forged"), R"({"reason":"enough"})",
                       "application/json")
                ->status,
            403);
  EXPECT_EQ(http_->Post("/screens/probe.list/actions/close", as_person(), "csrf=forged&reason=enough", form)->status,
            403);
  auto headers = as_person();
  headers.emplace("Origin", "https://evil.example");
  EXPECT_EQ(http_->Post("/screens/probe.list/actions/close", headers, "csrf=" + csrf + "&reason=enough", form)->status,
            403);
  auto done =
      http_->Post("/screens/probe.list/actions/close", as_program(csrf), R"({"reason":"enough"})", "application/json");
  EXPECT_EQ(done->status, 200);
  EXPECT_EQ(json::parse(done->body)["status"], "ok");
}

TEST_F(web_server, a_form_comes_back_with_a_notice_once) {
  auto csrf = sign_in("admin");
  auto sent = http_->Post("/screens/probe.list/actions/close", as_person(),
                          "csrf=" + csrf +
                              "&_return=%2Fscreens%2Fprobe.list%3Fq%3Dx&reason=enough&leads=1&versions=0%3A3&versions="
                              "1%3A3&other%3Areason=no",
                          form);
  ASSERT_EQ(sent->status, 303);
  EXPECT_EQ(sent->get_header_value("Location"), "/screens/probe.list?q=x");
  auto page = http_->Get("/screens/probe.list?q=x", as_person())->body;
  EXPECT_NE(page.find("Done: "
                      "{&quot;leads&quot;:[&quot;1&quot;],&quot;reason&quot;:&quot;enough&quot;,&quot;versions&quot;:[&"
                      "quot;1:3&quot;]}"),
            std::string::npos)
      << page;
  EXPECT_EQ(http_->Get("/screens/probe.list", as_person())->body.find("Done: {"), std::string::npos);
}

TEST_F(web_server, what_was_entered_is_kept_when_it_did_not_go_through) {
  auto csrf = sign_in("admin");
  auto invalid = http_->Post("/screens/probe.list/actions/close", as_person(),
                             "csrf=" + csrf + "&reason=x%22&_return=%2Fscreens%2Fprobe.list", form);
  EXPECT_EQ(invalid->status, 422);
  EXPECT_NE(invalid->body.find("Too short."), std::string::npos);
  EXPECT_NE(invalid->body.find("value=\"x&quot;\""), std::string::npos);
  EXPECT_NE(invalid->body.find("class=\"dialog again\""), std::string::npos);
  auto conflict = http_->Post("/screens/probe.list/actions/conflict", as_person(), "csrf=" + csrf, form);
  EXPECT_EQ(conflict->status, 409);
  EXPECT_NE(conflict->body.find("Assigned to Petra"), std::string::npos);
}

constexpr const char *shown_fields =
    "&_fields=%5B%7B%22name%22%3A%22reason%22%2C%22label%22%3A%22Grund%22%2C%22kind%22%3A%22text%22%7D%2C%7B%22name%22%"
    "3A%22place%22%2C%22label%22%3A%22Ort%22%2C%22kind%22%3A%22text%22%2C%22value%22%3A%22Graz%22%7D%5D";

TEST_F(web_server, after_a_conflict_what_was_typed_stands_there_to_be_saved_all_the_same) {
  // given
  const auto token = sign_in("verkauf1");
  const auto post = [&](const std::string &action, const std::string &more) {
    return http_->Post("/screens/probe.list/actions/" + action, as_person(),
                       "csrf=" + token + "&id=7&version=4&_return=/screens/probe.list" + more, form);
  };
  // when
  const auto page = post("close", std::string("&reason=late+but+long&place=Graz") + shown_fields);
  // then: the dialog asks again, on the record as it is now
  EXPECT_EQ(page->status, 409);
  EXPECT_NE(page->body.find("value=\"late but long\""), std::string::npos);
  EXPECT_NE(page->body.find("Trotzdem speichern"), std::string::npos);
  EXPECT_NE(page->body.find("name=\"version\" value=\"5\""), std::string::npos);
  EXPECT_NE(page->body.find("Petra took it."), std::string::npos);
  // and: where nothing asks for it any more, the words themselves are shown; what was not touched is not his
  const auto gone = post("gone", std::string("&reason=Wollte+%3Cmorgen%3E+kommen&place=Graz") + shown_fields);
  EXPECT_EQ(gone->status, 409);
  EXPECT_NE(gone->body.find("Wollte &lt;morgen&gt; kommen"), std::string::npos);
  EXPECT_EQ(gone->body.find("Graz"), std::string::npos);
}

TEST_F(web_server, a_form_of_an_ended_session_waits_for_its_person_and_is_never_sent_by_itself) {
  // given: a page that was open over night
  const auto token = sign_in("verkauf1");
  const auto body = "csrf=" + token + "&id=7&version=5&_return=/screens/probe.list%3Fq%3DAnna&reason=Ruft+zur%C3%BCck";
  const auto later = host_->clock().now_us() + sessions::idle_us + 1;
  host_->clock().set(later);
  // when
  const auto away = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  // then: to the sign-in page, which says why
  EXPECT_EQ(away->status, 303);
  EXPECT_EQ(away->get_header_value("Location"), "/login?next=%2Fscreens%2Fprobe.list%3Fq%3DAnna");
  const auto kept = away->get_header_value("Set-Cookie");
  ASSERT_NE(kept.find("dms_kept="), std::string::npos);
  const auto waits = kept.substr(0, kept.find(';'));
  EXPECT_NE(http_->Get("/login", http_client::headers{{"Cookie", waits + "; dms_locale=de-AT"}})
                ->body.find("Ihre Sitzung ist abgelaufen"),
            std::string::npos);
  // and: somebody else neither sees it nor lands there
  const auto other =
      http_->Post("/login", {{"Cookie", waits}}, "user=admin&password=secret-word&next=/screens/probe.list", form);
  EXPECT_EQ(other->get_header_value("Location"), "/");
  const auto strange = other->get_header_value("Set-Cookie");
  EXPECT_EQ(http_
                ->Get("/screens/probe.list",
                      http_client::headers{{"Cookie", strange.substr(0, strange.find(';')) + "; " + waits}})
                ->body.find("Ruft zur"),
            std::string::npos);
  // and: he himself finds it as he left it, not sent
  sign_in("verkauf1");
  cookie_ += "; " + waits;
  const auto again = http_->Get("/screens/probe.list?q=Anna", as_person());
  EXPECT_NE(again->body.find("Ruft zurück"), std::string::npos);
  EXPECT_NE(again->body.find("Ihre Eingabe ist noch nicht gespeichert"), std::string::npos);
  EXPECT_EQ(again->body.find("Done:"), std::string::npos);
  EXPECT_EQ(http_->Get("/screens/probe.list?q=Anna", as_person())->body.find("Ruft zurück"), std::string::npos)
      << "once";
}

TEST_F(web_server, a_page_of_an_earlier_session_of_the_same_person_loses_nothing_either) {
  const auto earlier = sign_in("verkauf1");
  sign_in("verkauf1");
  const auto body = "csrf=" + earlier + "&id=7&version=5&_return=/screens/probe.list&reason=Ruft+morgen+an";
  const auto page = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  EXPECT_EQ(page->status, 403);
  EXPECT_NE(page->body.find("Ruft morgen an"), std::string::npos);
  EXPECT_EQ(page->body.find("Done:"), std::string::npos);
  // but not one of somebody else's
  sign_in("admin");
  const auto strange = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  EXPECT_EQ(strange->status, 403);
  EXPECT_EQ(strange->body.find("Ruft morgen an"), std::string::npos);
}

TEST_F(web_server, a_form_without_the_token_of_a_page_is_not_kept) {
  sign_in("verkauf1");
  host_->clock().set(host_->clock().now_us() + sessions::idle_us + 1);
  const auto away = http_->Post("/screens/probe.list/actions/close", as_person(),
                                "csrf=" + std::string(64, '0') + "&reason=Untergeschoben", form);
  EXPECT_EQ(away->status, 303);
  EXPECT_EQ(away->get_header_value("Set-Cookie").find("dms_kept"), std::string::npos);
}

TEST_F(web_server, an_export_follows_the_cursors_and_holds_no_formulas) {
  sign_in("admin");
  auto csv = http_->Get("/screens/probe.list/export.csv", as_person());
  ASSERT_EQ(csv->status, 200);
  EXPECT_TRUE(csv->body.starts_with("\xEF\xBB\xBF"));
  EXPECT_EQ(std::count(csv->body.begin(), csv->body.end(), '\n'), 1204);
  EXPECT_NE(csv->body.find("'=cmd|"), std::string::npos);
  EXPECT_NE(csv->body.find("'+43 664"), std::string::npos);
  EXPECT_NE(csv->body.find("\"Name; 1202\""), std::string::npos);
  auto xlsx = http_->Get("/screens/probe.list/export.xlsx", as_person());
  EXPECT_EQ(xlsx->status, 200);
  EXPECT_TRUE(xlsx->body.starts_with("PK"));
  EXPECT_EQ(http_->Get("/screens/host.plugins/export.csv", as_person())->status, 404);
}

TEST_F(web_server, too_large_bodies_are_refused) {
  auto csrf = sign_in("admin");
  EXPECT_EQ(http_->Post("/screens/probe.list/actions/close", as_program(csrf), std::string((1U << 20) + 1, 'x'), form)
                ->status,
            413);
  auto token = host_->data().intake_tokens.add("*", "test", host_->clock().now_us());
  http_client::headers bearer{{"Authorization", "Bearer " + token}};
  EXPECT_EQ(http_->Post("/intake/siebel_nissan", "x", "application/xml")->status, 401);
  EXPECT_EQ(http_->Post("/intake/siebel_nissan", {{"Authorization", "Bearer wrong"}}, "x", "application/xml")->status,
            401);
  EXPECT_EQ(http_->Post("/intake/siebel_nissan", bearer, "x", "application/xml")->status, 404);
}

std::string deep(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST_F(web_server, a_document_that_is_nested_without_end_is_no_document) {
  const auto login =
      http_->Post("/login", {{"Accept", "application/json"}}, "{\"user\":" + deep(200'000) + "}", "application/json");
  ASSERT_TRUE(login);
  EXPECT_EQ(login->status, 401);
  const auto csrf = sign_in("verkauf1");
  const auto action = http_->Post("/screens/probe.list/actions/close", as_program(csrf),
                                  "{\"reason\":" + deep(100'000) + "}", "application/json");
  ASSERT_TRUE(action);
  EXPECT_EQ(action->status, 422);
  const auto button = http_->Post("/screens/probe.list/actions/close", as_person(),
                                  "csrf=" + csrf + "&_button={\"input\":{\"a\":" + deep(100'000) + "}}", form);
  ASSERT_TRUE(button);
  EXPECT_EQ(button->status, 422);
}

TEST_F(web_server, ticking_more_rows_than_a_page_has_names_no_version) {
  const auto csrf = sign_in("admin");
  std::string body = "csrf=" + csrf + "&reason=enough";
  for (int at = 0; at < 30'000; ++at) {
    const auto id = std::to_string(at);
    body += "&leads=" + id + "&versions=" + id + "%3A1";
  }
  const auto done = http_->Post("/screens/probe.list/actions/count", as_program(csrf), body, form);
  ASSERT_TRUE(done);
  ASSERT_EQ(done->status, 200);
  EXPECT_EQ(json::parse(done->body)["message"], "30000 leads, 0 versions");
}

TEST_F(web_server, answers_are_packed_for_who_takes_them_so_but_not_where_another_site_asks) {
  sign_in("admin");
  auto headers = as_person();
  headers.emplace("Accept-Encoding", "gzip, br");
  const auto packed = http_->Get("/screens/host.users", headers);
  EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
  EXPECT_EQ(web::unpack(packed->body, std::size_t{1} << 20).bytes.substr(0, 9), "<!doctype");
  EXPECT_EQ(http_->Get("/assets/app.css", {{"Accept-Encoding", "gzip"}})->get_header_value("Content-Encoding"), "gzip");
  headers.emplace("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(http_->Get("/screens/host.users", headers)->get_header_value("Content-Encoding"), "");
  EXPECT_EQ(http_->Get("/screens/host.users", as_person())->get_header_value("Content-Encoding"), "");
}

TEST_F(web_server, methods_that_are_not_known_hear_which_are_and_a_head_has_no_body) {
  const auto head = http_->Head("/login");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_TRUE(head->body.empty());
  EXPECT_GT(std::stoi(head->get_header_value("Content-Length")), 500);
  const auto deleted = http_->ask("DELETE", "/login", {}, nullptr);
  EXPECT_EQ(deleted->status, 405);
  EXPECT_EQ(deleted->get_header_value("Allow"), "GET, HEAD, POST");
}

TEST_F(web_server, only_a_proxy_that_was_named_speaks_for_a_visitor) {
  const http_client::headers forwarded{{"Accept", "application/json"},
                                       {"X-Forwarded-For", "203.0.113.7"},
                                       {"X-Forwarded-Proto", "https"},
                                       {"X-Forwarded-Host", "dms.example.at"},
                                       {"Origin", "https://dms.example.at"}};
  const std::string right = "user=admin&password=secret-word";
  EXPECT_EQ(http_->Post("/login", forwarded, right, form)->status, 403);
  // A host has one face in its life.
  server_.reset();
  host_.reset();
  host_options how;
  how.data_directory = folder_;
  host_ = std::make_unique<dms::reference::host>(how);
  server_ = std::make_unique<web::server>(
      *host_,
      web::server_options{
          .address = "127.0.0.1", .port = 0, .trusted_proxies = {"127.0.0.1"}, .host_names = {"dms.example.at"}});
  server_->start();
  http_ = std::make_unique<http_client::client>("127.0.0.1", server_->port());
  const auto signed_in = http_->Post("/login", forwarded, right, form);
  ASSERT_EQ(signed_in->status, 200);
  EXPECT_NE(signed_in->get_header_value("Set-Cookie").find("; Secure"), std::string::npos);
  bool told = false;
  for (const auto &entry : host_->data().audit.list({})) told = told || entry.channel == "web 203.0.113.7";
  EXPECT_TRUE(told);
}

TEST_F(web_server, the_language_changes_and_stays) {
  auto csrf = sign_in("admin");
  EXPECT_NE(http_->Get("/screens/host.users", as_person())->body.find("Benutzer"), std::string::npos);
  auto changed =
      http_->Post("/locale", as_person(), "csrf=" + csrf + "&locale=en&_return=%2Fscreens%2Fhost.users", form);
  EXPECT_EQ(changed->status, 303);
  EXPECT_NE(http_->Get("/screens/host.users", as_person())->body.find("<h1>Users</h1>"), std::string::npos);
}

TEST_F(web_server, an_admin_adds_and_deactivates_a_user) {
  auto csrf = sign_in("admin");
  auto bad = http_->Post("/screens/host.users/actions/add", as_program(csrf),
                         R"({"user":"x","name":"","password":"a"})", "application/json");
  EXPECT_EQ(bad->status, 422);
  EXPECT_TRUE(json::parse(bad->body)["fields"].contains("name"));
  auto added = http_->Post("/screens/host.users/actions/add", as_program(csrf),
                           R"({"user":"neu1","name":"Neue Person","password":"secret-word","roles":["sales"]})",
                           "application/json");
  EXPECT_EQ(added->status, 200) << added->body;
  EXPECT_EQ(
      http_->Post("/screens/host.users/actions/deactivate", as_program(csrf), R"({"user":"neu1"})", "application/json")
          ->status,
      200);
  EXPECT_EQ(
      http_->Post("/screens/host.users/actions/deactivate", as_program(csrf), R"({"user":"admin"})", "application/json")
          ->status,
      422);
  sign_in("verkauf1");
  EXPECT_EQ(http_->Post("/screens/host.users/actions/add", as_program("x"), "{}", "application/json")->status, 403);
}

TEST_F(web_server, signing_out_ends_the_session) {
  auto csrf = sign_in("admin");
  EXPECT_EQ(http_->Get("/", as_person())->status, 303);
  EXPECT_EQ(http_->Post("/logout", as_person(), "csrf=" + csrf, form)->status, 303);
  EXPECT_EQ(http_->Get("/menu", as_program())->status, 401);
  EXPECT_EQ(json::parse(http_->Get("/health")->body)["status"], "ok");
  EXPECT_EQ(http_->Get("/assets/app.css")->status, 200);
  EXPECT_EQ(http_->Get("/assets/page.mustache")->status, 404);
}

/// A record that its reader may give away.
class given_away : public dms::screen {
 public:
  std::string id() const override { return "probe.record"; }
  std::string right() const override { return ""; }
  std::string load(const dms::call &, std::string_view) override {
    ++loads;
    if (gone) throw dms::failure(dms_not_found, "This lead does not exist.");
    return R"({"schema":"dms.screen/1","id":"probe.record","title":"Eins","refresh":{"token":"3","text":"News"},"blocks":[]})";
  }
  dms::answer act(const dms::call &, std::string_view, std::string_view) override {
    gone = true;
    return {dms_ok, R"({"schema":"dms.result/1","status":"ok","message":"Assigned to somebody else."})"};
  }
  static inline int loads = 0;
  static inline bool gone = false;
};

TEST_F(web_server, one_click_loads_one_page_and_what_happened_is_told_where_one_goes_on) {
  host_->own().add(std::make_unique<given_away>());
  given_away::loads = 0;
  given_away::gone = false;
  const auto csrf = sign_in("admin");
  // what stands open asks for news only: that is no read
  auto news = as_program();
  news.emplace("X-Refresh", "1");
  EXPECT_EQ(json::parse(http_->Get("/screens/probe.record?id=7&since=2", news)->body),
            json::parse(R"({"refresh":{"token":"3","text":"News"}})"));
  // when: the record is given away
  const auto done =
      http_->Post("/screens/probe.record/actions/assign", as_person(),
                  "csrf=" + csrf + "&_return=/screens/probe.record?id%3D7", "application/x-www-form-urlencoded");
  ASSERT_EQ(done->status, 303);
  EXPECT_EQ(given_away::loads, 1) << "the action itself loads nothing";
  // then: by way of the pages that are gone, to one that tells of it
  auto at = done->get_header_value("Location");
  std::string page;
  for (int hop = 0; hop < 5; ++hop) {
    const auto next = http_->Get(at, as_person());
    if (next->status != 303) {
      page = next->body;
      break;
    }
    at = next->get_header_value("Location");
  }
  EXPECT_NE(page.find("Assigned to somebody else."), std::string::npos);
  // and: nothing of it is in the audit log as a read
  audit::query reads;
  reads.action = "screen.read";
  reads.limit = 10;
  EXPECT_TRUE(host_->data().audit.list(reads).empty());
}

}  // namespace
