// The importer on a real store (SQLite): what becomes of each lead of a payload.
#include <gtest/gtest.h>

#include "lead/corrections.hpp"
#include "unit/import_support.hpp"

namespace {

using namespace import_support;

class intake_import : public with_importer {};

TEST_F(intake_import, the_sample_twice) {
  // when the sample comes in
  const auto text = sample("siebel_nissan/test_drives_2020-07-22.xml");
  const auto first = import("siebel_nissan", text);
  // then three leads are accepted and one is quarantined with its reason
  EXPECT_EQ(first["accepted"], 3) << first.dump(1);
  EXPECT_EQ(first["quarantined"], 1);
  EXPECT_EQ(first["items"][3]["outcome"], "quarantined");
  EXPECT_EQ(first["items"][3]["lead"], nullptr);
  EXPECT_EQ(feedback_, 3);
  const auto fast = find("siebel_nissan", "1-7QX2K1-001");
  ASSERT_TRUE(fast);
  EXPECT_EQ(fast->location, "wien");
  EXPECT_EQ(fast->category, "siebel_nissan");
  EXPECT_EQ(fast->reminder_at, monday_ten + 30 * minute_us);
  EXPECT_EQ(fast->escalation_at, monday_ten + 60 * minute_us);
  EXPECT_EQ(fast->content.prospect.phones.at(0).number, "+436641234567");
  EXPECT_EQ(find("siebel_nissan", "1-7QX2K1-003")->location, "");
  EXPECT_TRUE(host_.notified.contains("unknown_dealer_code:siebel_nissan:AT99999"));
  EXPECT_EQ(store_->payload(fast->payload_id), text);
  EXPECT_EQ(store_->timeline(fast->id).at(0).kind, "received");
  // when the same bytes come again, then nothing changes
  const auto again = import("siebel_nissan", text);
  EXPECT_EQ(again["accepted"], 0);
  // and the one that stays unusable is a repeat like the others, with its reason
  EXPECT_EQ(again["repeated"], 4);
  EXPECT_EQ(again["quarantined"], 0);
  EXPECT_FALSE(again["items"][3]["reason"].is_null());
  EXPECT_EQ(feedback_, 3);
  EXPECT_EQ(find("siebel_nissan", "1-7QX2K1-001")->version, fast->version);
}

TEST_F(intake_import, changed_content_updates_an_open_lead) {
  import("siebel_nissan", siebel(contact("<EmailAddress>a@b.at</EmailAddress>")));
  const auto before = find("siebel_nissan", "1-A").value();
  const auto report =
      import("siebel_nissan", siebel(contact("<EmailAddress>a@b.at</EmailAddress>") + "<Comments>neu</Comments>"));
  EXPECT_EQ(report["accepted"], 1);
  EXPECT_EQ(report["updated"], 1);
  const auto after = find("siebel_nissan", "1-A").value();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.version, before.version + 1);
  EXPECT_EQ(after.content.message, "neu");
  EXPECT_EQ(store_->timeline(after.id).at(0).kind, "updated");
  EXPECT_EQ(store_->timeline(after.id).at(0).data.at("changed"), "message");
  EXPECT_EQ(feedback_, 1);
}

TEST_F(intake_import, what_a_person_corrected_stays_until_the_sender_writes_something_new) {
  const auto send = [&](const std::string &email, const std::string &city, const std::string &comment) {
    import("siebel_nissan", siebel(contact("<LastName>Huber</LastName><EmailAddress>" + email +
                                           "</EmailAddress><City>" + city + "</City>") +
                                   "<Comments>" + comment + "</Comments>"));
    return find("siebel_nissan", "1-A").value();
  };
  // given a lead whose e-mail and phone a salesperson corrected
  auto item = send("eva@hubre.at", "Wien", "eins");
  const auto as_sent = item.content.prospect;
  store_->write([&](store::transaction &in) {
    item.content.prospect.email = "eva@huber.at";
    item.content.prospect.phones = {{"+436641234567", "mobile"}};
    ASSERT_TRUE(in.update_lead_content(item, in.content_digest(item.id)));
    in.add_event(
        {0, item.id, now_, "edited", "eva", "Eva", {}, event_data(correction_of(as_sent, item.content.prospect))});
  });
  // when the sender writes again, with the mistake and another town
  item = send("eva@hubre.at", "Graz", "zwei");
  // then the corrections stay, the rest is new, and the timeline says so
  EXPECT_EQ(item.content.prospect.email, "eva@huber.at");
  EXPECT_EQ(item.content.prospect.phones.at(0).number, "+436641234567");
  EXPECT_EQ(item.content.prospect.city, "Graz");
  EXPECT_EQ(store_->timeline(item.id).at(0).data.at("kept"), "email,phones");
  // and again
  EXPECT_EQ(send("eva@hubre.at", "Graz", "drei").content.prospect.email, "eva@huber.at");
  // when the sender has a new address, then that is newer than the correction
  item = send("eva.huber@gmx.at", "Graz", "vier");
  EXPECT_EQ(item.content.prospect.email, "eva.huber@gmx.at");
  EXPECT_EQ(store_->timeline(item.id).at(0).data.at("was"), R"({"email":"eva@huber.at","message":"drei"})");
  EXPECT_EQ(store_->timeline(item.id).at(0).data.at("kept"), "phones");
  // and from then on it is the sender's
  EXPECT_EQ(send("eva@hubre.at", "Graz", "fuenf").content.prospect.email, "eva@hubre.at");
}

TEST_F(intake_import, a_correction_that_was_taken_back_is_none) {
  import("siebel_nissan", siebel(contact("<LastName>Huber</LastName><EmailAddress>a@b.at</EmailAddress>")));
  auto item = find("siebel_nissan", "1-A").value();
  const auto as_sent = item.content.prospect;
  auto other = as_sent;
  other.email = "x@y.at";
  store_->write([&](store::transaction &in) {
    for (const auto &made : {correction_of(as_sent, other), correction_of(other, as_sent)}) {
      in.add_event({0, item.id, now_, "edited", "eva", "Eva", {}, event_data(made)});
    }
  });
  import("siebel_nissan", siebel(contact("<LastName>Huber</LastName><EmailAddress>new@b.at</EmailAddress>")));
  EXPECT_EQ(find("siebel_nissan", "1-A")->content.prospect.email, "new@b.at");
  // and the timeline says what was replaced
  EXPECT_EQ(store_->timeline(item.id).at(0).data.at("was"), R"({"email":"a@b.at"})");
}

TEST_F(intake_import, a_closed_lead_is_never_changed_but_followed) {
  import("siebel_nissan", siebel(contact("<EmailAddress>a@b.at</EmailAddress>")));
  auto closed = find("siebel_nissan", "1-A").value();
  store_->write([&](store::transaction &in) {
    closed.state = lead_state::lost;
    closed.reason = "no_interest";
    ASSERT_TRUE(in.update_lead(closed));
  });
  const auto same = import("siebel_nissan", siebel(contact("<EmailAddress>a@b.at</EmailAddress>")));
  EXPECT_EQ(same["repeated"], 1);
  const auto report =
      import("siebel_nissan", siebel(contact("<EmailAddress>a@b.at</EmailAddress>") + "<Comments>doch</Comments>"));
  EXPECT_EQ(report["accepted"], 1);
  EXPECT_EQ(report["updated"], 0);
  const auto next = find("siebel_nissan", "1-A").value();
  EXPECT_NE(next.id, closed.id);
  EXPECT_EQ(next.follows, closed.id);
  EXPECT_EQ(feedback_, 2);
}

TEST_F(intake_import, the_same_person_again_follows) {
  import("siebel_nissan", siebel(contact("<EmailAddress>Eva@huber.at</EmailAddress>")));
  const auto first = find("siebel_nissan", "1-A").value();
  now_ += 80 * day_us;
  import("web_json", R"({"id":"w","email":"eva@HUBER.at"})");
  EXPECT_EQ(find("web_json", "w")->follows, first.id);
}

TEST_F(intake_import, before_the_cutover_it_is_legacy) {
  store_->write([&](store::transaction &in) {
    in.set_lead_type({"test_drive", 1'595'500'000 * second_us, 240, 600, 36}, "admin", 1);
  });
  const auto report = import("siebel_nissan", siebel("<Created>07/22/2020 07:15:00</Created>" +
                                                     contact("<EmailAddress>a@b.at</EmailAddress>")));
  EXPECT_EQ(report["legacy"], 1) << report.dump();
  EXPECT_FALSE(find("siebel_nissan", "1-A"));
  EXPECT_EQ(feedback_, 0);
}

TEST_F(intake_import, test_leads_are_answered_and_not_kept) {
  auto text = sample("web_json/google_lead_form.json");
  text.replace(text.find("\"is_test\":false"), 15, "\"is_test\":true");
  const auto report = import("web_json", text);
  EXPECT_EQ(report["repeated"], 1);
  EXPECT_NE(report["items"][0]["reason"].get<std::string>().find("test lead"), std::string::npos);
  EXPECT_FALSE(find("web_json", "Cj0KEQjw-samp1e"));
}

TEST_F(intake_import, the_key_of_the_web_form_is_checked) {
  host_.secret = "change-me";
  EXPECT_EQ(import("web_json", sample("web_json/google_lead_form.json"))["accepted"], 1);
  host_.secret = "changed!!";
  EXPECT_EQ(import("web_json", sample("web_json/google_lead_form.json"))["quarantined"], 1);
}

TEST_F(intake_import, what_cannot_be_read_is_quarantined_whole_and_archived) {
  for (const auto &text : {std::string(), std::string("<a>"), sample("adf/two_prospects.xml")}) {
    const auto report = import("siebel_nissan", text);
    EXPECT_EQ(report["quarantined"], 1);
    EXPECT_FALSE(report["reason"].get<std::string>().empty());
    const auto run = store_->runs("siebel_nissan", "", 0, 1).at(0);
    EXPECT_EQ(run.receipt, report["receipt"]);
    EXPECT_EQ(store_->payload(run.payload_id).value_or("none"),
              text.empty() ? store_->payload(run.payload_id).value_or("none") : text);
  }
}

TEST_F(intake_import, over_a_limit_it_is_refused_and_archived_by_digest) {
  try {
    import("siebel_nissan", std::string((std::size_t{32} << 20U) + 1, ' '));
    FAIL() << "not refused";
  } catch (const dms::failure &problem) {
    EXPECT_EQ(problem.status(), dms_too_large);
  }
  const auto run = store_->runs("siebel_nissan", "", 0, 1).at(0);
  EXPECT_EQ(run.bytes, (std::int64_t{32} << 20) + 1);
  EXPECT_EQ(run.digest.size(), 64U);
}

TEST_F(intake_import, the_same_lead_twice_in_one_payload) {
  const std::string one = "<NeDealerLead><Id>7</Id><LeadType>Test Drive</LeadType>" +
                          contact("<EmailAddress>a@b.at</EmailAddress>") + "</NeDealerLead>";
  const auto report = import("siebel_nissan", "<ListOfNeDealerLead>" + one + one + "</ListOfNeDealerLead>");
  EXPECT_EQ(report["accepted"], 1);
  EXPECT_EQ(report["repeated"], 1);
}

}  // namespace
