// web_server_fixture.hpp - a host with its face over HTTP, one screen that answers with what it was asked, and a
// browser.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "http_client.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/server.hpp"

namespace web_server_fixture {

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

}  // namespace web_server_fixture
