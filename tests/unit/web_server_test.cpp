// The host's face over HTTP: sign-in, screens, actions, exports, intake, and what hostile requests get.
#include "reference_host/web/packing.hpp"
#include "reference_host/web/rendered.hpp"
#include "unit/web_server_fixture.hpp"

namespace {

using namespace web_server_fixture;

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

/// Says which request it was.
class asked_once : public dms::screen {
 public:
  std::string id() const override { return "probe.once"; }
  std::string right() const override { return ""; }
  std::string load(const dms::call &, std::string_view) override { return "{}"; }
  dms::answer act(const dms::call &who, std::string_view, std::string_view) override {
    return {dms_ok, json{{"schema", "dms.result/1"}, {"status", "ok"}, {"message", who.request()}}.dump()};
  }
};

TEST_F(web_server, a_program_says_which_of_its_requests_are_one) {
  host_->own().add(std::make_unique<asked_once>());
  auto with = as_program(sign_in("admin"));
  const auto token = [&] {
    const auto came = http_->Post("/screens/probe.once/actions/x", with, "{}", "application/json");
    return json::parse(came->body)["message"].get<std::string>();
  };
  EXPECT_EQ(token(), "");
  with.emplace("Idempotency-Key", "4711-a");
  EXPECT_EQ(token(), "4711-a");
}

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
