// The host's master data, sign-in and rights.
#include <nlohmann/json.hpp>

#include "integration/host_on_each.hpp"
#include "reference_host/core/records/folding.hpp"

namespace {

using namespace host_test;
using namespace dms::reference;
using testing::HasSubstr;

class master : public with_host_on_each {
 protected:
  customer somebody(const std::string &last_name) {
    customer item;
    item.first_name = "Jörg";
    item.last_name = last_name;
    item.email = "Joerg.Weiss@example.at";
    item.phones = {"+436645551234"};
    item.postal_code = "1060";
    item.vehicles = {{"SJNFAAJ11U0000001", "Nissan", "Juke", "", 0}};
    return item;
  }
};

TEST_P(master, a_key_that_was_seen_makes_no_second_customer) {
  const auto first = host_->data().customers.create(somebody("Weiß"), "lead:1:customer", 1);
  const auto again = host_->data().customers.create(somebody("Anders"), "lead:1:customer", 2);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.last_name, "Weiß");
  EXPECT_EQ(host_->data().customers.count(), 1);
}

TEST_P(master, a_customer_is_found_by_whatever_he_shares) {
  const auto made = host_->data().customers.create(somebody("Weiß"), "", 1);
  customer_query by[7];
  by[0].ids = {std::to_string(made.id)};
  by[1].vins = {"SJNFAAJ11U0000001"};
  by[2].emails = {"joerg.weiss@EXAMPLE.at"};
  by[3].phones = {"+436645551234"};
  by[4].name = "WEISS";
  by[5].text = "joerg";
  by[6].text = "sjnfaaj11u0000001";
  for (const auto &query : by) EXPECT_EQ(host_->data().customers.find(query).size(), 1U);
  customer_query nobody;
  nobody.emails = {""};
  EXPECT_TRUE(host_->data().customers.find(nobody).empty());
}

TEST_P(master, a_merged_customer_answers_as_the_one_he_became) {
  const auto from = host_->data().customers.create(somebody("Weiß"), "", 1);
  auto other = somebody("Weiss");
  other.vehicles.clear();
  const auto into = host_->data().customers.create(other, "", 1);
  host_->data().customers.merge(from.id, into.id);
  EXPECT_EQ(host_->data().customers.get(from.id)->id, into.id);
  EXPECT_EQ(host_->data().customers.get(into.id)->vehicles.size(), 1U);
}

TEST_P(master, text_with_sql_in_it_is_only_text) {
  auto item = somebody("'; drop table customers; --");
  const auto made = host_->data().customers.create(item, "", 1);
  EXPECT_EQ(host_->data().customers.get(made.id)->last_name, item.last_name);
}

TEST_P(master, names_compare_as_people_write_them) {
  EXPECT_EQ(folded("MÜLLER"), "mueller");
  EXPECT_EQ(folded("Hadžić"), "hadzic");
  EXPECT_EQ(folded("Weiß"), "weiss");
}

TEST_P(master, a_sign_in_gives_a_session_that_ends) {
  add_user("eva", "sales");
  const auto in = host_->data().sign_in.try_password("Eva", "secret eva", "web", 1'000'000);
  ASSERT_EQ(in.outcome, sign_in_outcome::signed_in);
  EXPECT_EQ(host_->data().sessions.find(in.token, 2'000'000)->user, "eva");
  EXPECT_FALSE(host_->data().sessions.find(in.token, 1'000'000 + sessions::idle_us));
  EXPECT_FALSE(host_->data().sessions.find(std::string(64, '0'), 2'000'000));
  host_->data().sessions.close(in.token, 1'500'000);
  EXPECT_FALSE(host_->data().sessions.find(in.token, 2'000'000));
}

TEST_P(master, wrong_passwords_lock_a_login_for_a_while) {
  add_user("eva", "sales");
  auto &door = host_->data().sign_in;
  const std::int64_t now = 1'000'000'000'000;
  for (int wrong = 0; wrong < sign_in::tries; ++wrong) {
    EXPECT_EQ(door.try_password("eva", "guess", "web", now).outcome, sign_in_outcome::wrong);
  }
  EXPECT_EQ(door.try_password("eva", "secret eva", "web", now).outcome, sign_in_outcome::locked);
  EXPECT_EQ(door.try_password("eva", "secret eva", "web", now + sign_in::lock_us).outcome, sign_in_outcome::signed_in);
}

TEST_P(master, an_inactive_user_cannot_sign_in_and_his_sessions_end) {
  add_user("eva", "sales");
  add_user("chef", "admin");
  const auto in = host_->data().sign_in.try_password("eva", "secret eva", "web", 1'000'000);
  host_->deactivate_user(*host_->make_call({.user = "chef"}), "eva");
  EXPECT_FALSE(host_->data().sessions.find(in.token, 2'000'000));
  EXPECT_EQ(host_->data().sign_in.try_password("eva", "secret eva", "web", 3'000'000).outcome, sign_in_outcome::wrong);
  EXPECT_THAT(failure_of([&] { host_->make_call({.user = "eva"}); }), HasSubstr("not active"));
}

TEST_P(master, who_is_activated_again_can_sign_in_and_it_stands_in_the_audit_log) {
  add_user("eva", "sales");
  add_user("chef", "admin");
  const auto call = host_->make_call({.user = "chef"});
  host_->deactivate_user(*call, "eva");
  host_->activate_user(*call, "eva");
  EXPECT_EQ(host_->data().sign_in.try_password("eva", "secret eva", "web", 3'000'000).outcome,
            sign_in_outcome::signed_in);
  audit::query activations;
  activations.action = "user.activate";
  const auto written = host_->data().audit.list(activations);
  ASSERT_EQ(written.size(), 1);
  EXPECT_EQ(written[0].user, "chef");
  EXPECT_THAT(failure_of([&] { host_->activate_user(*call, "nobody"); }), HasSubstr("nobody"));
}

TEST_P(master, that_a_location_is_open_again_stands_in_the_audit_log) {
  add_user("chef", "admin");
  location graz;
  graz.id = "graz";
  graz.name = graz.city = "Graz";
  host_->data().locations.add(graz);
  const auto call = host_->make_call({.user = "chef"});
  host_->close_location(*call, "graz");
  host_->open_location(*call, "graz");
  EXPECT_TRUE(host_->data().locations.find("graz")->open);
  audit::query openings;
  openings.action = "location.open";
  const auto written = host_->data().audit.list(openings);
  ASSERT_EQ(written.size(), 1);
  EXPECT_EQ(written[0].user, "chef");
  EXPECT_EQ(written[0].subject, "location graz");
  EXPECT_THAT(failure_of([&] { host_->open_location(*call, "nowhere"); }), HasSubstr("nowhere"));
}

TEST_P(master, the_last_administrator_stays) {
  add_user("chef", "admin");
  EXPECT_THAT(failure_of([&] { host_->deactivate_user(*host_->make_call({}), "chef"); }),
              HasSubstr("last administrator"));
}

TEST_P(master, roles_have_the_rights_that_were_proposed_or_set) {
  add_user("eva", "sales");
  host_->own().add_right("test.read", "Read", "sales admin");
  host_->own().add_right("test.write", "Write", "admin");
  EXPECT_TRUE(host_->make_call({.user = "eva"})->may("test.read"));
  EXPECT_FALSE(host_->make_call({.user = "eva"})->may("test.write"));
  EXPECT_FALSE(host_->make_call({.user = "eva"})->may("test.unknown"));
  host_->data().role_rights.set("sales", "test.read", false);
  host_->data().role_rights.set("sales", "test.write", true);
  EXPECT_FALSE(host_->make_call({.user = "eva"})->may("test.read"));
  EXPECT_TRUE(host_->make_call({.user = "eva"})->may("test.write"));
  EXPECT_TRUE(host_->make_call({})->may("test.unknown"));
}

TEST_P(master, a_contact_is_made_once_reassigned_and_completed_once) {
  add_user("eva", "sales");
  add_user("max", "sales");
  contact wish;
  wish.user = "eva";
  wish.reference = "lead:1";
  const auto made = host_->data().contacts.create(wish, "lead:1:contact");
  EXPECT_EQ(host_->data().contacts.create(wish, "lead:1:contact").id, made.id);
  host_->data().contacts.reassign("lead:1", "max", 5);
  EXPECT_EQ(host_->data().contacts.count_open("max"), 1);
  EXPECT_TRUE(host_->complete_contact(*host_->make_call({.user = "max"}), made.id, "reached", "freut sich"));
  EXPECT_FALSE(host_->complete_contact(*host_->make_call({.user = "max"}), made.id, "reached", ""));
}

TEST_P(master, an_intake_token_opens_its_source_alone_until_it_is_revoked) {
  auto &tokens = host_->data().intake_tokens;
  const auto token = tokens.add("siebel_nissan", "Feed", 1);
  EXPECT_TRUE(tokens.accepts("siebel_nissan", token, 2));
  EXPECT_FALSE(tokens.accepts("adf", token, 2));
  EXPECT_FALSE(tokens.accepts("siebel_nissan", token + "0", 2));
  EXPECT_TRUE(tokens.revoke(tokens.all().front().id));
  EXPECT_FALSE(tokens.accepts("siebel_nissan", token, 2));
}

TEST_P(master, bad_users_and_locations_are_refused_with_a_sentence) {
  EXPECT_THAT(failure_of([&] { add_user("Eva Huber", "sales"); }), HasSubstr("A login consists of"));
  EXPECT_THAT(failure_of([&] { add_user("eva", "king"); }), HasSubstr("There is no role \"king\""));
  location place;
  place.id = "wien";
  place.name = "Wien";
  EXPECT_THAT(failure_of([] { parse_hours("immer"); }), HasSubstr("Opening hours are written"));
  place.hours = parse_hours("1-5 08:00-18:00,6 09:00-12:00");
  host_->data().locations.add(place);
  EXPECT_EQ(host_->data().locations.find("wien")->hours.size(), 2U);
}

TEST_P(master, a_document_is_kept_byte_by_byte) {
  const auto owner = host_->data().customers.create(somebody("Weiß"), "", 1);
  std::string bytes;
  for (int value = 0; value < 1024; ++value) bytes += static_cast<char>(value);
  document about;
  about.name = "letter.pdf";
  host_->data().customers.put_document(owner.id, about, bytes, "lead:1:letter", 2);
  host_->data().customers.put_document(owner.id, about, "again", "lead:1:letter", 3);
  host_->data().customers.put_document(owner.id, about, "", "lead:1:empty", 4);
  const auto kept = host_->data().customers.documents_of(owner.id);
  ASSERT_EQ(kept.size(), 2);
  EXPECT_EQ(kept[1].size, 1024);
  EXPECT_EQ(host_->data().customers.document_bytes(kept[1].id), bytes);
  EXPECT_EQ(host_->data().customers.document_bytes(kept[0].id), "");
  EXPECT_FALSE(host_->data().customers.document_bytes(4711));
}

TEST_P(master, lists_are_read_page_by_page_and_searched) {
  std::int64_t last = 0;
  for (int number = 0; number < 5; ++number) last = host_->data().customers.create(somebody("Weiß"), "", 1).id;
  EXPECT_EQ(host_->data().customers.page("", 0, 3).size(), 3U);
  EXPECT_EQ(host_->data().customers.page("weiss", last - 2, 10).size(), 2U);
  for (const auto *subject : {"user eva", "user max"}) host_->record({0, 5, "chef", "web", "test.action", subject, {}});
  audit::query wanted;
  wanted.text = "max";
  wanted.from_us = 1;
  wanted.to_us = std::int64_t{4'000'000'000'000'000};
  wanted.before = std::int64_t{1} << 40U;
  ASSERT_EQ(host_->data().audit.list(wanted).size(), 1U);
  EXPECT_THAT(host_->data().audit.actions(), testing::Contains("test.action"));
}

TEST_P(master, what_was_cut_in_the_middle_of_a_sign_stands_in_the_audit_log_all_the_same) {
  host_->record({0, 5, "ev\xC3", "web", "test.action", std::string("a\0b", 3), "f\xC3\xBC"});
  const auto lines = host_->data().audit.list({});
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0].detail, "f\xC3\xBC");
  EXPECT_EQ(host_->data().sign_in.try_password("\xFF\xC3", "x", "web", 1).outcome, sign_in_outcome::wrong);
}

TEST_P(master, a_notification_is_given_once_read_and_withdrawn) {
  notification ring;
  ring.key = "lead:1";
  ring.text = "Neu";
  auto &bell = host_->data().notifications;
  bell.notify(ring, {"eva", "max"});
  bell.notify(ring, {"eva"});
  EXPECT_EQ(bell.of_user("eva", 10).size(), 1U);
  EXPECT_EQ(bell.count_unread("eva"), 1);
  bell.mark_read("eva", 5);
  EXPECT_EQ(bell.count_unread("eva"), 0);
  ring.key = "lead:1:late";
  bell.notify(ring, {"eva"});
  bell.forget("lead:1");
  EXPECT_TRUE(bell.of_user("eva", 10).empty());
}

TEST_P(master, the_number_of_a_customer_who_was_taken_back_is_not_given_again) {
  const auto first = host_->data().customers.create(somebody("Weiß"), "key", 1);
  host_->data().customers.take_back(first.id, first.revision, "lead:1");
  EXPECT_GT(host_->data().customers.create(somebody("Weiß"), "key", 1).id, first.id);
}

INSTANTIATE_TEST_SUITE_P(databases, master, databases::all(), databases::name);

}  // namespace
