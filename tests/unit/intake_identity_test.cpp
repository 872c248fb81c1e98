// Whose lead it is: nobody's lead is overwritten by another person's, nothing is lost, and what came is not made twice.
#include <gtest/gtest.h>

#include "integration/overview_oracle.hpp"
#include "unit/import_support.hpp"

namespace {

using namespace import_support;

class intake_identity : public with_importer {
 protected:
  static std::string form(const std::string &id, const std::string &name, const std::string &email,
                          const std::string &message = "Bitte melden") {
    json one{{"name", name}, {"email", email}, {"message", message}};
    if (!id.empty()) one["id"] = id;
    return one.dump();
  }
  static std::string mail(const std::string &subject, const std::string &body, const std::string &headers = {}) {
    return "From: Portal <leads@portal.example>\nTo: leads@haendler.example\nSubject: " + subject +
           "\nDate: Sat, 28 Nov 2026 10:16:00 +0100\n" + headers + "Content-Type: text/plain; charset=utf-8\n\n" +
           body + "\n";
  }
  static std::string adf(const std::string &id, const std::string &comment) {
    return "<adf><prospect>" + (id.empty() ? "" : "<id>" + id + "</id>") +
           "<vehicle><make>Nissan</make><model>Juke</model></vehicle><customer><contact><name part=\"first\">Ida</name>"
           "<name part=\"last\">Mehrzeilig</name><email>ida@example.at</email></contact><comments>" +
           comment + "</comments></customer></prospect></adf>";
  }
  static std::string quoted(const std::string &text) {
    std::string result = "> ";
    for (const char letter : text) result += letter == '\n' ? std::string("\n> ") : std::string(1, letter);
    return result;
  }
  std::vector<lead> all_with(const std::string &source, const std::string &id) {
    std::vector<lead> found;
    store_->write([&](store::transaction &in) { found = in.leads_with_id(source, id); });
    return found;
  }
  std::int64_t stored() { return overview_oracle::count(*store_, {}, access::system_visibility(), now_); }
  void close(const std::string &source, const std::string &id) {
    auto item = find(source, id).value();
    store_->write([&](store::transaction &in) {
      item.state = lead_state::lost;
      item.reason = "no_interest";
      ASSERT_TRUE(in.update_lead(item));
    });
  }
};

TEST_F(intake_identity, another_person_under_the_same_id_is_another_lead_and_the_admins_are_told) {
  // given a lead that somebody has taken over
  import("web_json", form("F-9", "Berta Erstling", "berta@example.at"));
  auto first = find("web_json", "F-9").value();
  store_->write([&](store::transaction &in) {
    first.assignee = "eva";
    first.customer = "10541";
    first.state = lead_state::assigned;
    ASSERT_TRUE(in.update_lead(first));
  });
  first = store_->find(first.id, access::system_visibility()).value();
  // when another person comes with its id
  const auto report = import("web_json", form("F-9", "Cornel Nachfolger", "cornel@example.at"));
  // then he has a lead of his own, and the first one is as it was
  EXPECT_EQ(report["accepted"], 1);
  EXPECT_EQ(report["updated"], 0);
  const auto untouched = store_->find(first.id, access::system_visibility()).value();
  EXPECT_EQ(untouched.version, first.version);
  EXPECT_EQ(untouched.content, first.content);
  const auto second = find("web_json", "F-9").value();
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(second.content.prospect.last_name, "Nachfolger");
  EXPECT_EQ(second.follows, 0);
  EXPECT_EQ(store_->timeline(second.id).back().data.at("shared_id"), "F-9");
  ASSERT_TRUE(host_.notified.contains("shared_lead_id:web_json"));
  EXPECT_NE(host_.notified["shared_lead_id:web_json"].find("F-9"), std::string::npos);
  // when both write again, then each of them is found
  import("web_json", form("F-9", "Berta Erstling", "berta@example.at", "Nochmals ich"));
  import("web_json", form("F-9", "Cornel Nachfolger", "cornel@example.at", "Ich auch"));
  EXPECT_EQ(store_->find(first.id, access::system_visibility())->content.message, "Nochmals ich");
  EXPECT_EQ(store_->find(second.id, access::system_visibility())->content.message, "Ich auch");
  // and the first bytes again change nothing
  const auto again = import("web_json", form("F-9", "Berta Erstling", "berta@example.at"));
  EXPECT_EQ(again["repeated"], 1);
  EXPECT_EQ(again["items"][0]["lead"], std::to_string(first.id));
  EXPECT_EQ(stored(), 2);
}

TEST_F(intake_identity, the_number_of_a_message_is_no_change_of_its_leads) {
  const auto sent = [](const std::string &message) {
    return "<SiebelMessage MessageId=\"" + message +
           "\"><ListOfNeDealerLead><NeDealerLead><Id>1-ZZ</Id><LeadType>Test Drive</LeadType><ListOfContact><Contact>"
           "<LastName>B</LastName><EmailAddress>a@b.at</EmailAddress></Contact></ListOfContact></NeDealerLead>"
           "</ListOfNeDealerLead></SiebelMessage>";
  };
  import("siebel_nissan", sent("1-1"));
  const auto again = import("siebel_nissan", sent("1-2"));
  EXPECT_EQ(again["repeated"], 1) << again.dump(1);
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(find("siebel_nissan", "1-ZZ")->content.extras.at("/SiebelMessage@MessageId"), "1-1");
}

TEST_F(intake_identity, an_update_keeps_what_was_there_before) {
  import("web_json", form("F-9", "Berta Erstling", "berta@example.at", "alt"));
  import("web_json", form("F-9", "Berta Erstling", "neu@example.at", "neu"));
  const auto item = find("web_json", "F-9").value();
  const auto event = store_->timeline(item.id).front();
  EXPECT_EQ(event.kind, "updated");
  EXPECT_EQ(content_from_json(event.data.at("before")).message, "alt");
  EXPECT_EQ(event.data.at("was"), R"({"email":"berta@example.at","message":"alt"})");
  EXPECT_EQ(event.data.at("is"), R"({"email":"neu@example.at","message":"neu"})");
}

TEST_F(intake_identity, a_second_question_without_id_and_date_is_a_follow_up) {
  import("web_json", form("", "Berta Erstling", "berta@example.at", "Ist der Juke lagernd?"));
  import("web_json", form("0", "Berta Erstling", "berta@example.at", "Und was kostet er?"));
  EXPECT_EQ(stored(), 2);
  // the same words an hour later, in other bytes
  now_ += hour_us;
  const auto later = import("web_json", form("", "Berta Erstling", "berta@example.at", "Ist der Juke lagernd?") + "\n");
  EXPECT_EQ(later["accepted"], 1);
  EXPECT_EQ(stored(), 3);
  const auto third =
      store_->find(std::stoll(later["items"][0]["lead"].get<std::string>()), access::system_visibility());
  EXPECT_NE(third->follows, 0);
}

TEST_F(intake_identity, the_same_bytes_again_change_nothing_whenever_they_come) {
  const auto bytes = form("", "Berta Erstling", "berta@example.at");
  import("web_json", bytes);
  for (const auto pause : {second_us, hour_us, 40 * day_us}) {
    now_ += pause;
    EXPECT_EQ(import("web_json", bytes)["repeated"], 1);
  }
  EXPECT_EQ(stored(), 1);
}

TEST_F(intake_identity, a_list_that_is_written_out_again_makes_no_second_lead) {
  const std::string head = "Kundennummer;Nachname;Vertragsnummer;Vertragsende\n",
                    row = "K-801;Obenzeile;3,1E+11;31.12.2026\n";
  import("finance_expiry_csv", head + row);
  now_ += 30 * day_us;
  const auto report = import("finance_expiry_csv", head + row + "K-802;Untenzeile;3,1E+11;31.01.2027\n");
  EXPECT_EQ(report["repeated"], 1) << report.dump(1);
  EXPECT_EQ(report["accepted"], 1);
}

TEST_F(intake_identity, who_shares_a_phone_or_an_address_has_not_asked_before) {
  const auto with_phone = [](const char *id, const char *name, const char *phone) {
    return json{{"id", id}, {"name", name}, {"phone", phone}, {"email", "familie@example.at"}}.dump();
  };
  import("web_json", with_phone("A-1", "Anna Huber", "0664 5550142"));
  import("web_json", with_phone("A-2", "Karl Huber", "0664 5550142"));
  EXPECT_EQ(find("web_json", "A-2")->follows, 0) << "another name";
  import("web_json", with_phone("A-3", "Anna Huber", "0664 5550142"));
  EXPECT_EQ(find("web_json", "A-3")->follows, find("web_json", "A-1")->id) << "although another one asked later";
  const auto related = store_->related(find("web_json", "A-3").value(), access::system_visibility());
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].content.external_id, "A-1");
}

TEST_F(intake_identity, answers_and_forwards_change_nothing_of_a_known_lead) {
  const auto original = mail("Neue Anfrage", adf("RE-1", "Erste Zeile.\nZweite Zeile."));
  import("mail_adf", original);
  const auto before = find("mail_adf", "RE-1").value();
  const std::vector<std::string> passed_on{
      mail("Abwesenheitsnotiz: Neue Anfrage", "Bin nicht da.\n\n" + quoted(adf("RE-1", "Erste Zeile.\nZweite Zeile.")),
           "Auto-Submitted: auto-replied\n"),
      mail("Abwesend", quoted(adf("RE-1", "Erste Zeile.\nZweite …")), "X-Autoreply: yes\n"),
      mail("WG: Neue Anfrage", quoted(adf("RE-1", "Erste Zeile.\nZweite Zeile."))),
      mail("Fwd: Neue Anfrage", adf("RE-1", "Erste Zeile.\nZweite Zeile.")),
      mail("AW: Neue Anfrage", "> > " + adf("RE-1", "Erste Zeile.\n> > Zweite Zeile."))};
  for (const auto &one : passed_on) {
    // when the lead is open
    EXPECT_EQ(import("mail_adf", one)["repeated"], 1) << one;
  }
  const auto after = find("mail_adf", "RE-1").value();
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.content, before.content);
  // when it is closed
  close("mail_adf", "RE-1");
  for (const auto &one : passed_on) EXPECT_EQ(import("mail_adf", one + "\nGruß")["repeated"], 1) << one;
  EXPECT_EQ(stored(), 1);
}

TEST_F(intake_identity, a_forward_with_something_new_updates_but_not_the_sender) {
  import("mail_adf", mail("Neue Anfrage", adf("RE-2", "alt")));
  EXPECT_EQ(import("mail_adf", mail("WG: Neue Anfrage", quoted(adf("RE-2", "neu"))))["updated"], 1);
  const auto item = find("mail_adf", "RE-2").value();
  EXPECT_EQ(item.content.message, "neu");
  EXPECT_EQ(item.content.extras.at("mail/Subject"), "Neue Anfrage");
}

TEST_F(intake_identity, a_forward_of_a_lead_without_id_is_known_by_its_words) {
  import("mail_adf", mail("Neue Anfrage", adf("", "Bitte anrufen")));
  now_ += day_us;
  auto later = mail("WG: Neue Anfrage", quoted(adf("", "Bitte anrufen")));
  later.replace(later.find("28 Nov"), 6, "29 Nov");
  EXPECT_EQ(import("mail_adf", later)["repeated"], 1);
  EXPECT_EQ(stored(), 1);
}

}  // namespace
