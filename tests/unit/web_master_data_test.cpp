// Users, locations and tokens, changed by an administrator: what holds for each, and that it stands in the audit log.
#include <gmock/gmock.h>

#include "http_client.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/server.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;
using json = web::json;
using testing::Contains;

class web_master_data : public with_host {
 protected:
  web_master_data() {
    add_user("chef", "admin");
    add_user("eva", "sales");
    location place;
    place.id = "wien";
    place.name = place.city = "Wien";
    place.hours = parse_hours("1-5 08:00-18:00");
    host_->data().locations.add(place);
    server_ = std::make_unique<web::server>(*host_, web::server_options{.address = "127.0.0.1", .port = 0});
    server_->start();
    http_ = std::make_unique<http_client::client>("127.0.0.1", server_->port());
  }
  ~web_master_data() override { server_.reset(); }

  http_client::headers signed_in(const std::string &user) {
    const auto answer = http_->Post("/login", http_client::headers{{"Accept", "application/json"}},
                                    "user=" + user + "&password=secret%20" + user, "application/x-www-form-urlencoded");
    EXPECT_EQ(answer->status, 200);
    std::string session;
    for (const auto &[name, value] : answer->fields) {
      if (name == "Set-Cookie" && value.starts_with("dms_session")) session = value.substr(0, value.find(';'));
    }
    return {{"Cookie", session},
            {"Accept", "application/json"},
            {"X-CSRF-Token", json::parse(answer->body)["csrf"].get<std::string>()}};
  }
  std::pair<int, json> act(const http_client::headers &who, const std::string &screen, const std::string &action,
                           const json &input) {
    const auto answer = http_->Post("/screens/" + screen + "/actions/" + action, who, input.dump(), "application/json");
    return {answer->status, json::parse(answer->body)};
  }
  std::vector<std::string> audited() const {
    std::vector<std::string> lines;
    for (const auto &line : host_->data().audit.list({})) {
      lines.push_back(line.action + ' ' + line.subject + (line.detail.empty() ? "" : ": " + line.detail));
    }
    return lines;
  }

  std::unique_ptr<web::server> server_;
  std::unique_ptr<http_client::client> http_;
};

json eva_as(const std::string &name, const std::string &email, const json &roles, const json &places) {
  return {{"user", "eva"}, {"name", name}, {"email", email}, {"roles", roles}, {"locations", places}};
}

TEST_F(web_master_data, a_user_is_changed_as_a_whole_and_it_is_written_down) {
  const auto chef = signed_in("chef");
  const auto before = host_->directory_generation();
  // when
  const auto [status, said] =
      act(chef, "host.users", "change", eva_as("Eva Neu", "eva@haus.example", {"sales", "office"}, {"wien"}));
  // then
  EXPECT_EQ(status, 200) << said;
  const auto eva = *host_->data().users.find("eva");
  EXPECT_EQ(eva.name, "Eva Neu");
  EXPECT_EQ(eva.email, "eva@haus.example");
  EXPECT_EQ(eva.locations, std::vector<std::string>{"wien"});
  EXPECT_TRUE(eva.has_role("office"));
  EXPECT_GT(host_->directory_generation(), before) << "plugins see it";
  EXPECT_THAT(audited(), Contains("user.change user eva: name, e-mail, roles sales office, locations wien"));
}

TEST_F(web_master_data, a_user_has_a_telephone_number_for_the_letters_that_he_writes) {
  const auto chef = signed_in("chef");
  auto input = eva_as("Eva Neu", "", {"sales"}, {"wien"});
  // when
  input["phone"] = "+43 1 555 01-23";
  EXPECT_EQ(act(chef, "host.users", "change", input).first, 200);
  // then
  EXPECT_EQ(host_->data().users.find("eva")->phone, "+43 1 555 01-23");
  const auto told = json::parse(host_->load_screen(*host_->make_call({.user = "chef"}), "host.users", "{}").document);
  EXPECT_NE(told.dump().find("+43 1 555 01-23"), std::string::npos);
  // and: what is none is refused at its field, and nothing is changed
  for (const std::string wrong :
       {"12", "call me", "+43 1 555 01 23; rm", "0123456789012345678901234567890123456789012"}) {
    input["phone"] = wrong;
    const auto [status, said] = act(chef, "host.users", "change", input);
    EXPECT_EQ(status, 422) << wrong;
    EXPECT_TRUE(said["fields"].contains("phone")) << said;
  }
  EXPECT_EQ(host_->data().users.find("eva")->phone, "+43 1 555 01-23");
  // and: an empty one goes
  input["phone"] = "";
  EXPECT_EQ(act(chef, "host.users", "change", input).first, 200);
  EXPECT_EQ(host_->data().users.find("eva")->phone, "");
}

TEST_F(web_master_data, what_is_wrong_with_a_user_is_said_at_its_field_and_changes_nothing) {
  const auto chef = signed_in("chef");
  const auto before = host_->data().users.find("eva")->name;
  struct wrong {
    json input;
    const char *field;
  };
  for (const auto &[input, field] :
       {wrong{eva_as("", "", {"sales"}, {"wien"}), "name"}, wrong{eva_as("Eva X", "eva", {"sales"}, {"wien"}), "email"},
        wrong{eva_as("Eva X", "e va@haus.example", {"sales"}, {"wien"}), "email"},
        wrong{eva_as("Eva X", "", json::array(), {"wien"}), "roles"}}) {
    const auto [status, said] = act(chef, "host.users", "change", input);
    EXPECT_EQ(status, 422) << input;
    EXPECT_TRUE(said["fields"].contains(field)) << said;
  }
  for (const auto &input : {eva_as("Eva X", "", {"boss"}, {"wien"}), eva_as("Eva X", "", {"sales"}, {"rom"})}) {
    EXPECT_EQ(act(chef, "host.users", "change", input).first, 422) << input;
  }
  EXPECT_EQ(act(chef, "host.users", "change", {{"user", "nobody"}, {"name", "N"}, {"roles", {"sales"}}}).first, 404);
  EXPECT_EQ(host_->data().users.find("eva")->name, before);
  // and: nobody else may
  EXPECT_EQ(act(signed_in("eva"), "host.users", "change", eva_as("Eva X", "", {"admin"}, {"wien"})).first, 404);
}

TEST_F(web_master_data, one_administrator_always_stays) {
  const auto chef = signed_in("chef");
  const json without{{"user", "chef"}, {"name", "Chef"}, {"roles", {"office"}}};
  EXPECT_EQ(act(chef, "host.users", "change", without).first, 422);
  EXPECT_TRUE(host_->data().users.find("chef")->has_role("admin"));
  // when there is another one
  EXPECT_EQ(act(chef, "host.users", "change", eva_as("Eva", "", {"admin"}, json::array())).first, 200);
  EXPECT_EQ(act(chef, "host.users", "change", without).first, 200);
  EXPECT_FALSE(host_->data().users.find("chef")->has_role("admin"));
}

TEST_F(web_master_data, a_new_password_ends_the_sessions_of_its_person) {
  const auto chef = signed_in("chef"), eva = signed_in("eva");
  auto input = eva_as("Eva", "", {"sales"}, json::array());
  input["password"] = "short";
  EXPECT_TRUE(act(chef, "host.users", "change", input).second["fields"].contains("password"));
  input["password"] = "a longer one";
  EXPECT_EQ(act(chef, "host.users", "change", input).first, 200);
  EXPECT_EQ(http_->Get("/screens/host.account", eva)->status, 401);
  EXPECT_THAT(audited(), Contains("user.password user eva"));
}

TEST_F(web_master_data, a_location_is_added_and_changed_with_its_hours_and_holidays) {
  const auto chef = signed_in("chef");
  json input{{"location", "villach"}, {"name", "Villach"}, {"hours", "Mo–Fr 8–17, Sa 9–12"}, {"region", "AT-2"}};
  EXPECT_EQ(act(chef, "host.locations", "add", input).first, 200);
  auto place = *host_->data().locations.find("villach");
  EXPECT_EQ(place.city, "Villach");
  EXPECT_EQ(place.region, "AT-2");
  ASSERT_EQ(place.hours.size(), 2U);
  EXPECT_EQ(place.hours[1].days + " " + place.hours[1].from + " " + place.hours[1].to, "6 09:00 12:00");
  // when it is changed
  input["hours"] = "Mo-Do 9-16";
  input["street"] = "Hauptplatz 1";
  EXPECT_EQ(act(chef, "host.locations", "change", input).first, 200);
  place = *host_->data().locations.find("villach");
  EXPECT_EQ(place.street, "Hauptplatz 1");
  EXPECT_EQ(place.hours.size(), 1U);
  EXPECT_TRUE(place.open);
  EXPECT_THAT(audited(), Contains("location.add location villach"));
  EXPECT_THAT(audited(), Contains("location.change location villach"));
  // and what is wrong is said at its field
  struct wrong {
    const char *field, *value;
  };
  for (const auto &[field, value] : {wrong{"location", "villach"}, wrong{"location", "Villach Süd"}, wrong{"name", ""},
                                     wrong{"hours", "immer"}, wrong{"hours", ""}, wrong{"region", "DE-BY"}}) {
    auto bad = input;
    bad["location"] = "neu";
    bad[field] = value;
    const auto [status, said] = act(chef, "host.locations", "add", bad);
    EXPECT_EQ(status, 422) << bad;
    EXPECT_TRUE(said["fields"].contains(field)) << said;
  }
  EXPECT_FALSE(host_->data().locations.find("neu"));
  EXPECT_EQ(act(signed_in("eva"), "host.locations", "add", input).first, 404);
}

TEST_F(web_master_data, a_token_gets_another_name_and_is_revoked) {
  const auto chef = signed_in("chef");
  const auto secret = host_->data().intake_tokens.add("*", "alt", 1);
  const auto id = std::to_string(host_->data().intake_tokens.all().front().id);
  EXPECT_EQ(act(chef, "host.tokens", "change", {{"token", id}, {"label", "Webseite"}, {"source", "*"}}).first, 200);
  EXPECT_EQ(host_->data().intake_tokens.all().front().label, "Webseite");
  for (const auto &input : {json{{"token", id}, {"label", ""}, {"source", "*"}},
                            json{{"token", id}, {"label", "X"}, {"source", "nowhere"}}}) {
    EXPECT_EQ(act(chef, "host.tokens", "change", input).first, 422) << input;
  }
  EXPECT_EQ(act(chef, "host.tokens", "change", {{"token", "99"}, {"label", "X"}, {"source", "*"}}).first, 404);
  EXPECT_EQ(http_->Get("/screens/host.tokens", chef)->body.find(secret), std::string::npos);
  EXPECT_EQ(act(chef, "host.tokens", "revoke", {{"token", id}}).first, 200);
  EXPECT_FALSE(host_->data().intake_tokens.accepts("siebel", secret, 2));
  EXPECT_THAT(audited(), Contains("intake_token.change " + id + ": * Webseite"));
}

}  // namespace
