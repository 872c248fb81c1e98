// Leads in quarantine, tried again by an admin.
#include "intake/retry.hpp"
#include "paths.hpp"

#include <fstream>
#include <iterator>

#include <algorithm>

#include "integration/dealership.hpp"

namespace {

using namespace dealership;

class retry_test : public with_desks {
 protected:
  void import(const std::string &bytes, std::size_t cut_above = std::size_t{8} << 20U) {
    auto with = parts();
    with.within.cut_above_bytes = cut_above;
    with.within.block_bytes = 500;
    with.within.leads_a_transaction = 2;
    const dms::string_stream stream(bytes);
    dms::reference::host::call_wish wish;
    wish.channel = "folder";
    const auto by = host_->make_call(wish);
    intake::importer(with, sources_.definitions.at("siebel_nissan"))
        .run(by->view(), dms::input(stream.get()), "a.xml", {});
  }
  intake::importer::parts parts() {
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, notifications_, dms::log(nullptr)};
    with.spool_directory = database().directory();
    return with;
  }
  intake::retrier::result retry(const std::vector<store::import_item> &items, const intake::correction &set = {}) {
    const intake::retrier again(parts(), sources_.definitions);
    return again.retry(call("admin")->view(), *open().find_run(items.at(0).run_id), items, set);
  }
  std::vector<store::import_item> waiting() {
    std::vector<store::import_item> all;
    for (const auto &group : open().quarantine()) {
      for (auto &item : open().quarantined(group.source, group.reason, 100)) all.push_back(std::move(item));
    }
    return all;
  }
  static std::string lead_xml(const std::string &id, const std::string &type, bool reachable = true) {
    return "<NeDealerLead><Id>" + id + "</Id><LeadType>" + type + "</LeadType><DealerCode>AT10017</DealerCode>" +
           (reachable ? "<ListOfContact><Contact><EmailAddress>a" + id +
                            "@example.at</EmailAddress></Contact></ListOfContact>"
                      : "") +
           "</NeDealerLead>";
  }
  static std::string message(const std::string &leads) {
    return "<SiebelMessage><ListOfNeDealerLead>" + leads + "</ListOfNeDealerLead></SiebelMessage>";
  }
  const dms_notifications *notifications_ = nullptr;
  std::optional<lead> find(const std::string &id) {
    std::optional<lead> found;
    open().write([&](store::transaction &in) { found = in.find_lead("siebel_nissan", id); });
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(databases, retry_test, databases::all(), databases::name);

TEST_P(retry_test, a_type_that_the_sender_got_wrong_is_set_right_for_this_lead_alone) {
  // given
  import(message(lead_xml("1-A", "Test Drive") + lead_xml("2", "Probefart") + lead_xml("3", "Probefart")));
  ASSERT_EQ(waiting().size(), 2U);
  // when: as it is, the reason still holds
  auto came_to = retry({waiting().at(0)});
  EXPECT_EQ(came_to.quarantined, 1);
  EXPECT_EQ(waiting().size(), 2U);
  // when: corrected
  const auto item = waiting().at(0).external_id == "2" ? waiting().at(0) : waiting().at(1);
  came_to = retry({item}, {"test_drive", ""});
  // then
  EXPECT_EQ(came_to.accepted, 1);
  ASSERT_TRUE(find("2"));
  EXPECT_EQ(find("2")->content.type, "test_drive");
  EXPECT_FALSE(find("3"));
  EXPECT_EQ(waiting().size(), 1U);
  EXPECT_EQ(open().find_item(item.id)->retried_by, open().runs("", "", 0, 1).at(0).id);
  EXPECT_EQ(open().runs("", "", 0, 1).at(0).user, "admin");
  // and: two admins at once do it once
  came_to = retry({item}, {"test_drive", ""});
  EXPECT_EQ(came_to.accepted + came_to.repeated + came_to.quarantined, 0);
}

TEST_P(retry_test, a_payload_that_could_not_be_read_is_taken_whole_once_its_definition_is_mended) {
  // given: a definition that reads none of it
  const auto right = sources_.definitions.at("siebel_nissan");
  std::ifstream file(paths::source() + "/resources/sources/siebel_nissan.info");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  for (auto at = text.find("//NeDealerLead"); at != std::string::npos; at = text.find("//NeDealerLead", at + 1)) {
    text.replace(at, 14, "//SomethingElse");
  }
  text.replace(text.find("//ListOfNeDealerLead"), 20, "//ListOfSomething");
  sources_.definitions.at("siebel_nissan") = intake::parse_definition("siebel_nissan.info", text, sources_.types);
  import(message(lead_xml("1-A", "Test Drive") + lead_xml("2", "Test Drive")));
  ASSERT_EQ(waiting().size(), 1U);
  ASSERT_NE(open().runs("", "", 0, 1).at(0).reason, "");
  sources_.definitions.at("siebel_nissan") = right;
  // when
  const auto came_to = retry(waiting());
  // then
  EXPECT_EQ(came_to.accepted, 2);
  EXPECT_TRUE(waiting().empty());
}

TEST_P(retry_test, a_lead_of_a_large_payload_is_found_in_its_parts) {
  // given
  std::string leads;
  for (int number = 1; number <= 20; ++number) {
    leads += lead_xml(std::to_string(number), number == 17 ? "Probefart" : "Test Drive");
  }
  import(message(leads), 500);
  ASSERT_EQ(waiting().size(), 1U);
  // when
  const auto came_to = retry(waiting(), {"quote_request", "AT10023"});
  // then
  EXPECT_EQ(came_to.accepted, 1);
  EXPECT_EQ(find("17")->content.type, "quote_request");
  EXPECT_EQ(find("17")->content.dealer_code, "AT10023");
  EXPECT_TRUE(waiting().empty());
}

TEST_P(retry_test, quarantine_is_told_once_a_reason_until_nothing_waits_any_more) {
  // given
  notifications_ = &dms::host(services_->raw()).required<dms_notifications>(DMS_NOTIFICATIONS_ID);
  const auto bells = [&](const std::string &user) { return host_->data().notifications.count_unread(user); };
  // when: three payloads, two kinds of fault
  import(message(lead_xml("1", "Probefart")));
  import(message(lead_xml("2", "Probefart") + lead_xml("3", "Testfahrt")));
  import(message(lead_xml("4", "Test Drive", false)));
  ASSERT_EQ(waiting().size(), 4U);
  // then: the admins and whoever has ALLE, nobody else
  EXPECT_EQ(bells("admin"), 2);
  EXPECT_EQ(bells("leitung"), 2);
  EXPECT_EQ(bells("wien1") + bells("verkauf1"), 0);
  EXPECT_EQ(open().count_quarantined(1000), 4);
  const auto first = host_->data().notifications.of_user("admin", 10).back();
  EXPECT_NE(first.link.find("leads.intake_log"), std::string::npos) << first.link;
  EXPECT_NE(first.link.find("\"run\""), std::string::npos) << first.link;
  // and: it goes when the last one of a kind is settled
  for (const auto &item : waiting()) {
    if (item.external_id != "4") retry({item}, {"test_drive", ""});
  }
  // (the admin also hears of the dealer code of those that are leads now)
  const auto told = host_->data().notifications.of_user("admin", 10);
  EXPECT_EQ(std::count_if(told.begin(), told.end(),
                          [](const auto &one) { return one.text.find("quarantine") != std::string::npos; }),
            1);
  EXPECT_EQ(bells("leitung"), 1);
  EXPECT_EQ(open().count_quarantined(1000), 1);
}

TEST_P(retry_test, a_lead_is_as_old_as_its_payload_however_long_it_lay_in_quarantine) {
  // given: it came at noon, and again the next day
  import(message(lead_xml("2", "Probefart")));
  host_->clock().set(noon + day_us);
  import(message(lead_xml("2", "Probefart")));
  host_->clock().set(noon + 3 * day_us);
  // when
  const auto items = waiting();
  ASSERT_EQ(retry({items.at(0)}, {"test_drive", ""}).accepted, 1);
  // then
  EXPECT_EQ(find("2")->created_at, noon);
  EXPECT_EQ(open().timeline(find("2")->id).back().at, noon);
  EXPECT_GT(find("2")->updated_at, noon + 2 * day_us);
}

}  // namespace
