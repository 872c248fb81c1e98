#include "intake/encoding.hpp"

#include <gtest/gtest.h>

#include "unit/intake_support.hpp"

namespace {

using namespace intake_support;

std::string utf16(const std::string &ascii, bool little, bool mark) {
  std::string result = !mark ? "" : little ? "\xFF\xFE" : "\xFE\xFF";
  for (char letter : ascii) {
    if (little) result += letter;
    result += '\0';
    if (!little) result += letter;
  }
  return result;
}

std::string name_of(const std::string &payload) {
  const auto all = read_all("siebel_nissan", payload);
  return all.leads.empty() ? all.problem.id : all.leads[0].content.prospect.last_name;
}

std::string with_name(const std::string &declaration, const std::string &name) {
  return siebel(contact("<LastName>" + name + "</LastName><EmailAddress>a@b.at</EmailAddress>"), declaration);
}

TEST(intake_encoding, what_the_declaration_says) {
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='ISO-8859-1'?>", "M\xFCller")), "Müller");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='windows-1250'?>", "\x8A\x65rko")), "Šerko");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='ISO-8859-2'?>", "\xA9\x65rko")), "Šerko");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='Shift_JIS'?>", "\x93\x63")), "田");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0'?>", "Müller")), "Müller");
}

TEST(intake_encoding, byte_order_marks_and_utf_16) {
  EXPECT_EQ(name_of("\xEF\xBB\xBF" + with_name("<?xml version='1.0' encoding='UTF-8'?>", "Müller")), "Müller");
  const auto wide = with_name("<?xml version='1.0' encoding='UTF-16'?>", "Muster");
  EXPECT_EQ(name_of(utf16(wide, true, true)), "Muster");
  EXPECT_EQ(name_of(utf16(wide, false, true)), "Muster");
  EXPECT_EQ(name_of(utf16(wide, true, false)), "Muster");
  EXPECT_EQ(name_of(utf16(wide, false, false)), "Muster");
}

TEST(intake_encoding, declared_but_wrong) {
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='UTF-8'?>", "M\xFCller")), "Müller");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='ISO-8859-1'?>", "Müller")), "Müller");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='UTF-16'?>", "Müller")), "Müller");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='no-such'?>", "Müller")), "Müller");
  const auto all = read_all("siebel_nissan", with_name("<?xml version='1.0' encoding='UTF-8'?>", "M\xFCller \x80"));
  EXPECT_EQ(all.leads.at(0).content.prospect.last_name, "Müller €");
  EXPECT_EQ(remark_of(all.leads[0].content, "encoding"), "The text is not UTF-8; it was read as Windows-1252.");
}

TEST(intake_encoding, utf_8_whatever_the_label) {
  for (const auto *label : {"ISO-8859-15", "ISO-8859-2", "iso-8859-9", "windows-1250", "windows-1251", "windows-1254",
                            "koi8-r", "macintosh", "cp850", "ks_c_5601-1987", "gb2312", "Shift_JIS", "no-such"}) {
    const auto text = with_name("<?xml version='1.0' encoding='" + std::string(label) + "'?>", "Jörg Größing");
    const auto all = read_all("siebel_nissan", text);
    ASSERT_EQ(all.leads.size(), 1U) << label;
    EXPECT_EQ(all.leads[0].content.prospect.last_name, "Jörg Größing") << label;
    EXPECT_NE(remark_of(all.leads[0].content, "encoding").find("it was read as UTF-8"), std::string::npos) << label;
  }
}

TEST(intake_encoding, a_bad_byte_is_replaced_where_it_stands) {
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='UTF-8'?>",
                              "Märta Gr\xFC\xDF"
                              "e")),
            "Märta Grüße");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='ISO-8859-15'?>", "Märta V\xF6lkl")), "Märta Völkl");
  EXPECT_EQ(name_of(with_name("<?xml version='1.0' encoding='ISO-8859-15'?>", "M\xE4rta V\xF6lkl \xA4")),
            "Märta Völkl €");
}

TEST(intake_encoding, declarations_as_they_are_seen_in_the_wild) {
  EXPECT_EQ(declared_encoding("<?xml version=“1.0” encoding=“ISO-8859-1”?>"), "ISO-8859-1");
  EXPECT_EQ(declared_encoding("<?xml version=\x93"
                              "1.0\x94 encoding=\x93ISO-8859-1\x94?>"),
            "ISO-8859-1");
  EXPECT_EQ(name_of(with_name("\n  <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "M\xFCller")), "Müller");
  EXPECT_EQ(name_of(with_name("<?adf version='1.0'?><?xml version=“1.0” encoding=“UTF-8”?>", "Müller")), "Müller");
}

TEST(intake_encoding, text_is_composed) {
  EXPECT_EQ(name_of(with_name("", "Mu\xCC\x88ller")), "Müller");
}

}  // namespace
