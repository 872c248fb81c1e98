// What an admin sees of the feedback and does about it: the channels in the settings, and the log.
#include "unit/screens_support.hpp"

using namespace screens_support;

namespace {

class screens_feedback_test : public ::testing::Test {
 protected:
  dealership house;
  std::unique_ptr<dms::screen> settings = screens::make_settings(house.parts());
  std::unique_ptr<dms::screen> log = screens::make_feedback_log(house.parts());
  std::unique_ptr<dms::screen> lead = screens::make_lead_page(house.parts());

  std::pair<dms_status, json> set(json input) {
    input["source"] = "siebel_nissan";
    return house.act(*settings, dealership::admin(), "feedback_channel", input);
  }
  std::vector<std::string> fields_of(const std::string &way) {
    const auto form = block(
        house.load(*settings, dealership::admin(), {{"tab", "feedback"}, {"channel", "siebel_nissan"}, {"way", way}}),
        "channel");
    std::vector<std::string> names;
    for (const auto &field : form["action"]["fields"]) names.push_back(field["name"]);
    return names;
  }
  json rows(const json &filter = json::object()) {
    return block(house.load(*log, dealership::admin(), filter), "messages")["rows"];
  }
  /// Sets what became of each message, once nobody can take back any more what it tells of.
  void settle(store::feedback_status status) {
    for (auto &one : house.kept().lease_feedback("siebel_nissan", 100, now + minute_us, minute_us, "test")) {
      one.status = status;
      one.attempts = 1;
      one.answer = message_json({"The receiver rejects the message: {1}", {"Unknown Id"}});
      house.kept().settle_feedback(one, "test", now);
    }
  }
};

TEST_F(screens_feedback_test, a_form_shows_the_fields_of_its_way_and_no_others) {
  using names = std::vector<std::string>;
  EXPECT_EQ(fields_of("https"), (names{"url", "user", "password", "token", "ca", "certificate", "key", "key_password",
                                       "proxy", "proxy_user", "proxy_password"}));
  EXPECT_EQ(fields_of("sftp"), (names{"url", "user", "password", "key", "key_password", "host_key", "known_hosts",
                                      "proxy", "proxy_user", "proxy_password"}));
  EXPECT_EQ(fields_of("directory"), names{"directory"});
  EXPECT_TRUE(fields_of("none").empty());
  EXPECT_THROW(fields_of("pigeon"), dms::failure);
  EXPECT_THROW(house.load(*settings, dealership::admin(), {{"tab", "feedback"}, {"channel", "adf"}}), dms::failure);
}

TEST_F(screens_feedback_test, bad_input_is_told_field_by_field) {
  const auto wrong = [&](const json &input, const std::string &field) {
    const auto [status, result] = set(input);
    EXPECT_EQ(status, dms_invalid) << input;
    EXPECT_TRUE(result["fields"].contains(field)) << input << result;
  };
  wrong({{"transport", "pigeon"}}, "transport");
  wrong({{"transport", "https"}}, "url");
  wrong({{"transport", "https"}, {"url", "http://feedback.example/"}}, "url");
  wrong({{"transport", "https"}, {"url", "file:///etc/passwd"}}, "url");
  wrong({{"transport", "https"}, {"url", "https://user:geheim@feedback.example/"}}, "url");
  wrong({{"transport", "https"}, {"url", "https://feedback.example/ a"}}, "url");
  wrong({{"transport", "https"}, {"url", "https://a.example/"}, {"ca", "/no/such/file"}}, "ca");
  wrong({{"transport", "https"}, {"url", "https://a.example/"}, {"key", "/etc/hostname"}}, "certificate");
  wrong({{"transport", "https"}, {"url", "https://a.example/"}, {"proxy", "proxy:3128"}}, "proxy");
  wrong({{"transport", "https"}, {"url", "https://a.example/"}, {"token", "a\nb"}}, "token");
  wrong({{"transport", "https"}, {"url", "https://a.example/"}, {"user", "u"}, {"token", "t"}}, "user");
  wrong({{"transport", "sftp"}, {"url", "https://a.example/"}, {"user", "u"}, {"host_key", "x"}}, "url");
  wrong({{"transport", "sftp"}, {"url", "sftp://a.example/"}, {"user", "u"}}, "host_key");
  wrong({{"transport", "sftp"}, {"url", "sftp://a.example/"}, {"user", "u"}, {"host_key", "SHA256:kurz"}}, "host_key");
  wrong({{"transport", "sftp"}, {"url", "sftp://a.example/"}, {"host_key", "x"}}, "user");
  wrong({{"transport", "directory"}, {"directory", "relative"}}, "directory");
  wrong({{"transport", "directory"}, {"directory", "/a/../b"}}, "directory");
  wrong({{"transport", "directory"}, {"directory", "/etc/cron.d"}}, "directory");
  wrong({{"transport", "directory"}, {"directory", house.channels().drop_root() + "x"}}, "directory");
  EXPECT_TRUE(house.kept().feedback_channels().empty());
}

TEST_F(screens_feedback_test, secrets_are_written_to_the_host_and_never_shown_again) {
  const json channel{{"transport", "https"}, {"url", "https://a.example/"}, {"user", "leads"}, {"password", "geheim!"}};
  EXPECT_EQ(set(channel).first, dms_ok);
  EXPECT_EQ(house.host().kept.at("feedback.siebel_nissan.password"), "geheim!");
  EXPECT_GT(house.woken(), 0);
  const json asked{{"tab", "feedback"}, {"channel", "siebel_nissan"}};
  const auto form = house.load(*settings, dealership::admin(), asked);
  EXPECT_EQ(form.dump().find("geheim!"), std::string::npos);
  const auto history = house.load(*settings, dealership::admin(), {{"tab", "history"}});
  EXPECT_EQ(history.dump().find("geheim!"), std::string::npos);
  EXPECT_NE(history.dump().find("HTTPS, https://a.example/"), std::string::npos) << block(history, "history");
  // an empty field keeps it, "remove" takes it away
  EXPECT_EQ(set({{"transport", "https"}, {"url", "https://A.example:443/other"}, {"password", ""}}).first, dms_ok);
  EXPECT_EQ(house.host().kept.count("feedback.siebel_nissan.password"), 1U);
  EXPECT_EQ(set({{"transport", "https"}, {"url", "https://b.example/"}, {"forget", {"password"}}}).first, dms_ok);
  EXPECT_EQ(house.host().kept.count("feedback.siebel_nissan.password"), 0U);
}

TEST_F(screens_feedback_test, a_secret_that_was_entered_for_one_receiver_is_asked_for_again_for_another) {
  const json first{{"transport", "https"}, {"url", "https://feedback.manufacturer.example/status"}, {"user", "dealer"}};
  auto with_secret = first;
  with_secret["password"] = "TopSecret";
  ASSERT_EQ(set(with_secret).first, dms_ok);
  const auto asked_again = [&](const json &to) {
    const auto [status, result] = set(to);
    EXPECT_EQ(status, dms_invalid) << to;
    EXPECT_TRUE(result["fields"].contains("password")) << result;
    EXPECT_EQ(house.host().kept.at("feedback.siebel_nissan.password"), "TopSecret");
  };
  for (const auto *url : {"http://127.0.0.1:8399/steal", "https://other.example/status",
                          "https://feedback.manufacturer.example:444/", "https://manufacturer.example/"}) {
    asked_again({{"transport", "https"}, {"url", url}, {"user", "dealer"}});
  }
  // also by another way, and by way of one that needs none
  asked_again({{"transport", "sftp"},
               {"url", "sftp://other.example/"},
               {"user", "dealer"},
               {"host_key", std::string("SHA256:") + std::string(43, 'A')}});
  ASSERT_EQ(set({{"transport", "directory"}}).first, dms_ok);
  asked_again({{"transport", "https"}, {"url", "https://other.example/"}, {"user", "dealer"}});
  // entered again it goes, and then stays
  with_secret["url"] = "https://other.example/";
  EXPECT_EQ(set(with_secret).first, dms_ok);
  EXPECT_EQ(set({{"transport", "https"}, {"url", "https://other.example/new"}, {"user", "dealer"}}).first, dms_ok);
}

TEST_F(screens_feedback_test, what_the_proxy_hears_belongs_to_the_proxy) {
  json channel{{"transport", "https"},   {"url", "https://a.example/"}, {"proxy", "http://p.example:3128"},
               {"proxy_user", "u"},      {"proxy_password", "geheim"},  {"user", "dealer"},
               {"password", "TopSecret"}};
  ASSERT_EQ(set(channel).first, dms_ok);
  channel["proxy"] = "http://q.example:3128";
  channel["proxy_password"] = channel["password"] = "";
  const auto [status, result] = set(channel);
  EXPECT_EQ(status, dms_invalid);
  EXPECT_TRUE(result["fields"].contains("proxy_password")) << result;
  EXPECT_FALSE(result["fields"].contains("password")) << "what goes over TLS the proxy does not hear";
}

TEST_F(screens_feedback_test, a_link_in_a_drop_folder_is_not_followed) {
  // given a folder that somebody else empties, who puts a link there
  const std::filesystem::path root = house.channels().drop_root();
  const auto elsewhere = root.parent_path() / "elsewhere";
  std::filesystem::create_directories(elsewhere);
  std::filesystem::create_directories(root);
  std::filesystem::create_directory_symlink(elsewhere, root / "nissan");
  EXPECT_EQ(set({{"transport", "directory"}, {"directory", (root / "nissan").string()}}).first, dms_ok);
  const auto test = [&] {
    return house.act(*settings, dealership::admin(), "feedback_test", {{"source", "siebel_nissan"}}).first;
  };
  EXPECT_EQ(test(), dms_refused);
  EXPECT_TRUE(std::filesystem::is_empty(elsewhere));
  std::filesystem::remove(root / "nissan");
  EXPECT_EQ(test(), dms_ok);
  EXPECT_TRUE(std::filesystem::is_directory(root / "nissan"));
}

TEST_F(screens_feedback_test, a_channel_is_tried_out_and_no_message_is_counted) {
  const auto test = [&] {
    return house.act(*settings, dealership::admin(), "feedback_test", {{"source", "siebel_nissan"}});
  };
  EXPECT_EQ(test().first, dms_refused) << "not set up";
  EXPECT_EQ(set({{"transport", "directory"}}).first, dms_ok);
  EXPECT_EQ(test().first, dms_ok) << test().second;
  const std::filesystem::path root = house.channels().drop_root();
  std::filesystem::create_directories(root);
  std::ofstream(root / "file") << "no folder";
  EXPECT_EQ(set({{"transport", "directory"}, {"directory", (root / "file/no").string()}}).first, dms_ok);
  EXPECT_EQ(test().first, dms_refused);
  EXPECT_EQ(set({{"transport", "https"}, {"url", "http://127.0.0.1:9/"}}).first, dms_ok);
  const auto [status, result] = test();
  EXPECT_EQ(status, dms_refused);
  EXPECT_NE(result["message"].get<std::string>().find("nicht erreichbar"), std::string::npos) << result;
  EXPECT_TRUE(rows().empty());
}

TEST_F(screens_feedback_test, the_log_shows_messages_and_finds_them) {
  house.import_sample();
  ASSERT_EQ(rows().size(), 3U);
  const auto first = rows()[0];
  const auto one = house.load(*log, dealership::admin(), first["link"]["params"]);
  EXPECT_NE(block(one, "body")["text"].get<std::string>().find("NeDealerLeadStatus"), std::string::npos);
  EXPECT_FALSE(first["cells"]["lead"].contains("link")) << "an admin without leads gets no way to one";
  EXPECT_EQ(rows({{"q", "1-7QX2K1-001"}}).size(), 1U);
  EXPECT_EQ(rows({{"status", "waiting"}, {"source", "siebel_nissan"}}).size(), 3U);
  EXPECT_TRUE(rows({{"status", "rejected"}}).empty());
  EXPECT_THROW(rows({{"status", "maybe"}}), dms::failure);
  const auto exported = house.load(*log, dealership::admin(), {{"export", "csv"}, {"limit", "500"}});
  EXPECT_EQ(block(exported, "messages")["rows"][0]["cells"]["message_id"], first["cells"]["message"]["value"]);
}

TEST_F(screens_feedback_test, everybody_reads_the_answer_in_his_language) {
  house.import_sample();
  settle(store::feedback_status::rejected);
  auto english = dealership::admin();
  english.locale = "en";
  const auto told = [&](const auto &who) {
    return block(house.load(*log, who, json::object()), "messages")["rows"][0]["cells"]["state"]["detail"];
  };
  EXPECT_EQ(told(dealership::admin()), "Der Empfänger weist die Rückmeldung ab: Unknown Id");
  EXPECT_EQ(told(english), "The receiver rejects the message: Unknown Id");
}

TEST_F(screens_feedback_test, an_admin_sends_again_and_gives_up_with_a_reason) {
  house.import_sample();
  settle(store::feedback_status::rejected);
  const auto act = [&](const std::string &action, const json &input) {
    return house.act(*log, dealership::admin(), action, input);
  };
  const auto document = house.load(*log, dealership::admin());
  ASSERT_EQ(document["actions"].size(), 1U) << "all rejected at once";
  const auto id = rows()[0]["id"];
  EXPECT_EQ(act("give_up", {{"message", id}}).first, dms_invalid) << "without a reason";
  EXPECT_EQ(act("give_up", {{"message", id}, {"reason", "Händler hat angerufen"}}).first, dms_ok);
  EXPECT_EQ(act("give_up", {{"message", id}, {"reason", "noch einmal"}}).first, dms_refused);
  const auto page = house.load(*log, dealership::admin(), {{"message", id}});
  EXPECT_EQ(block(page, "message").dump().find("Wimmer") != std::string::npos, true);
  EXPECT_NE(block(page, "message").dump().find("Händler hat angerufen"), std::string::npos);
  const auto [status, result] = act("resend_all", {{"source", "siebel_nissan"}, {"status", "rejected"}});
  EXPECT_EQ(status, dms_ok) << result;
  EXPECT_EQ(rows({{"status", "waiting"}}).size(), 2U);
  EXPECT_EQ(act("resend_all", {{"source", "siebel_nissan"}, {"status", "rejected"}}).first, dms_refused);
  EXPECT_EQ(act("resend_all", {{"source", "siebel_nissan"}, {"status", "acknowledged"}}).first, dms_invalid);
  EXPECT_EQ(act("resend", {{"message", "4711"}}).first, dms_refused);
  // and the lead's timeline says so to those who see it
  const auto lead_id = rows({{"status", "given_up"}})[0]["cells"]["lead"]["value"].dump();
  const auto timeline = block(house.load(*lead, dealership::manager(), {{"id", lead_id}}), "timeline").dump();
  EXPECT_NE(timeline.find("Rückmeldung aufgegeben"), std::string::npos);
  EXPECT_NE(timeline.find("Händler hat angerufen"), std::string::npos);
}

}  // namespace
