#include "intake/normalise.hpp"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include "intake/dates.hpp"
#include "intake/plain_text.hpp"
#include "lead/fold.hpp"

namespace {

using namespace lead_system;
using namespace lead_system::intake;

TEST(fold, one_key_for_all_writings_of_a_name) {
  for (const auto *text : {"Müller", "Mueller", "muller", "MÜLLER", "Mu\xCC\x88ller", " müller "}) {
    EXPECT_EQ(fold_name(text), "muller") << text;
  }
  EXPECT_EQ(fold_name("Mayr-Gruber"), fold_name("mayr gruber"));
  EXPECT_EQ(fold_name("Weiß"), fold_name("WEISS"));
  EXPECT_EQ(fold_name("Çelik"), "celik");
  EXPECT_EQ(fold_name("O’Brien"), fold_name("OBrien"));
  EXPECT_EQ(fold_name("Bauer"), "bauer");
  EXPECT_EQ(fold_name("Łukasz Øst"), "lukasz ost");
  EXPECT_EQ(fold_name("\xFF\xFE"), fold_name("??"));
}

TEST(fold, phones_in_any_writing_are_found_in_e164) {
  const std::string stored = phone_digits("+43 664 1234567");
  for (const auto *text : {"0664/123", "+43 (0)664 123", "0043 664 123", "4567", "664 1234567"}) {
    EXPECT_NE(stored.find(phone_search_digits(text)), std::string::npos) << text;
    EXPECT_FALSE(phone_search_digits(text).empty());
  }
  EXPECT_EQ(phone_search_digits("Qashqai 2020"), "");
  EXPECT_EQ(phone_search_digits("12"), "");
}

TEST(normal, email) {
  EXPECT_EQ(normal_email(" Anna.H@Example.AT "), "Anna.H@example.at");
  EXPECT_EQ(normal_email("mailto:a@b.at"), "a@b.at");
  EXPECT_EQ(normal_email("Anna <a@b.at>"), "a@b.at");
  EXPECT_EQ(normal_email("a@b.at; c@d.at"), "a@b.at");
  EXPECT_EQ(normal_email("a@MÜLLER.at"), "a@müller.at");
  for (const auto *text : {"", "@", "a@", "@b.at", "a@b", "a b@c.at", "a@b..at", "a@-b.at", "a@b.at-", "a@b c.at", "<>",
                           "a@b.at<script>"}) {
    EXPECT_EQ(normal_email(text), std::nullopt) << text;
  }
}

TEST(normal, phone) {
  EXPECT_EQ(normal_phone("0664/1234567", ""), "+436641234567");
  EXPECT_EQ(normal_phone("+43 (0)676 5550199", ""), "+436765550199");
  EXPECT_EQ(normal_phone("0732 / 77 66 55-12", "AT"), "+4373277665512");
  EXPECT_EQ(normal_phone("089 123456", "DE"), "+4989123456");
  EXPECT_EQ(normal_phone("12", ""), std::nullopt);
  EXPECT_EQ(normal_phone("call me", ""), std::nullopt);
  EXPECT_EQ(normal_phone(std::string(10'000, '1'), ""), std::nullopt);
}

/// The fast path must never say anything else than the library.
TEST(normal, quick_mobile_equals_the_library) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto &util = *PhoneNumberUtil::GetInstance();
  int quick = 0;
  std::uint32_t seed = 1;
  const auto next = [&seed](std::uint32_t below) {
    return (seed = seed * 1'664'525U + 1'013'904'223U) / 65'536U % below;
  };
  for (int count = 0; count < 20'000; ++count) {
    std::string national = "6" + std::to_string(next(100) + 100).substr(1);
    const auto digits = 5 + next(6);
    for (std::uint32_t at = 0; at < digits; ++at) national += static_cast<char>('0' + next(10));
    const char *const heads[] = {"+43", "0043", "0", "+43 (0)", "+43/", "0 ", "43", "+49", ""};
    auto text = heads[next(9)] + national;
    if (next(2) == 0) text.insert(text.size() - 3, next(2) == 0 ? " " : "-");
    const auto found = quick_mobile(text, "AT");
    if (!found) continue;
    ++quick;
    PhoneNumber number;
    ASSERT_EQ(util.Parse(text, "AT", &number), PhoneNumberUtil::NO_PARSING_ERROR) << text;
    EXPECT_TRUE(util.IsValidNumber(number)) << text;
    std::string formatted;
    util.Format(number, PhoneNumberUtil::E164, &formatted);
    EXPECT_EQ(*found, formatted) << text;
  }
  EXPECT_GT(quick, 200);
}

TEST(normal, words) {
  EXPECT_EQ(normal_country("Österreich"), "AT");
  EXPECT_EQ(normal_country("de"), "DE");
  EXPECT_EQ(normal_country("XX"), std::nullopt);
  EXPECT_EQ(normal_language("de-AT"), "de");
  EXPECT_EQ(normal_language("German"), "de");
  EXPECT_EQ(normal_salutation("Frau"), "ms");
  EXPECT_EQ(normal_salutation("Hr."), "mr");
  EXPECT_EQ(normal_salutation("Familie"), std::nullopt);
  EXPECT_EQ(normal_vin("sjnfaak13u1234567"), "SJNFAAK13U1234567");
  EXPECT_EQ(normal_vin("SJNFAAK13O1234567"), std::nullopt);
}

TEST(normal, money) {
  EXPECT_EQ(normal_money("1.234,56", ','), 123'456);
  EXPECT_EQ(normal_money("289,9", ','), 28'990);
  EXPECT_EQ(normal_money("€ 389", ','), 38'900);
  EXPECT_EQ(normal_money("389,00 EUR", ','), 38'900);
  EXPECT_EQ(normal_money("1,234.565", '.'), 123'457);
  EXPECT_EQ(normal_money("-5,00", ','), -500);
  EXPECT_EQ(normal_money("abc", ','), std::nullopt);
  EXPECT_EQ(normal_money("", ','), std::nullopt);
  EXPECT_EQ(normal_money(std::string(100, '9'), ','), std::nullopt);
}

TEST(normal, names) {
  const auto split = [](const char *text) {
    person into;
    split_name(text, into);
    return into.salutation + "|" + into.title + "|" + into.first_name + "|" + into.last_name;
  };
  EXPECT_EQ(split("Dr. Karl Friedrich Moser"), "|Dr.|Karl Friedrich|Moser");
  EXPECT_EQ(split("Herr Dipl.-Ing. Hans von der Au"), "mr|Dipl.-Ing.|Hans|von der Au");
  EXPECT_EQ(split("Moser, Karl"), "||Karl|Moser");
  EXPECT_EQ(split("Max Muster, MSc BA"), "|MSc BA|Max|Muster");
  EXPECT_EQ(split("Muster"), "|||Muster");
  EXPECT_EQ(split("Di Marco"), "||Di|Marco");
  EXPECT_EQ(split("DI Eva Huber"), "|DI|Eva|Huber");
  EXPECT_EQ(split(""), "|||");
  EXPECT_EQ(split(", ,"), "|||");
  EXPECT_EQ(split("Frau"), "|||Frau");
}

TEST(normal, dates) {
  const std::vector<std::string> formats{"MM/DD/YYYY hh:mm:ss"};
  const auto at = 1'595'402'100 * second_us;
  EXPECT_EQ(parse_time("07/22/2020 07:15:00", formats, "UTC"), at);
  EXPECT_EQ(parse_time("7/22/2020 7:15", formats, "UTC"), at);
  EXPECT_EQ(parse_time("07/22/2020 07:15:00 AM", formats, "UTC"), at);
  EXPECT_EQ(parse_time("07/22/2020 07:15:00 PM", formats, "UTC"), at + 12 * hour_us);
  EXPECT_EQ(parse_time("2020-07-22T09:15:00+02:00", {}, "UTC"), at);
  EXPECT_EQ(parse_time("2020-07-22T07:15:00.5Z", {}, "Europe/Vienna"), at + 500'000);
  EXPECT_EQ(parse_time("2020-07-22 09:15", {}, "Europe/Vienna"), at);
  EXPECT_EQ(parse_time("2020-07-22T09:15:00.1234567", {}, "Europe/Vienna"), at + 123'456);
  EXPECT_EQ(parse_date("31.10.2020", {"DD.MM.YYYY"}), "2020-10-31");
  // skipped and repeated by the clock change
  EXPECT_EQ(parse_time("2020-03-29 02:30", {}, "Europe/Vienna"), parse_time("2020-03-29T01:00Z", {}, "UTC"));
  EXPECT_EQ(parse_time("2020-10-25 02:30", {}, "Europe/Vienna"), parse_time("2020-10-25T00:30Z", {}, "UTC"));
  for (const auto *text : {"", "yesterday", "02/30/2020", "13/01/2020", "2020-13-01", "0000-00-00", "2020-07-22T25:00",
                           "2020-07-22T10:00+99:00", "07/22/2020 07:15:00 x", "99999999999", "2020-07-22T"}) {
    EXPECT_EQ(parse_time(text, formats, "UTC"), std::nullopt) << text;
  }
}

TEST(plain_text, markup_goes_and_text_stays) {
  EXPECT_EQ(without_markup("a < b & c > d"), "a < b & c > d");
  EXPECT_EQ(without_markup("<p>x</p>"), "\nx\n");
  EXPECT_EQ(without_markup("<SCRIPT>bad()</Script>ok"), "ok");
  EXPECT_EQ(without_markup("<!-- no -->ok"), "ok");
  EXPECT_EQ(without_markup("&#x41;&#66;&#0;&nope;&"), "AB\xEF\xBF\xBD&nope;&");
  EXPECT_EQ(without_markup("a<script>never closed"), "a");
  EXPECT_EQ(without_markup("<a href='x'>y"), "y");
}

TEST(plain_text, hostile_text_takes_linear_time) {
  for (const auto *piece : {"<", "< ", "<a", "<!--", "<script>", "&", "&#", "</", "<style></sty"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    without_markup(text);
    without_markup(text + ">");
  }
}

TEST(plain_text, lines) {
  EXPECT_EQ(clean_line("  a \t b\nc ", 100), "a b c");
  EXPECT_EQ(clean_lines("a\r\n\r\n\r\n\r\nb  c\n", 100), "a\n\nb c");
  EXPECT_EQ(clean_line("\xE2\x80\xAE"
                       "abc",
                       100),
            "abc");
  bool cut = false;
  EXPECT_EQ(clean_line("äöü", 2, &cut), "äö");
  EXPECT_TRUE(cut);
}

}  // namespace
