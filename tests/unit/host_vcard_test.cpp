// Customers as vCards (RFC 2426): what telephones read.
#include <gtest/gtest.h>

#include <string>

#include "reference_host/core/records/vcard.hpp"

namespace {

using dms::reference::customer;
using dms::reference::to_vcard;

customer johanna() {
  customer item;
  item.id = 10482;
  item.title = "Mag.";
  item.first_name = "Johanna";
  item.last_name = "Leitgeb; Mariatrost";
  item.company = "Leitgeb, Söhne & Co";
  item.email = "johanna.leitgeb@example.at";
  item.phones = {"+436645550142", "+4331655501"};
  item.street = "Am Rehgrund 14";
  item.postal_code = "8043";
  item.city = "Graz";
  item.country = "AT";
  return item;
}

/// Folded lines put together again, as a reader does.
std::string unfolded(std::string file) {
  for (auto at = file.find("\r\n "); at != std::string::npos; at = file.find("\r\n ", at)) file.erase(at, 3);
  return file;
}

bool has_line(const std::string &file, const std::string &line) {
  return ("\r\n" + unfolded(file)).find("\r\n" + line + "\r\n") != std::string::npos;
}

TEST(vcard, has_what_every_telephone_asks_for) {
  const auto file = to_vcard(johanna(), "customer-10482@house", "");
  EXPECT_TRUE(file.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n"));
  EXPECT_TRUE(file.ends_with("END:VCARD\r\n"));
  for (const auto *line :
       {"UID:customer-10482@house", "N:Leitgeb\\; Mariatrost;Johanna;;Mag.;", "ORG:Leitgeb\\, Söhne & Co",
        "TEL;TYPE=VOICE:+436645550142", "TEL;TYPE=VOICE:+4331655501", "EMAIL;TYPE=INTERNET:johanna.leitgeb@example.at",
        "ADR;TYPE=HOME:;;Am Rehgrund 14;Graz;;8043;AT"}) {
    EXPECT_TRUE(has_line(file, line)) << line << "\n" << file;
  }
  EXPECT_NE(file.find("FN:"), std::string::npos);
}

TEST(vcard, what_the_person_has_refused_stays_out_of_the_telephone) {
  auto item = johanna();
  item.refused = {"phone", "post"};
  const auto file = to_vcard(item, "x", "Call not allowed, Letter not allowed");
  EXPECT_EQ(file.find("TEL"), std::string::npos);
  EXPECT_EQ(file.find("ADR"), std::string::npos);
  EXPECT_NE(file.find("EMAIL"), std::string::npos);
  EXPECT_TRUE(has_line(file, "NOTE:Call not allowed\\, Letter not allowed"));
}

TEST(vcard, of_little_that_is_known_a_card_can_be_read) {
  customer item;
  item.id = 7;
  const auto file = to_vcard(item, "x", "");
  EXPECT_TRUE(has_line(file, "FN:7"));
  EXPECT_TRUE(has_line(file, "N:;;;;"));
  for (const auto *absent : {"TEL", "EMAIL", "ADR", "ORG", "NOTE"}) EXPECT_EQ(file.find(absent), std::string::npos);
}

TEST(vcard, no_name_ends_its_line_or_adds_another) {
  auto item = johanna();
  item.last_name = "Huber\r\nTEL:+430000000\x01";
  item.first_name = std::string(300, 'x');
  const auto file = to_vcard(item, "x", "");
  EXPECT_FALSE(has_line(file, "TEL:+430000000"));
  for (std::size_t at = 0; at < file.size();) {
    const auto end = file.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    at = end + 2;
  }
}

}  // namespace
