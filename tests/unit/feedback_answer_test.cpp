// What a receiver's answer means, as receivers really write it.
#include <gtest/gtest.h>

#include "feedback/transport.hpp"

namespace {

using namespace lead_system;
using feedback::verdict;

intake::feedback_definition rules() {
  intake::feedback_definition how;
  how.answer_path = "//Status";
  how.answer_ok = "OK";
  how.answer_rejected = "NOTOK";
  how.answer_error_path = "//ErrorMessage";
  return how;
}

verdict judged(const std::string &body, const std::string &charset = {}, long status = 200, time_us wait = 0) {
  return feedback::judge(rules(), {status, body, charset, wait});
}

TEST(feedback_answer, is_understood_with_any_prefix_and_in_any_letter_case) {
  for (const char *body :
       {"<Status>OK</Status>", "<status>OK</status>", "<STATUS>ok</STATUS>", "<Status> Ok\n</Status>",
        "<ns0:Status xmlns:ns0='urn:x'>OK</ns0:Status>", "<a><Answer Status=\"ok\"/></a>",
        "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Body><m:Reply xmlns:m='urn:m'>"
        "<m:status>ok</m:status></m:Reply></soap:Body></soap:Envelope>",
        "<?xml version=\"1.0\"?>\n<!-- x --><Reply><Status/><ns:Status>OK</ns:Status></Reply>"}) {
    EXPECT_EQ(judged(body).is, verdict::kind::acknowledged) << body;
  }
  const auto no = judged("<x:Reply><x:status>notok</x:status><x:errormessage>Lead unknown</x:errormessage></x:Reply>");
  EXPECT_EQ(no.is, verdict::kind::rejected);
  EXPECT_EQ(no.text.arguments, std::vector<std::string>{"Lead unknown"});
}

TEST(feedback_answer, is_read_in_the_encoding_that_http_or_the_xml_names) {
  const std::string why = "<R><Status>NOTOK</Status><ErrorMessage>H\xE4ndler</ErrorMessage></R>";
  EXPECT_EQ(judged(why, "iso-8859-1").text.arguments, std::vector<std::string>{"Händler"});
  EXPECT_EQ(judged("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + why).text.arguments,
            std::vector<std::string>{"Händler"});
  EXPECT_EQ(judged("<R><Status>NOTOK</Status><ErrorMessage>Händler</ErrorMessage></R>").text.arguments,
            std::vector<std::string>{"Händler"});
}

TEST(feedback_answer, that_is_not_understood_is_told_with_what_stood_there) {
  for (const auto &[body, said] : std::vector<std::pair<std::string, std::string>>{
           {"Wartungsarbeiten  bis\n14 Uhr", "Wartungsarbeiten bis 14 Uhr"},
           {"<Status>MAYBE</Status>", "<Status>MAYBE</Status>"},
           {"<html><body>Login</body></html>", "<html><body>Login</body></html>"}}) {
    const auto came = judged(body);
    EXPECT_EQ(came.is, verdict::kind::retry);
    EXPECT_EQ(came.text.id, "The receiver's answer cannot be understood: {1}");
    EXPECT_EQ(came.text.arguments, std::vector<std::string>{said});
  }
  EXPECT_EQ(judged("").is, verdict::kind::retry);
  EXPECT_EQ(judged("").text.arguments.size(), 0U);
  EXPECT_LT(judged(std::string(5000, 'x')).text.arguments.at(0).size(), 400U);
}

TEST(feedback_answer, says_when_to_come_again) {
  for (const long status : {429L, 503L}) {
    const auto came = judged("busy", "", status, 90 * second_us);
    EXPECT_EQ(came.is, verdict::kind::retry);
    EXPECT_EQ(came.wait, 90 * second_us);
    EXPECT_EQ(came.text.arguments, std::vector<std::string>{std::to_string(status)});
  }
  EXPECT_EQ(judged("x", "", 503).wait, 0);
}

}  // namespace
