// What a sign-in service says, before anybody believes it; and who somebody is for whom it vouches.
#include "reference_host/web/openid.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "dms/cpp/encoding.hpp"
#include "reference_host/core/host.hpp"

namespace {

using namespace dms::reference;
using web::json;

constexpr std::int64_t now_s = 1'795'608'000, now_us = now_s * 1'000'000;

web::openid_options service() {
  web::openid_options how;
  how.issuer = "https://login.example.at";
  how.client = "dms";
  how.roles = {{"dms-sellers", "sales"}};
  return how;
}

json claims() {
  return {{"iss", "https://login.example.at"},
          {"aud", "dms"},
          {"nonce", "once"},
          {"sub", "4711"},
          {"exp", now_s + 300},
          {"iat", now_s},
          {"name", "Anna"},
          {"email", "anna@example.at"},
          {"email_verified", true},
          {"roles", {"dms-sellers"}}};
}

std::string token_of(const json &said) {
  return "head." + dms::base64(said.dump(), dms::base64_alphabet::url) + ".signature";
}

json claimed(const json &said) {
  return web::claims_in(token_of(said), service(), "once", now_us);
}

TEST(openid_claims, are_taken_for_this_client_this_trip_and_this_moment) {
  EXPECT_EQ(claimed(claims())["sub"], "4711");
  auto several = claims();
  several["aud"] = {"others", "dms"};
  several["azp"] = "dms";
  several["iss"] = "https://login.example.at/";
  EXPECT_NO_THROW(claimed(several));
}

TEST(openid_claims, are_refused_where_something_is_not_as_it_must_be) {
  for (const auto &[name, value] : {std::pair<const char *, json>{"iss", "https://evil.example"},
                                    {"aud", "another"},
                                    {"aud", json::array({"another"})},
                                    {"aud", 7},
                                    {"azp", "another"},
                                    {"nonce", "another"},
                                    {"nonce", nullptr},
                                    {"exp", now_s - 61},
                                    {"exp", "tomorrow"},
                                    {"exp", 1e300},
                                    {"exp", -1},
                                    {"iat", now_s + 61}}) {
    auto wrong = claims();
    wrong[name] = value;
    EXPECT_THROW(claimed(wrong), dms::failure) << name << ' ' << value;
  }
  for (const char *token : {"", ".", "..", "a.b", "a.!.c", "a.e30", "a.W10.c"}) {
    EXPECT_THROW(web::claims_in(token, service(), "once", now_us), dms::failure) << token;
  }
}

TEST(openid_claims, name_a_person_with_what_this_house_calls_his_roles) {
  auto said = claims();
  const auto plain = web::person_in(said, service());
  EXPECT_EQ(plain.login, "anna");
  EXPECT_EQ(plain.roles, std::vector<std::string>{"sales"});
  EXPECT_FALSE(plain.locations);
  said["preferred_username"] = "Anna.L";
  said["locations"] = "wien graz";
  const auto more = web::person_in(said, service());
  EXPECT_EQ(more.login, "anna.l");
  EXPECT_EQ(more.locations, (std::vector<std::string>{"wien", "graz"}));
  // then: a name of the service's own is no role of ours, and silence is none
  said["roles"] = {"admin", "dms-sellers"};
  EXPECT_EQ(web::person_in(said, service()).roles, std::vector<std::string>{"sales"});
  said.erase("roles");
  EXPECT_EQ(web::person_in(said, service()).roles, std::vector<std::string>{});
  auto same_names = service();
  same_names.roles.clear();
  EXPECT_FALSE(web::person_in(said, same_names).roles);
  said["sub"] = "";
  EXPECT_THROW(web::person_in(said, service()), dms::failure);
}

TEST(openid_trip, comes_back_as_it_went_and_nothing_else_does) {
  const auto trip = web::openid::new_trip("/screens/leads.overview?q=ä");
  const auto back = web::trip_in(web::kept_text_of(trip));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->state, trip.state);
  EXPECT_EQ(back->verifier, trip.verifier);
  EXPECT_EQ(back->next, trip.next);
  for (const char *text : {"", "?", "W10", "WyIiLCIiLCIiLCIiXQ", "WzEsMiwzLDRd"})
    EXPECT_FALSE(web::trip_in(text)) << text;
}

TEST(openid_options, are_refused_where_they_are_none) {
  const auto refused = [](const auto &change) {
    auto how = service();
    change(how);
    EXPECT_THROW(web::openid{how}, dms::failure);
  };
  EXPECT_NO_THROW(web::openid{service()});
  refused([](auto &how) { how.issuer = "http://login.example.at"; });
  refused([](auto &how) { how.issuer = "login.example.at"; });
  refused([](auto &how) { how.issuer = "https://user@login.example.at"; });
  refused([](auto &how) { how.client.clear(); });
  refused([](auto &how) { how.roles = {{"x", "emperor"}}; });
}

class vouched_people : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("vouched_people_" + random_hex(6));
    std::filesystem::create_directories(folder_);
    host_options how;
    how.data_directory = folder_;
    host_ = std::make_unique<host>(how);
    location place;
    place.id = place.name = place.city = "wien";
    host_->data().locations.add(place);
    user admin;
    admin.id = "admin";
    admin.name = "Admin";
    admin.email = "admin@example.at";
    admin.roles = {"admin"};
    host_->data().users.add(admin, "secret-word");
  }
  void TearDown() override {
    host_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string take(const vouched_person &who) { return host_->take_vouched(who, "web", "de-AT"); }
  static vouched_person anna() {
    return {"https://login.example.at", "4711", "anna", "Anna", "anna@example.at", true, {{"sales", "choir"}},
            {{"wien", "atlantis"}}};
  }
  user stored(const std::string &id) { return *host_->data().users.find(id); }

  std::filesystem::path folder_;
  std::unique_ptr<host> host_;
};

TEST_F(vouched_people, who_is_new_becomes_a_user_with_what_is_known_here) {
  EXPECT_EQ(take(anna()), "anna");
  EXPECT_EQ(stored("anna").roles, std::vector<std::string>{"sales"});
  EXPECT_EQ(stored("anna").locations, std::vector<std::string>{"wien"});
}

TEST_F(vouched_people, who_came_before_is_the_same_whatever_else_changed) {
  take(anna());
  auto now = anna();
  now.login = "admin";
  now.email = "berger@example.at";
  now.name = "Anna Berger";
  now.roles = {{"manager"}};
  now.locations.reset();
  EXPECT_EQ(take(now), "anna");
  EXPECT_EQ(stored("anna").name, "Anna Berger");
  EXPECT_EQ(stored("anna").roles, std::vector<std::string>{"manager"});
  EXPECT_EQ(stored("anna").locations, std::vector<std::string>{"wien"}) << "the service says nothing of them";
}

TEST_F(vouched_people, nobody_becomes_a_user_of_here_by_a_name_alone) {
  auto other = anna();
  other.login = "admin";
  other.roles = {{"admin"}};
  EXPECT_THROW(take(other), dms::failure);
  other.email = "ADMIN@example.at";
  other.email_verified = false;
  EXPECT_THROW(take(other), dms::failure);
  other.email_verified = true;
  EXPECT_EQ(take(other), "admin");
}

TEST_F(vouched_people, what_the_service_takes_away_is_taken_away_here_as_well) {
  take(anna());
  const auto token = host_->data().sessions.open("anna", now_us).token;
  auto now = anna();
  now.roles = {{"choir"}};
  EXPECT_THROW(take(now), dms::failure);
  EXPECT_TRUE(stored("anna").roles.empty());
  EXPECT_FALSE(host_->data().sessions.find(token, now_us));
}

TEST_F(vouched_people, a_name_is_cut_between_letters_and_only_a_verified_address_is_taken) {
  auto who = anna();
  who.name = std::string(199, 'x') + "\xC3\xB6" + "yyy";
  who.email = "other@example.at";
  who.email_verified = false;
  take(who);
  EXPECT_EQ(stored("anna").name, std::string(199, 'x'));
  EXPECT_EQ(stored("anna").email, "");
  who.email = "no address\n<x>";
  who.email_verified = true;
  take(who);
  EXPECT_EQ(stored("anna").email, "");
}

TEST_F(vouched_people, without_a_role_or_deactivated_nobody_gets_in) {
  auto nobody = anna();
  nobody.roles = {{"choir"}};
  EXPECT_THROW(take(nobody), dms::failure);
  EXPECT_FALSE(host_->data().users.find("anna"));
  take(anna());
  host_->deactivate_user(*host_->make_call({}), "anna");
  EXPECT_THROW(take(anna()), dms::failure);
}

TEST_F(vouched_people, the_last_administrator_stays_one) {
  auto admin = anna();
  admin.login = "admin";
  admin.email = "admin@example.at";
  admin.roles = {{"sales"}};
  EXPECT_THROW(take(admin), dms::failure);
  EXPECT_TRUE(stored("admin").has_role("admin"));
}

}  // namespace
