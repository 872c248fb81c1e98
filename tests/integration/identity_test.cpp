// Whose lead it is, on both databases: what another message replaced comes back by a click, people who share a phone
// stay apart, and a stranger's lead goes along with nobody.
#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "processing/privacy_desk.hpp"

namespace {

using namespace dealership;
using processing::verdict;
using json = nlohmann::json;

class identity_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    rows_ = std::make_unique<store::privacy_rows>(open());
    const dms::host host(services_->raw());
    privacy_ = std::make_unique<processing::privacy_desk>(
        processing::privacy_desk::parts{open(), *rows_, sources_.types, *desk_, nullptr, nullptr, dms::log(nullptr)});
    open().write([](store::transaction &in) {
      in.set_dealer_code({"web_json", "AT10017", "wien"}, "admin", 1);
      in.set_dealer_code({"web_json", "AT10023", "graz"}, "admin", 1);
    });
  }
  void TearDown() override {
    privacy_.reset();
    rows_.reset();
    with_desks::TearDown();
  }
  static json enquiry(const std::string &id, const std::string &name, const std::string &email,
                      const std::string &phone = {}, const std::string &code = "AT10017") {
    json one{{"id", id}, {"name", name}, {"email", email}, {"dealer_code", code}, {"message", "von " + name}};
    if (!phone.empty()) one["phone"] = phone;
    return one;
  }
  json import(const json &enquiries) {
    const auto bytes = enquiries.dump();
    const dms::string_stream stream(bytes);
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    with.spool_directory = database().directory();
    const auto by = call("admin");
    const intake::importer hook(with, sources_.definitions.at("web_json"));
    return json::parse(hook.run(by->view(), dms::input(stream.get()), "a.json", {}));
  }
  std::vector<lead> all_with(const std::string &id) {
    std::vector<lead> found;
    open().write([&](store::transaction &in) { found = in.leads_with_id("web_json", id); });
    return found;
  }
  lead find(const std::string &id) { return all_with(id).at(0); }
  processing::outcome restore(std::int64_t id, std::int64_t version, std::int64_t event) {
    return desk_->restore(manager(), call("leitung")->view(), id, version, event);
  }

  std::unique_ptr<store::privacy_rows> rows_;
  std::unique_ptr<processing::privacy_desk> privacy_;
};
INSTANTIATE_TEST_SUITE_P(databases, identity_test, databases::all(), databases::name);

TEST_P(identity_test, what_a_later_message_replaced_comes_back_by_a_click) {
  // given a lead that its sender sent again, with other data and another place
  import({enquiry("W-1", "Anna Huber", "anna@example.at", "0664 5550142")});
  const auto was = find("W-1");
  import({enquiry("W-1", "Anna Huber", "anna@example.at", "0664 5550199", "AT10023")});
  const auto is = find("W-1");
  ASSERT_EQ(is.id, was.id);
  ASSERT_EQ(is.location, "graz");
  const auto update = open().timeline(is.id).front();
  ASSERT_EQ(update.kind, "updated");
  // when somebody who saw an older version restores it, then he is told
  EXPECT_EQ(restore(is.id, was.version, update.id).result, verdict::conflict);
  // when
  ASSERT_EQ(restore(is.id, is.version, update.id).result, verdict::done);
  // then
  const auto again = find("W-1");
  EXPECT_EQ(again.content, was.content);
  EXPECT_EQ(again.location, "wien");
  EXPECT_EQ(again.version, is.version + 1);
  const auto event = open().timeline(is.id).front();
  EXPECT_EQ(event.kind, "restored");
  EXPECT_EQ(event.actor, "leitung");
  // and what it replaced can be brought back in the same way, once
  EXPECT_EQ(restore(is.id, again.version, update.id).result, verdict::refused) << "it says that already";
  ASSERT_EQ(restore(is.id, again.version, event.id).result, verdict::done);
  EXPECT_EQ(find("W-1").content, is.content);
  // and nothing else can
  EXPECT_EQ(restore(is.id, find("W-1").version, open().timeline(is.id).back().id).result, verdict::refused);
  EXPECT_EQ(
      desk_->restore(salesperson("verkauf2"), call("verkauf2")->view(), is.id, find("W-1").version, event.id).result,
      verdict::not_found);
}

TEST_P(identity_test, several_people_under_one_id_each_have_their_lead_in_one_payload_and_in_two) {
  const auto first =
      import({enquiry("W-1", "Anna Huber", "anna@example.at"), enquiry("W-1", "Karl Moser", "karl@example.at"),
              enquiry("0", "Eva Eins", "eva@example.at"), enquiry("0", "Ivo Zwei", "ivo@example.at")});
  EXPECT_EQ(first["accepted"], 4) << first.dump(1);
  EXPECT_EQ(first["updated"], 0);
  const auto second =
      import({enquiry("W-1", "Berta Neu", "berta@example.at"), enquiry("W-1", "Anna Huber", "anna@example.at")});
  EXPECT_EQ(second["accepted"], 1) << second.dump(1);
  EXPECT_EQ(second["repeated"], 1);
  std::set<std::string> names;
  for (const auto &one : all_with("W-1")) names.insert(one.content.prospect.first_name);
  EXPECT_EQ(names, (std::set<std::string>{"Anna", "Berta", "Karl"}));
}

TEST_P(identity_test, spouses_stay_apart_where_they_share_phone_and_address) {
  import({enquiry("S-1", "Anna Huber", "huber@example.at", "0664 5550142"),
          enquiry("S-2", "Karl Huber", "huber@example.at", "0664 5550142"),
          enquiry("S-3", "A. Huber", "huber@example.at"), enquiry("D-1", "Quirin Fremd", "test@test.at", "00000000"),
          enquiry("D-2", "Rosa Fremd", "test@test.at", "00000000")});
  // then: earlier enquiries
  EXPECT_EQ(find("S-2").follows, 0);
  EXPECT_EQ(find("S-3").follows, find("S-1").id);
  EXPECT_EQ(find("D-2").follows, 0);
  // and: other enquiries of the same person
  const auto related = [&](const char *id) {
    std::set<std::string> ids;
    for (const auto &one : open().related(find(id), access::system_visibility())) ids.insert(one.content.external_id);
    return ids;
  };
  EXPECT_EQ(related("S-1"), std::set<std::string>{"S-3"});
  EXPECT_EQ(related("S-2"), std::set<std::string>{});
  EXPECT_EQ(related("D-1"), std::set<std::string>{});
}

TEST_P(identity_test, export_and_erasure_take_nobody_else_along_unless_somebody_says_so) {
  import({enquiry("S-1", "Anna Huber", "huber@example.at", "0664 5550142"),
          enquiry("S-2", "Karl Huber", "huber@example.at", "0664 5550142"),
          enquiry("S-3", "Anna Huber", "huber@example.at"), enquiry("D-1", "Quirin Fremd", "test@test.at", "00000000"),
          enquiry("D-2", "Rosa Arg", "test@test.at", "00000000")});
  const auto ids = [](const auto &leads) {
    std::set<std::string> result;
    for (const auto &one : leads) {
      if constexpr (requires { one.item; }) {
        result.insert(one.item.content.external_id);
      } else {
        result.insert(one.content.external_id);
      }
    }
    return result;
  };
  using names = std::set<std::string>;
  // when one lead is named, then it is that person
  const processing::person_query anna{{}, {}, {}, find("S-1").id};
  EXPECT_EQ(ids(privacy_->person(anna)), (names{"S-1", "S-3"}));
  EXPECT_EQ(ids(privacy_->others(anna)), names{"S-2"});
  EXPECT_EQ(ids(privacy_->person({{}, {}, {}, find("D-1").id})), names{"D-1"});
  EXPECT_TRUE(privacy_->others({{}, {}, {}, find("D-1").id}).empty()) << "a dummy is no sign";
  // when an address or a number finds several, then nobody is taken
  for (const auto &shared :
       {processing::person_query{"huber@example.at", {}, {}}, processing::person_query{{}, "+436645550142", {}}}) {
    EXPECT_TRUE(privacy_->person(shared).empty());
    EXPECT_GE(privacy_->others(shared).size(), 2U);
  }
  EXPECT_EQ(ids(privacy_->others({"test@test.at", {}, {}})), (names{"D-1", "D-2"}));
  // when somebody says that it is the same person
  auto with_karl = anna;
  with_karl.also = {find("S-2").id};
  EXPECT_EQ(ids(privacy_->person(with_karl)), (names{"S-1", "S-2", "S-3"}));
  // when Anna is anonymised, then Karl is not
  std::vector<std::int64_t> hers;
  for (const auto &one : privacy_->person(anna)) hers.push_back(one.item.id);
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), hers).result, verdict::done);
  EXPECT_EQ(find("S-1").state, lead_state::erased);
  EXPECT_EQ(find("S-2").state, lead_state::received);
  EXPECT_EQ(find("S-2").content.prospect.first_name, "Karl");
}

TEST_P(identity_test, what_was_replaced_is_forgotten_with_the_person) {
  import({enquiry("W-1", "Anna Huber", "anna@example.at", "0664 5550142")});
  import({enquiry("W-1", "Anna Huber", "anna@example.at", "0664 5550199")});
  const auto item = find("W-1");
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {item.id}).result, verdict::done);
  for (const auto &event : open().timeline(item.id)) {
    for (const auto *name : {"before", "was", "is", "shared_id"}) EXPECT_FALSE(event.data.contains(name)) << name;
  }
}

TEST_P(identity_test, those_who_assign_are_told_of_a_leavers_open_leads) {
  // given
  const auto id = add_lead("L-1");
  ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, now(id).version, "verkauf1").result, verdict::done);
  const auto rings = [&](const std::string &user) {
    settings_->raise_or_clear(noon);
    std::string text;
    for (const auto &one : host_->data().notifications.of_user(user, 50)) text += one.text + "\n";
    return text;
  };
  EXPECT_EQ(rings("leitung").find("works here no longer"), std::string::npos);
  // when he leaves
  host_->data().users.set_active("verkauf1", false);
  host_->directory_changed();
  // then
  EXPECT_NE(rings("leitung").find("Person verkauf1 works here no longer and still has one open lead"),
            std::string::npos);
  EXPECT_NE(rings("admin").find("works here no longer"), std::string::npos);
  EXPECT_EQ(rings("verkauf2").find("works here no longer"), std::string::npos);
  // when somebody else has the lead, then it is taken back
  ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), id, now(id).version, "verkauf2").result, verdict::done);
  EXPECT_EQ(rings("leitung").find("works here no longer"), std::string::npos);
}

}  // namespace
