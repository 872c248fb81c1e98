// What a person typed is not lost: refused, in conflict, or sent when the session had ended.
#include "unit/web_server_fixture.hpp"

namespace {

using namespace web_server_fixture;

class web_forms : public web_server {};

constexpr const char *shown_fields =
    "&_fields=%5B%7B%22name%22%3A%22reason%22%2C%22label%22%3A%22Grund%22%2C%22kind%22%3A%22text%22%7D%2C%7B%22name%22%"
    "3A%22place%22%2C%22label%22%3A%22Ort%22%2C%22kind%22%3A%22text%22%2C%22value%22%3A%22Graz%22%7D%5D";

TEST_F(web_forms, a_form_comes_back_with_a_notice_once) {
  auto csrf = sign_in("admin");
  auto sent = http_->Post("/screens/probe.list/actions/close", as_person(),
                          "csrf=" + csrf +
                              "&_return=%2Fscreens%2Fprobe.list%3Fq%3Dx&reason=enough&leads=1&versions=0%3A3&versions="
                              "1%3A3&other%3Areason=no",
                          form);
  ASSERT_EQ(sent->status, 303);
  EXPECT_EQ(sent->get_header_value("Location"), "/screens/probe.list?q=x");
  auto page = http_->Get("/screens/probe.list?q=x", as_person())->body;
  EXPECT_NE(page.find("Done: "
                      "{&quot;leads&quot;:[&quot;1&quot;],&quot;reason&quot;:&quot;enough&quot;,&quot;versions&quot;:[&"
                      "quot;1:3&quot;]}"),
            std::string::npos)
      << page;
  EXPECT_EQ(http_->Get("/screens/probe.list", as_person())->body.find("Done: {"), std::string::npos);
}

TEST_F(web_forms, a_dialog_that_a_list_asked_for_leads_back_there_and_nowhere_else) {
  const auto csrf = sign_in("admin");
  const auto post = [&](const std::string &more) {
    return http_->Post("/screens/probe.list/actions/close", as_person(),
                       "csrf=" + csrf + "&_return=%2Fscreens%2Fprobe.list%3Fq%3Dx" + more, form);
  };
  // when: it goes through
  const auto sent = post("&reason=enough&leads=1&versions=1%3A3&_then=%2Fscreens%2Fhost.users%3Fpage%3D2");
  EXPECT_EQ(sent->status, 303);
  EXPECT_EQ(sent->get_header_value("Location"), "/screens/host.users?page=2");
  // and: the plugin hears nothing of it
  EXPECT_EQ(http_->Get("/screens/probe.list", as_person())->body.find("_then"), std::string::npos);
  // and: out of the house it leads nobody
  for (const auto *away : {"https%3A%2F%2Felsewhere.example", "%2F%2Felsewhere.example", "elsewhere"}) {
    const auto kept = post(std::string("&reason=enough&leads=1&versions=1%3A3&_then=") + away);
    EXPECT_EQ(kept->get_header_value("Location"), "/screens/probe.list?q=x") << away;
  }
  // and: what does not go through stays where it was shown
  EXPECT_EQ(post("&reason=x%22&_then=%2Fscreens%2Fhost.users")->status, 422);
}

TEST_F(web_forms, what_was_entered_is_kept_when_it_did_not_go_through) {
  auto csrf = sign_in("admin");
  auto invalid = http_->Post("/screens/probe.list/actions/close", as_person(),
                             "csrf=" + csrf + "&reason=x%22&_return=%2Fscreens%2Fprobe.list", form);
  EXPECT_EQ(invalid->status, 422);
  EXPECT_NE(invalid->body.find("Too short."), std::string::npos);
  EXPECT_NE(invalid->body.find("value=\"x&quot;\""), std::string::npos);
  EXPECT_NE(invalid->body.find("class=\"dialog again\""), std::string::npos);
  auto conflict = http_->Post("/screens/probe.list/actions/conflict", as_person(), "csrf=" + csrf, form);
  EXPECT_EQ(conflict->status, 409);
  EXPECT_NE(conflict->body.find("Assigned to Petra"), std::string::npos);
}

TEST_F(web_forms, after_a_conflict_what_was_typed_stands_there_to_be_saved_all_the_same) {
  // given
  const auto token = sign_in("verkauf1");
  const auto post = [&](const std::string &action, const std::string &more) {
    return http_->Post("/screens/probe.list/actions/" + action, as_person(),
                       "csrf=" + token + "&id=7&version=4&_return=/screens/probe.list" + more, form);
  };
  // when
  const auto page = post("close", std::string("&reason=late+but+long&place=Graz") + shown_fields);
  // then: the dialog asks again, on the record as it is now
  EXPECT_EQ(page->status, 409);
  EXPECT_NE(page->body.find("value=\"late but long\""), std::string::npos);
  EXPECT_NE(page->body.find("Trotzdem speichern"), std::string::npos);
  EXPECT_NE(page->body.find("name=\"version\" value=\"5\""), std::string::npos);
  EXPECT_NE(page->body.find("Petra took it."), std::string::npos);
  // and: where nothing asks for it any more, the words themselves are shown; what was not touched is not his
  const auto gone = post("gone", std::string("&reason=Wollte+%3Cmorgen%3E+kommen&place=Graz") + shown_fields);
  EXPECT_EQ(gone->status, 409);
  EXPECT_NE(gone->body.find("Wollte &lt;morgen&gt; kommen"), std::string::npos);
  EXPECT_EQ(gone->body.find("Graz"), std::string::npos);
}

TEST_F(web_forms, a_form_of_an_ended_session_waits_for_its_person_and_is_never_sent_by_itself) {
  // given: a page that was open over night
  const auto token = sign_in("verkauf1");
  const auto body = "csrf=" + token + "&id=7&version=5&_return=/screens/probe.list%3Fq%3DAnna&reason=Ruft+zur%C3%BCck";
  const auto later = host_->clock().now_us() + sessions::idle_us + 1;
  host_->clock().set(later);
  // when
  const auto away = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  // then: to the sign-in page, which says why
  EXPECT_EQ(away->status, 303);
  EXPECT_EQ(away->get_header_value("Location"), "/login?next=%2Fscreens%2Fprobe.list%3Fq%3DAnna");
  const auto kept = away->get_header_value("Set-Cookie");
  ASSERT_NE(kept.find("dms_kept="), std::string::npos);
  const auto waits = kept.substr(0, kept.find(';'));
  EXPECT_NE(http_->Get("/login", http_client::headers{{"Cookie", waits + "; dms_locale=de-AT"}})
                ->body.find("Ihre Sitzung ist abgelaufen"),
            std::string::npos);
  // and: somebody else neither sees it nor lands there
  const auto other =
      http_->Post("/login", {{"Cookie", waits}}, "user=admin&password=secret-word&next=/screens/probe.list", form);
  EXPECT_EQ(other->get_header_value("Location"), "/");
  const auto strange = other->get_header_value("Set-Cookie");
  EXPECT_EQ(http_
                ->Get("/screens/probe.list",
                      http_client::headers{{"Cookie", strange.substr(0, strange.find(';')) + "; " + waits}})
                ->body.find("Ruft zur"),
            std::string::npos);
  // and: he himself finds it as he left it, not sent
  sign_in("verkauf1");
  cookie_ += "; " + waits;
  const auto again = http_->Get("/screens/probe.list?q=Anna", as_person());
  EXPECT_NE(again->body.find("Ruft zurück"), std::string::npos);
  EXPECT_NE(again->body.find("Ihre Eingabe ist noch nicht gespeichert"), std::string::npos);
  EXPECT_EQ(again->body.find("Done:"), std::string::npos);
  EXPECT_EQ(http_->Get("/screens/probe.list?q=Anna", as_person())->body.find("Ruft zurück"), std::string::npos)
      << "once";
}

TEST_F(web_forms, a_page_of_an_earlier_session_of_the_same_person_loses_nothing_either) {
  const auto earlier = sign_in("verkauf1");
  sign_in("verkauf1");
  const auto body = "csrf=" + earlier + "&id=7&version=5&_return=/screens/probe.list&reason=Ruft+morgen+an";
  const auto page = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  EXPECT_EQ(page->status, 403);
  EXPECT_NE(page->body.find("Ruft morgen an"), std::string::npos);
  EXPECT_EQ(page->body.find("Done:"), std::string::npos);
  // but not one of somebody else's
  sign_in("admin");
  const auto strange = http_->Post("/screens/probe.list/actions/close", as_person(), body + shown_fields, form);
  EXPECT_EQ(strange->status, 403);
  EXPECT_EQ(strange->body.find("Ruft morgen an"), std::string::npos);
}

TEST_F(web_forms, a_form_without_the_token_of_a_page_is_not_kept) {
  sign_in("verkauf1");
  host_->clock().set(host_->clock().now_us() + sessions::idle_us + 1);
  const auto away = http_->Post("/screens/probe.list/actions/close", as_person(),
                                "csrf=" + std::string(64, '0') + "&reason=Untergeschoben", form);
  EXPECT_EQ(away->status, 303);
  EXPECT_EQ(away->get_header_value("Set-Cookie").find("dms_kept"), std::string::npos);
}

}  // namespace
