// Datenschutz: what is kept of a person is told as a whole, and goes as a whole; what is counted stays.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "intake/held_messages.hpp"
#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/privacy_desk.hpp"

namespace {

using namespace dealership;
using processing::verdict;

class privacy_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    rows_ = std::make_unique<store::privacy_rows>(open());
    const dms::host host(services_->raw());
    privacy_ = std::make_unique<processing::privacy_desk>(processing::privacy_desk::parts{
        open(), *rows_, sources_.types, *desk_, &host.required<dms_contacts>(DMS_CONTACTS_ID),
        host.service<dms_erasure>(DMS_ERASURE_ID), dms::log(nullptr)});
  }
  void TearDown() override {
    privacy_.reset();
    rows_.reset();
    with_desks::TearDown();
  }
  static std::string lead_xml(const std::string &id, const std::string &name, const std::string &type = "Test Drive") {
    return "<NeDealerLead><Id>" + id + "</Id><LeadType>" + type +
           "</LeadType><DealerCode>AT10017</DealerCode><Comments>" + "Nachricht von " + name +
           "</Comments><ListOfContact><Contact><LastName>" + name + "</LastName><EmailAddress>" + name +
           "@example.at</EmailAddress></Contact></ListOfContact></NeDealerLead>";
  }
  nlohmann::json import(const std::string &leads) {
    const auto bytes = message_of(leads);
    const dms::string_stream stream(bytes);
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    with.spool_directory = database().directory();
    const auto by = call("admin");
    const intake::importer hook(with, sources_.definitions.at("siebel_nissan"));
    return nlohmann::json::parse(hook.run(by->view(), dms::input(stream.get()), "a.xml", {}));
  }
  lead find(const std::string &id) {
    std::optional<lead> found;
    open().write([&](store::transaction &in) { found = in.find_lead("siebel_nissan", id); });
    return found.value();
  }
  /// Where the word still stands: every column of every table, the archive, and every file of the data directory.
  std::vector<std::string> places_of(const std::string &word) {
    std::vector<std::string> found;
    const auto session = database().session();
    const auto like = "%" + word + "%";
    for (const auto &[table, column] : columns_of(*session)) {
      long long count = 0;
      *session << "SELECT count(*) FROM " + table + " WHERE lower(CAST(" + column + " AS TEXT)) LIKE :word",
          soci::use(like), soci::into(count);
      if (count > 0) found.push_back(table + "." + column);
    }
    for (const auto &run : open().runs("", "", 0, 500)) {
      if (open().payload(run.payload_id).value_or("").find(word) != std::string::npos) found.push_back("archive");
    }
    for (const auto &file : std::filesystem::recursive_directory_iterator(database().directory())) {
      if (!file.is_regular_file()) continue;
      if (!file.is_regular_file()) continue;
      std::ifstream from(file.path(), std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(from), {}};
      std::transform(bytes.begin(), bytes.end(), bytes.begin(), [](unsigned char c) { return std::tolower(c); });
      if (bytes.find(word) != std::string::npos || file.path().filename().string().find(word) != std::string::npos) {
        found.push_back("file " + file.path().filename().string());
      }
    }
    return found;
  }
  std::vector<std::pair<std::string, std::string>> columns_of(soci::session &in) const {
    const bool sqlite = in.get_backend_name() == "sqlite3";
    const std::string tables =
        sqlite
            ? "SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'lead_system'";
    std::vector<std::pair<std::string, std::string>> result;
    const soci::rowset<soci::row> rows = (in.prepare << tables);
    for (const auto &row : rows) result.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
    return result;
  }
  void save(const std::string &user, const store::saved_filter &filter) {
    open().write([&](store::transaction &in) { in.save_filter(user, filter, 20); });
  }
  /// As the host keeps a file that it took in.
  std::filesystem::path keep_file(const std::string &bytes, const std::string &name,
                                  const std::string &where = "done") {
    const auto folder = host_->data_directory() / "inbox" / "siebel_nissan" / where;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }
  static std::string message_of(const std::string &leads) {
    return "<SiebelMessage><ListOfNeDealerLead>" + leads + "</ListOfNeDealerLead></SiebelMessage>";
  }
  /// All feedback is sent and answered, then the erasures are finished.
  int finish() {
    for (int round = 0; round < 5; ++round) {
      for (auto &message : open().lease_feedback("siebel_nissan", 100, noon + day_us, minute_us, "me")) {
        message.status = store::feedback_status::acknowledged;
        open().settle_feedback(message, "me", noon + day_us);
      }
    }
    return privacy_->settle(call("admin")->view());
  }
  intake::held_search held(const intake::person_keys &who) {
    const intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    return intake::held_messages(with, sources_.definitions, *rows_).of(who);
  }
  static intake::person_keys by_email(const std::string &address) {
    person who;
    who.email = address;
    intake::person_keys keys;
    keys.add(who);
    return keys;
  }
  void close(const std::string &id, time_us at) {
    auto item = find(id);
    auto who = manager();
    who.now = at;
    ASSERT_EQ(desk_->close(who, call("leitung")->view(), item.id, item.version, "lost", "no_interest", "sagt berger ab")
                  .result,
              verdict::done);
  }
  std::int64_t lost(time_us from = 0) {
    store::lead_filter filter;
    filter.outcomes = {"lost"};
    filter.from = from;
    return overview_oracle::count(open(), filter, access::system_visibility(), noon);
  }

  std::unique_ptr<store::privacy_rows> rows_;
  std::unique_ptr<processing::privacy_desk> privacy_;
};
INSTANTIATE_TEST_SUITE_P(databases, privacy_test, databases::all(), databases::name);

TEST_P(privacy_test, everything_of_a_person_is_told) {
  // given: two leads of Berger, one of somebody else; one was worked on
  import(lead_xml("1-A", "berger") + lead_xml("L-2", "moser"));
  import(lead_xml("L-3", "berger", "Quote Request"));
  const auto first = find("1-A");
  ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), first.id, first.version, "verkauf1").result,
            verdict::done);
  // when asked by e-mail in any writing, and by the number of one of the leads
  for (const auto &wanted : {processing::person_query{"Berger@Example.AT", {}, {}, 0},
                             processing::person_query{{}, {}, {}, find("L-3").id}}) {
    const auto leads = privacy_->person(wanted);
    ASSERT_EQ(leads.size(), 2U);
    const auto document = processing::privacy_desk::document_of(leads, noon);
    const auto text = document.dump();
    EXPECT_EQ(document["schema"], "dms.person/1");
    EXPECT_NE(text.find("Nachricht von berger"), std::string::npos);
    EXPECT_EQ(text.find("moser"), std::string::npos) << "of nobody else";
    const auto &worked = document["leads"][1];
    EXPECT_EQ(worked["events"].size(), 2U);
    EXPECT_EQ(worked["contacts"].size(), 1U);
    EXPECT_FALSE(worked["feedback"].empty());
  }
  EXPECT_TRUE(privacy_->person({"nobody@example.at", {}, {}, 0}).empty());
  EXPECT_TRUE(privacy_->person({{}, {}, {}, 99999}).empty());
}

TEST_P(privacy_test, a_person_who_asks_for_it_is_gone_everywhere) {
  // given
  import(lead_xml("1-A", "berger") + lead_xml("L-2", "moser"));
  import(lead_xml("L-3", "berger", "Quote Request"));
  const auto first = find("1-A");
  ASSERT_EQ(desk_->assign(manager(), call("leitung")->view(), first.id, first.version, "verkauf1").result,
            verdict::done);
  close("1-A", noon);
  const auto before = lost();
  ASSERT_FALSE(places_of("berger").empty());
  // when
  EXPECT_EQ(privacy_->erase(manager(), call("leitung")->view(), {find("1-A").id}).result, verdict::forbidden);
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("1-A").id, find("L-3").id}).result, verdict::done);
  // then: what was open was closed first, and the manufacturer hears of it before its text goes
  EXPECT_EQ(find("1-A").state, lead_state::erased);
  EXPECT_EQ(open().timeline(find("L-3").id).at(1).kind, "closed");
  EXPECT_EQ(open().timeline(find("L-3").id).at(1).data.at("reason"), "consent_withdrawn");
  EXPECT_GT(privacy_->settle(call("admin")->view()), 0) << "feedback waits to be sent";
  auto waiting = open().lease_feedback("siebel_nissan", 100, noon + day_us, minute_us, "me");
  while (!waiting.empty()) {
    for (auto &message : waiting) {
      message.status = store::feedback_status::acknowledged;
      open().settle_feedback(message, "me", noon + day_us);
    }
    waiting = open().lease_feedback("siebel_nissan", 100, noon + day_us, minute_us, "me");
  }
  EXPECT_EQ(privacy_->settle(call("admin")->view()), 0);
  EXPECT_EQ(places_of("berger"), std::vector<std::string>{});
  EXPECT_NE(open().find(find("L-2").id, access::system_visibility())->content.prospect.last_name, "") << "others stay";
  EXPECT_TRUE(privacy_->person({"berger@example.at", {}, {}, 0}).empty());
  for (const auto &contact : contacts_of("verkauf1")) EXPECT_EQ(contact.name.find("berger"), std::string::npos);
  for (const auto &bell : host_->data().notifications.of_user("verkauf1", 100)) {
    EXPECT_EQ(bell.text.find("berger"), std::string::npos);
  }
  // and the counts and the protocol
  EXPECT_EQ(lost(), before);
  const auto protocol = rows_->protocol(0, 10);
  ASSERT_EQ(protocol.size(), 2U);
  EXPECT_EQ(protocol[0].actor, "admin");
  EXPECT_EQ(protocol[0].cause, "request");
  EXPECT_GT(protocol[0].settled, 0);
  // the same message again does not bring the person back
  EXPECT_EQ(import(lead_xml("L-3", "berger", "Quote Request"))["repeated"], 1);
}

TEST_P(privacy_test, a_message_waits_for_those_of_its_leads_that_are_in_quarantine) {
  import(lead_xml("1-A", "berger") + lead_xml("L-2", "moser", "Probefart"));
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("1-A").id}).result, verdict::done);
  for (auto &message : open().lease_feedback("siebel_nissan", 100, noon + day_us, minute_us, "me")) {
    message.status = store::feedback_status::acknowledged;
    open().settle_feedback(message, "me", noon + day_us);
  }
  for (auto &message : open().lease_feedback("siebel_nissan", 100, noon + day_us, minute_us, "me")) {
    message.status = store::feedback_status::acknowledged;
    open().settle_feedback(message, "me", noon + day_us);
  }
  EXPECT_EQ(privacy_->settle(call("admin")->view()), 1);
  EXPECT_EQ(places_of("berger"), std::vector<std::string>{"archive"});
  // at the latest after a month it goes all the same
  host_->clock().set(noon + 31 * day_us);
  EXPECT_EQ(privacy_->settle(call("admin")->view()), 0);
  EXPECT_TRUE(places_of("berger").empty());
}

TEST_P(privacy_test, the_files_that_a_person_came_in_go_with_him_and_no_others) {
  // given: the message as the host keeps it, under two names; another person's; and one of the same length
  const auto his = lead_xml("L-1", "berger"), other = lead_xml("L-2", "moserl");
  import(his);
  import(other);
  const auto first = keep_file(message_of(his), "leads_berger.xml"),
             again = keep_file(message_of(his), "leads-2.xml", "quarantine"),
             kept = keep_file(message_of(other), "b.xml");
  std::ofstream(again.string() + ".reason.txt") << "1: Berger";
  const auto link = first.parent_path() / "link.xml";
  std::filesystem::create_symlink(kept, link);
  // when
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("L-1").id}).result, verdict::done);
  EXPECT_EQ(finish(), 0);
  // then
  EXPECT_EQ(places_of("berger"), std::vector<std::string>{});
  EXPECT_TRUE(std::filesystem::exists(kept));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_NE(find("L-2").content.prospect.last_name, "");
}

TEST_P(privacy_test, a_message_that_comes_again_after_the_erasure_is_erased_again) {
  const auto his = lead_xml("L-1", "berger");
  import(his);
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("L-1").id}).result, verdict::done);
  ASSERT_EQ(finish(), 0);
  // when: its sender repeats it, and the host keeps the file
  EXPECT_EQ(import(his)["repeated"], 1);
  keep_file(message_of(his), "a.xml");
  ASSERT_FALSE(places_of("berger").empty());
  // then
  EXPECT_EQ(finish(), 0);
  EXPECT_EQ(places_of("berger"), std::vector<std::string>{});
  EXPECT_EQ(find("L-1").state, lead_state::erased);
}

TEST_P(privacy_test, of_an_erased_message_no_byte_is_left_in_the_files) {
  // given: his message as the archive keeps it; compressed, so that no word of it tells
  import(lead_xml("L-1", "berger"));
  std::string kept;
  *database().session() << "SELECT packed FROM payload", soci::into(kept);
  ASSERT_GT(kept.size(), 100U);
  const auto piece = kept.substr(kept.size() / 2, 40);
  const auto files_with_it = [&] {
    std::size_t count = 0;
    for (const auto &file : std::filesystem::recursive_directory_iterator(database().directory())) {
      if (!file.is_regular_file()) continue;
      std::ifstream from(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(from), {}};
      count += bytes.find(piece) != std::string::npos ? 1U : 0U;
    }
    return count;
  };
  if (database().which() == databases::kind::sqlite) ASSERT_GT(files_with_it(), 0U);
  // when
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("L-1").id}).result, verdict::done);
  EXPECT_EQ(finish(), 0);
  // then: neither in the table, nor in SQLite's file and its log
  long long left = 0;
  *database().session() << "SELECT COUNT(*) FROM payload WHERE length(packed) > 0", soci::into(left);
  EXPECT_EQ(left, 0);
  EXPECT_EQ(files_with_it(), 0U);
}

TEST_P(privacy_test, searches_that_name_him_go_with_him) {
  import(lead_xml("L-1", "berger"));
  save("verkauf1", {"Meine offenen", "tab=open&type=test_drive"});
  save("verkauf1", {"suche", "tab=all&q=Anna%20Berger"});
  save("leitung", {"Frau Berger", "tab=open"});
  save("leitung", {"post", "q=BERGER%40example.at"});
  save("leitung", {"ort", "q=Bergern"});
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {find("L-1").id}).result, verdict::done);
  EXPECT_EQ(open().saved_filters("verkauf1").size(), 1U);
  ASSERT_EQ(open().saved_filters("leitung").size(), 1U);
  EXPECT_EQ(open().saved_filters("leitung").front().name, "ort");
}

TEST_P(privacy_test, a_person_whose_message_is_in_quarantine_is_found_and_goes) {
  // given: Berger's message could not come in, beside one of Moser that could not either
  const auto his = lead_xml("L-1", "berger", "Probefart"), other = lead_xml("L-2", "moser", "Probefart");
  import(his + other);
  import(lead_xml("L-3", "huber", "Probefart"));
  keep_file(message_of(his + other), "a.xml", "quarantine");
  // when
  const auto found = held(by_email("BERGER@example.at"));
  // then: he alone, and by his name too, but then not for certain
  ASSERT_EQ(found.found.size(), 1U);
  EXPECT_EQ(found.found.front().how, intake::held_message::by::certain);
  EXPECT_EQ(found.found.front().content.prospect.last_name, "berger");
  intake::person_keys name;
  name.names.insert("berger");
  ASSERT_EQ(held(name).found.size(), 1U);
  EXPECT_EQ(held(name).found.front().how, intake::held_message::by::name);
  auto spouse = by_email("berger@example.at");
  person moser;
  moser.last_name = "Moser";
  spouse.people.push_back(moser);
  EXPECT_EQ(held(spouse).found.front().how, intake::held_message::by::other_name);
  EXPECT_TRUE(held(by_email("nobody@example.at")).found.empty());
  // when: erased, with Moser's still waiting
  const auto item = found.found.front().of.item.id;
  ASSERT_EQ(privacy_->erase(admin(), call("admin")->view(), {}, {item}).result, verdict::done);
  EXPECT_EQ(privacy_->erase(admin(), call("admin")->view(), {}, {item}).result, verdict::not_found) << "once";
  EXPECT_EQ(finish(), 1) << "the message waits for Moser's lead";
  EXPECT_TRUE(held(by_email("berger@example.at")).found.empty());
  EXPECT_EQ(rows_->protocol(0, 10).at(0).lead_id, 0);
  // then: at the latest after a month, and nobody else's with it
  host_->clock().set(noon + 31 * day_us);
  EXPECT_EQ(finish(), 0);
  EXPECT_EQ(places_of("berger"), std::vector<std::string>{});
  EXPECT_EQ(places_of("huber"), std::vector<std::string>{"archive"});
}

TEST_P(privacy_test, a_message_that_nobody_could_read_is_searched_as_text) {
  import("<Kaputt>Berger, berger@example.at");
  ASSERT_EQ(held(by_email("berger@example.at")).found.size(), 1U);
  EXPECT_TRUE(held(by_email("moser@example.at")).found.empty());
}

TEST_P(privacy_test, what_has_ended_long_enough_ago_is_anonymised_by_itself) {
  // given: closed three years and a day ago, three years less a day ago, and still open
  import(lead_xml("1-A", "alt"));
  import(lead_xml("L-2", "jung"));
  import(lead_xml("L-3", "offen"));
  const auto now = noon + 3 * 366 * day_us;
  host_->clock().set(now);
  close("1-A", processing::months_before(now, 36) - 1);
  close("L-2", processing::months_before(now, 36) + 1);
  // when
  EXPECT_EQ(privacy_->run_retention(call("admin")->view()), 1);
  EXPECT_EQ(privacy_->run_retention(call("admin")->view()), 0) << "once";
  // then
  EXPECT_EQ(find("1-A").state, lead_state::erased);
  EXPECT_EQ(find("L-2").state, lead_state::lost);
  EXPECT_EQ(find("L-3").state, lead_state::received);
  EXPECT_EQ(lost(), 2) << "it is counted as before";
  const auto line = rows_->protocol(0, 10).at(0);
  EXPECT_EQ(line.cause, "retention");
  EXPECT_EQ(line.actor, "");
  // a type that is kept shorter
  ASSERT_EQ(settings_->lead_type(admin(), {"test_drive", 0, 30, 60, 12}).result, verdict::done);
  EXPECT_EQ(privacy_->run_retention(call("admin")->view()), 1);
  EXPECT_EQ(find("L-2").state, lead_state::erased);
}

TEST_P(privacy_test, messages_of_which_no_lead_was_made_do_not_stay_for_ever) {
  import(lead_xml("1-A", "quarantaene", "Probefart"));
  ASSERT_EQ(places_of("quarantaene"), std::vector<std::string>{"archive"});
  host_->clock().set(noon + 400 * day_us);
  privacy_->run_retention(call("admin")->view());
  EXPECT_EQ(places_of("quarantaene"), std::vector<std::string>{"archive"}) << "it may still be tried again";
  host_->clock().set(noon + 4 * 366 * day_us);
  privacy_->run_retention(call("admin")->view());
  EXPECT_TRUE(places_of("quarantaene").empty());
}

TEST_P(privacy_test, the_erasure_of_a_lead_that_changed_meanwhile_is_told) {
  import(lead_xml("1-A", "berger"));
  close("1-A", noon);
  const auto seen = find("1-A");
  ASSERT_EQ(desk_->reopen(manager(), call("leitung")->view(), seen.id, seen.version, "").result, verdict::done);
  EXPECT_EQ(desk_->forget(admin(), call("admin")->view(), seen.id, seen.version, "retention").result,
            verdict::conflict);
  EXPECT_NE(find("1-A").state, lead_state::erased);
  EXPECT_EQ(privacy_->erase(admin(), call("admin")->view(), {99999}).result, verdict::not_found);
  EXPECT_EQ(privacy_->erase(admin(), call("admin")->view(), {}).result, verdict::refused);
}

TEST(months, go_back_by_the_calendar) {
  const auto day = [](int year, unsigned month, unsigned of_month) {
    const std::chrono::sys_days at{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
    return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
  };
  EXPECT_EQ(processing::months_before(day(2023, 7, 22), 36), day(2020, 7, 22));
  EXPECT_EQ(processing::months_before(day(2021, 3, 31) + hour_us, 1), day(2021, 2, 28) + hour_us);
  EXPECT_EQ(processing::months_before(day(2021, 1, 15), 2), day(2020, 11, 15));
}

}  // namespace
