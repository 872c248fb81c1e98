// Definitions of one's own: saved, activated, read by at every host, gone back from; on both databases.
#include "intake/own_definitions.hpp"

#include "contributed.hpp"
#include "intake/retry.hpp"
#include "integration/dealership.hpp"

namespace {

using namespace dealership;
using verdict = intake::own_definitions::outcome::verdict;

/// One host's plugin, as far as sources go.
struct station {
  station(store::store &store, const intake::sources &shipped)
      : rows(store),
        book(shipped, rows),
        desk(book, rows,
             [this](const dms::call &, const std::string &action, const std::string &subject,
                    const std::string &detail) { audited.push_back(action + " " + subject + " " + detail); }) {
    book.look();
  }
  std::vector<std::string> audited;
  store::definition_rows rows;
  intake::source_book book;
  intake::own_definitions desk;
};

class own_definitions_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    here_ = std::make_unique<station>(open(), sources_);
    there_ = std::make_unique<station>(open(), sources_);
  }
  void TearDown() override {
    there_.reset();
    here_.reset();
    with_desks::TearDown();
  }

  intake::own_definitions::outcome create(const std::string &base, const std::string &id,
                                          const std::string &title = {}) {
    return here_->desk.create(call("admin")->view(), base, id, title);
  }
  intake::own_definitions::outcome save(const std::string &id, const std::string &text, std::int64_t seen_last) {
    return here_->desk.save(call("admin")->view(), id, text, "why", seen_last);
  }
  intake::own_definitions::outcome activate(const std::string &id, std::int64_t number, std::int64_t seen) {
    return here_->desk.activate(call("admin")->view(), id, number, seen);
  }
  /// A form whose phone number stands where nobody looks for it.
  static std::string payload(const std::string &id) {
    return R"({"id":")" + id + R"(","vorname":"Eva","nachname":"Moser","rueckruf":"0664 5550142"})";
  }
  std::string text_with_callback() const {
    auto text = sources_.texts.at("web_json");
    const std::string known = "  number \"/phone\"\n";
    return text.replace(text.find(known), known.size(), "  number \"/rueckruf\"\n" + known);
  }
  /// What the way in of a host answers.
  std::string deliver(station &at, const std::string &source, const std::string &bytes) {
    static const screens::words texts;
    intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
    with.spool_directory = database().directory();
    at.book.look();  // the way in of a new id is there from the next start on
    const auto known = at.book.now();
    source_hook hook(with, known->at(source), at.book, texts, [] {});
    const dms::string_stream stream(bytes);
    const auto by = host_->make_call({});
    return hook.run(by->view(), dms::input(stream.get()), "form.json", {});
  }
  int accepted(const std::string &report) { return nlohmann::json::parse(report)["accepted"]; }
  int quarantined(const std::string &report) { return nlohmann::json::parse(report)["quarantined"]; }
  store::import_run last_run() { return open().runs("", "", 0, 1).at(0); }

  std::unique_ptr<station> here_, there_;
};
INSTANTIATE_TEST_SUITE_P(databases, own_definitions_test, databases::all(), databases::name);

TEST_P(own_definitions_test, a_payload_is_read_by_the_own_definition_at_every_host_and_by_the_shipped_one_again) {
  // given: the form of a sender that the shipped definition cannot reach anybody by
  EXPECT_EQ(quarantined(deliver(*here_, "web_json", payload("1"))), 1);
  EXPECT_EQ(last_run().definition_version, 0);
  // when: an own one is made of it, changed and activated
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  const auto saved = save("web_json", text_with_callback(), 1);
  ASSERT_EQ(saved.is, verdict::done) << in_english(saved.text);
  EXPECT_EQ(saved.version, 2);
  EXPECT_EQ(quarantined(deliver(*here_, "web_json", payload("2"))), 1) << "a draft reads nothing";
  ASSERT_EQ(activate("web_json", 2, 0).is, verdict::done);
  // then: here and at the other host, without a restart, and the log says which version it was
  EXPECT_EQ(accepted(deliver(*here_, "web_json", payload("3"))), 1);
  EXPECT_EQ(last_run().definition_version, 2);
  EXPECT_EQ(accepted(deliver(*there_, "web_json", payload("4"))), 1);
  EXPECT_EQ(last_run().definition_version, 2);
  // and what waits is read by it when it is tried again
  intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
  const intake::retrier again(with, here_->book.known());
  const auto group = open().quarantine().at(0);
  const auto items = open().quarantined(group.source, group.reason, 10);
  EXPECT_EQ(again.retry(call("admin")->view(), *open().find_run(items.at(0).run_id), {items.at(0)}, {}).accepted, 1);
  EXPECT_EQ(last_run().definition_version, 2);
  // and back
  ASSERT_EQ(activate("web_json", 0, 2).is, verdict::done);
  EXPECT_EQ(quarantined(deliver(*there_, "web_json", payload("5"))), 1);
  EXPECT_EQ(last_run().definition_version, 0);
  // each with its line of history and audit
  const auto history = open().settings_history(10);
  EXPECT_EQ(std::count_if(history.begin(), history.end(), [](const auto &one) { return one.kind == "definition"; }), 2);
  EXPECT_EQ(here_->audited, (std::vector<std::string>{
                                "definition.created web_json version 1", "definition.saved web_json version 2",
                                "definition.activated web_json version 2", "definition.activated web_json none"}));
}

TEST_P(own_definitions_test, what_waits_is_not_ticked_off_for_another_lead_that_a_version_finds_in_its_place) {
  // given: a lead that waits, as the first of its payload
  const std::string both = R"({"leads":[{"id":"W-4711","vorname":"Eva","nachname":"Moser"}],)"
                           R"("entries":[{"id":"W-4719","nachname":"Huber","email":"paul@example.at"}]})";
  ASSERT_EQ(quarantined(deliver(*here_, "web_json", both)), 1);
  // when: the version by which it is tried again takes the leads from elsewhere
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  auto text = sources_.texts.at("web_json");
  const std::string known = "  record \"/leads\"\n";
  ASSERT_EQ(save("web_json", text.erase(text.find(known), known.size()), 1).is, verdict::done);
  ASSERT_EQ(activate("web_json", 2, 0).is, verdict::done);
  intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
  const intake::retrier again(with, here_->book.known());
  const auto group = open().quarantine().at(0);
  const auto items = open().quarantined(group.source, group.reason, 10);
  ASSERT_EQ(items.size(), 1U);
  const auto came = again.retry(call("admin")->view(), *open().find_run(items.at(0).run_id), items, {});
  // then: it waits on, and one is told what to do
  EXPECT_FALSE(came.refusal.empty());
  EXPECT_EQ(open().quarantined(group.source, group.reason, 10).size(), 1U);
}

TEST_P(own_definitions_test, an_earlier_version_reads_again) {
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  ASSERT_EQ(save("web_json", text_with_callback(), 1).is, verdict::done);
  ASSERT_EQ(activate("web_json", 2, 0).is, verdict::done);
  // when
  ASSERT_EQ(activate("web_json", 1, 2).is, verdict::done);
  // then
  EXPECT_EQ(quarantined(deliver(*there_, "web_json", payload("1"))), 1);
  EXPECT_EQ(last_run().definition_version, 1);
  EXPECT_EQ(here_->rows.versions("web_json").size(), 2U) << "no version is lost by going back";
}

TEST_P(own_definitions_test, of_two_admins_at_once_the_second_is_told) {
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  ASSERT_EQ(save("web_json", text_with_callback(), 1).is, verdict::done);
  // when: another one saves and activates from what he saw before
  const auto by = call("leitung");
  const auto later = there_->desk.save(by->view(), "web_json", text_with_callback() + "; more\n", "", 1);
  // then
  EXPECT_EQ(later.is, verdict::conflict);
  EXPECT_EQ(here_->rows.find("web_json")->last, 2);
  ASSERT_EQ(activate("web_json", 2, 0).is, verdict::done);
  EXPECT_EQ(there_->desk.activate(by->view(), "web_json", 1, 0).is, verdict::conflict);
  EXPECT_EQ(here_->rows.find("web_json")->active, 2);
}

TEST_P(own_definitions_test, a_source_of_its_own_is_closed_when_nothing_is_active_and_loses_nothing) {
  ASSERT_EQ(create("web_json", "club_form", "Clubformular").is, verdict::done);
  EXPECT_FALSE(here_->book.now()->contains("club_form")) << "a draft is no source";
  ASSERT_EQ(activate("club_form", 1, 0).is, verdict::done);
  const std::string good = R"({"id":"1","nachname":"Moser","email":"eva@example.at"})";
  EXPECT_EQ(accepted(deliver(*here_, "club_form", good)), 1);
  // when: switched off
  ASSERT_EQ(activate("club_form", 0, 1).is, verdict::done);
  const std::string waits = R"({"id":"2","nachname":"Huber","email":"paul@example.at"})";
  EXPECT_EQ(quarantined(deliver(*there_, "club_form", waits)), 1);
  // then: it is archived, and read once there is a definition again
  const auto group = open().quarantine().at(0);
  EXPECT_NE(group.reason.find("No version of this source's definition is active"), std::string::npos) << group.reason;
  ASSERT_EQ(activate("club_form", 1, 0).is, verdict::done);
  intake::importer::parts with{open(), sources_.types, *organisation_, writer_, nullptr, dms::log(nullptr)};
  const intake::retrier again(with, here_->book.known());
  const auto items = open().quarantined(group.source, group.reason, 10);
  EXPECT_EQ(again.retry(call("admin")->view(), *open().find_run(items.at(0).run_id), items, {}).accepted, 1);
}

TEST_P(own_definitions_test, one_that_a_newer_plugin_cannot_use_is_closed_and_told) {
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  ASSERT_EQ(activate("web_json", 1, 0).is, verdict::done);
  // when: the words that it uses mean nothing any more
  *database().session() << "UPDATE own_definition_version SET text = 'source web_json' WHERE version = 1";
  const station upgraded(open(), sources_);
  // then: known to be unusable, with its feedback and title as shipped, and nothing is read by another one
  EXPECT_EQ(upgraded.book.unusable(), std::vector<std::string>{"web_json"});
  const auto known = upgraded.book.now();
  EXPECT_FALSE(known->at("web_json").closed.empty());
  EXPECT_EQ(known->at("web_json").category, "siebel_nissan");
  station other(open(), sources_);
  EXPECT_EQ(quarantined(deliver(other, "web_json", R"({"id":"1","email":"eva@example.at"})")), 1);
  EXPECT_TRUE(open().payload(last_run().payload_id).has_value());
  // and the way back is open
  ASSERT_EQ(other.desk.activate(call("admin")->view(), "web_json", 0, 1).is, verdict::done);
  EXPECT_EQ(accepted(deliver(other, "web_json", R"({"id":"2","email":"eva@example.at"})")), 1);
}

TEST_P(own_definitions_test, what_is_wrong_is_refused_with_every_reason) {
  EXPECT_EQ(create("web_json", "siebel_nissan").is, verdict::invalid) << "taken by another shipped one";
  EXPECT_EQ(create("web_json", "Über uns").is, verdict::invalid);
  EXPECT_EQ(create("by_hand", "by_hand").is, verdict::invalid) << "the plugin's own form";
  EXPECT_EQ(create("nothing", "mine", "Mine").is, verdict::invalid);
  EXPECT_EQ(create("web_json", "mine", "").is, verdict::invalid) << "without a title";
  ASSERT_EQ(create("web_json", "mine", "Mine \"and\" yours").is, verdict::done);
  EXPECT_EQ(here_->rows.find("mine")->title, "Mine \"and\" yours");
  EXPECT_EQ(create("adf", "mine", "Mine").is, verdict::invalid) << "there is one already";
  const auto text = here_->rows.version("mine", 1)->text;
  auto broken = text;
  broken.replace(broken.find("format json"), 11, "format yaml");
  EXPECT_EQ(save("mine", broken, 1).wrong.size(), 1U);
  EXPECT_EQ(save("mine", sources_.texts.at("adf"), 1).is, verdict::invalid) << "of another source";
  EXPECT_EQ(save("mine", text, 1).is, verdict::invalid) << "nothing was changed";
  EXPECT_EQ(save("mine", text + std::string(200'000, ';'), 1).is, verdict::invalid);
  EXPECT_EQ(save("nobodys", text, 1).is, verdict::not_found);
  auto endless = text;
  endless.replace(endless.find("title \""), 7, "title \"" + std::string(200, 'x'));
  EXPECT_EQ(save("mine", endless, 1).wrong.size(), 1U) << "lists show titles";
  EXPECT_EQ(activate("mine", 7, 0).is, verdict::not_found);
}

TEST_P(own_definitions_test, the_form_new_lead_keeps_its_definition) {
  // given: a sound definition of its id, as a file
  auto text = sources_.texts.at("web_json");
  const std::string of = "source web_json";
  text.replace(text.find(of), of.size(), "source by_hand");
  // then: nothing takes its place
  EXPECT_EQ(here_->desk.take_in(call("admin")->view(), text).is, verdict::invalid);
  EXPECT_FALSE(here_->rows.find("by_hand"));
}

TEST_P(own_definitions_test, titles_and_notes_are_as_long_in_every_language) {
  std::string title, note;
  for (int count = 0; count < 100; ++count) title += "ü";
  for (int count = 0; count < 500; ++count) note += "ß";
  ASSERT_EQ(create("web_json", "mine", title).is, verdict::done);
  EXPECT_EQ(create("web_json", "mine_too", title + "x").is, verdict::invalid);
  // and: what a browser would not send does not reach the database
  const auto changed = here_->rows.version("mine", 1)->text + "; changed\n";
  ASSERT_EQ(here_->desk.save(call("admin")->view(), "mine", changed, note, 1).is, verdict::done);
  EXPECT_EQ(here_->rows.version("mine", 2)->note, note);
  ASSERT_EQ(here_->desk.save(call("admin")->view(), "mine", changed + ";\n", std::string("a\0b\nc", 5), 2).is,
            verdict::done);
  EXPECT_EQ(here_->rows.version("mine", 3)->note, "ab c");
  EXPECT_EQ(here_->desk.save(call("admin")->view(), "mine", changed + ";;\n", note + "x", 3).is, verdict::invalid);
}

TEST_P(own_definitions_test, drafts_are_discarded_and_what_has_read_stays) {
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  ASSERT_EQ(activate("web_json", 1, 0).is, verdict::done);
  ASSERT_EQ(save("web_json", text_with_callback(), 1).is, verdict::done);
  const auto by = call("admin");
  EXPECT_EQ(here_->desk.drop_draft(by->view(), "web_json", 1).is, verdict::conflict);
  EXPECT_EQ(here_->desk.drop_draft(by->view(), "web_json", 2).is, verdict::done);
  // Its number is not given again: logs name versions.
  EXPECT_EQ(save("web_json", text_with_callback(), 2).version, 3);
  // With the last draft the definition goes.
  ASSERT_EQ(create("adf", "mine", "Mine").is, verdict::done);
  EXPECT_EQ(here_->desk.drop_draft(by->view(), "mine", 1).is, verdict::done);
  EXPECT_FALSE(here_->rows.find("mine"));
}

TEST_P(own_definitions_test, that_the_shipped_one_has_changed_is_said_until_somebody_has_looked) {
  ASSERT_EQ(create("web_json", "web_json").is, verdict::done);
  EXPECT_FALSE(here_->desk.base_has_changed(*here_->rows.find("web_json")));
  // when: the next version of the plugin brings another text
  sources_.texts.at("web_json") += "; new\n";
  EXPECT_TRUE(here_->desk.base_has_changed(*here_->rows.find("web_json")));
  // then
  ASSERT_EQ(here_->desk.note_base(call("admin")->view(), "web_json").is, verdict::done);
  EXPECT_FALSE(here_->desk.base_has_changed(*here_->rows.find("web_json")));
}

TEST_P(own_definitions_test, a_file_is_taken_in_as_it_was_written_out) {
  ASSERT_EQ(create("web_json", "mine", "Mine").is, verdict::done);
  const auto text = here_->rows.version("mine", 1)->text;
  EXPECT_EQ(here_->desk.take_in(call("admin")->view(), text).is, verdict::invalid) << "it is here";
  ASSERT_EQ(here_->desk.drop_draft(call("admin")->view(), "mine", 1).is, verdict::done);
  // with the line ends of another machine
  std::string windows;
  for (const char letter : text) windows += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
  ASSERT_EQ(here_->desk.take_in(call("admin")->view(), windows).is, verdict::done);
  EXPECT_EQ(here_->rows.version("mine", 1)->text, text);
  EXPECT_EQ(here_->desk.take_in(call("admin")->view(), "GIF89a").is, verdict::invalid);
}

}  // namespace
