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
  EXPECT_EQ(normal_email("a@b.at; c@d.at"), std::nullopt);
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

/// What stands where an address is asked for → the address, with "…" where the text says more.
TEST(normal, emails_as_people_write_them) {
  const auto found = [](const char *text) {
    const auto one = find_email(text);
    return one.address + (one.alone || one.address.empty() ? "" : " …");
  };
  EXPECT_EQ(found("eva.h@example.at."), "eva.h@example.at");
  EXPECT_EQ(found("eva.h@example.at!"), "eva.h@example.at");
  EXPECT_EQ(found("eva .h@example.at"), "eva.h@example.at");
  EXPECT_EQ(found("eva.h @ example.at"), "eva.h@example.at");
  EXPECT_EQ(found("eva.h@example .at"), "eva.h@example.at");
  EXPECT_EQ(found("eva.h@example. at"), "eva.h@example.at");
  EXPECT_EQ(found("eva.h(at)example.at"), "eva.h@example.at");
  EXPECT_EQ(found("mailto:eva.h@example.at?subject=Juke"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at (privat)"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at oder e@example.at"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at / e@example.at"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at/e@example.at"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at e@example.at"), "eva.h@example.at …");
  EXPECT_EQ(found("keine, e@example.at"), "e@example.at …");
  EXPECT_EQ(found("falsch@, e@example.at"), "e@example.at …");
  EXPECT_EQ(found("E-Mail: eva.h@example.at"), "eva.h@example.at");
  EXPECT_EQ(found("'eva.h@example.at'"), "eva.h@example.at");
  EXPECT_EQ(found("„eva.h@example.at“"), "eva.h@example.at");
  EXPECT_EQ(found("»eva.h@example.at«"), "eva.h@example.at");
  EXPECT_EQ(found("eva.h@example.at>"), "eva.h@example.at");
  EXPECT_EQ(found("Huber, Eva <eva.h@example.at>"), "eva.h@example.at …");
  EXPECT_EQ(found("eva.h@example.at. Bitte anrufen"), "eva.h@example.at …");
  EXPECT_EQ(found("o'brien@example.at"), "o'brien@example.at");
  EXPECT_EQ(found("eva+auto@example.at"), "eva+auto@example.at");
  // what a person sees through
  for (const auto *text : {"eva.h[at]example[dot]at", "eva.h (at) example (punkt) at", "eva.h%40example.at",
                           "eva.h@@example.at.", "eva.h@example..at", "eva.h@example,at", "eva.h at example.at"}) {
    EXPECT_EQ(found(text), "eva.h@example.at …") << text;
  }
  for (const auto *text : {"", "@", "keine", "eva@firma", "eva at example", "@ @ @", "a@b@@c"}) {
    EXPECT_EQ(found(text), "") << text;
  }
}

TEST(normal, phones_as_people_write_them) {
  const auto found = [](const char *text) {
    const auto all = find_phones(text, "");
    std::string result;
    for (const auto &one : all.numbers) result += (result.empty() ? "" : " ") + one;
    return result + (all.alone || result.empty() ? "" : " …");
  };
  EXPECT_EQ(found("0664 5550920 (ab 17 Uhr)"), "+436645550920 …");
  EXPECT_EQ(found("0664 5550921 oder 01 5550922"), "+436645550921 +4315550922 …");
  EXPECT_EQ(found("0664 5550921 / 01 5550922"), "+436645550921 +4315550922 …");
  EXPECT_EQ(found("0664 5550924, 0676 5550925"), "+436645550924 +436765550925 …");
  EXPECT_EQ(found("Tel.: 01/5550101 DW 12"), "+4315550101 …");
  EXPECT_EQ(found("privat 0664/5550923"), "+436645550923 …");
  EXPECT_EQ(found("+43 (0)664 5550923 Mo-Fr 17:00"), "+436645550923 …");
  EXPECT_EQ(found("06645550926.0"), "+436645550926");
  EXPECT_EQ(found("0664-5550926-0676-5550925"), "+436645550926 +436765550925 …");
  EXPECT_EQ(found("+43 664 555O926"), "+436645550926 …");
  EXPECT_EQ(found("PLZ 8010 0664 5550926"), "+436645550926 …");
  EXPECT_EQ(found("01 5550101 (Wien)"), "+4315550101 …");  // letters are no digits
  for (const auto *text :
       {"nach 17:00 - 19:00 Uhr", "keine (Stand 22.07.2020)", "00000000", "+43 000 0000000", "22.07.2020",
        "4,36646E+11", "12", "", "keine", "11111111", "0123456789", "2026-12-24", "24122026"}) {
    EXPECT_EQ(found(text), "") << text;
  }
  EXPECT_TRUE(may_be_phone("7766551"));
  for (const auto *text : {"17:00 - 19:00", "00000000", "4,36646E+11", "keine 123456", "22.07.2020"}) {
    EXPECT_FALSE(may_be_phone(text)) << text;
  }
}

TEST(normal, phones_in_parts) {
  const auto joined = [](const char *country, const char *area, const char *local) {
    return normal_phone(joined_phone(country, area, local, ""), "").value_or("");
  };
  EXPECT_EQ(joined("43", "664", "1234567"), "+436641234567");
  EXPECT_EQ(joined("+43", "0664", "1234567"), "+436641234567");
  EXPECT_EQ(joined("0043", "664", "1234567"), "+436641234567");
  EXPECT_EQ(joined("AT", "664", "1234567"), "+436641234567");
  EXPECT_EQ(joined("43", "", "+43 664 5550910"), "+436645550910");
  EXPECT_EQ(joined("43", "", "0043 664 5550910"), "+436645550910");
  EXPECT_EQ(joined("43", "", "43 664 5550910"), "+436645550910");
  EXPECT_EQ(joined("43", "664", "664 5550911"), "+436645550911");
  EXPECT_EQ(joined("43", "664", "0664 5550911"), "+436645550911");
  EXPECT_EQ(joined("43", "1", "5550101"), "+4315550101");
  EXPECT_EQ(joined("", "01", "5550101"), "+4315550101");
  EXPECT_EQ(joined("49", "89", "123456"), "+4989123456");
}

TEST(normal, money) {
  const auto cents = [](const std::string &text, char decimal) -> std::optional<std::int64_t> {
    const auto found = find_money(text, decimal);
    return found ? std::optional(found->cents) : std::nullopt;
  };
  for (const char decimal : {',', '.'}) {
    EXPECT_EQ(cents("1.234,56", decimal), 123'456);
    EXPECT_EQ(cents("1,234.56", decimal), 123'456);
    EXPECT_EQ(cents("1'289.90", decimal), 128'990);
    EXPECT_EQ(cents("1’289,90", decimal), 128'990);
    EXPECT_EQ(cents("1 289,90", decimal), 128'990);
    EXPECT_EQ(cents("289.90", decimal), 28'990);
    EXPECT_EQ(cents("289,9", decimal), 28'990);
    EXPECT_EQ(cents("1289.90", decimal), 128'990);
    EXPECT_EQ(cents("1.28", decimal), 128);
    EXPECT_EQ(cents("1.234.567", decimal), 123'456'700);
    EXPECT_EQ(cents("1.234", decimal), 123'400);
    EXPECT_EQ(cents("0,289", decimal), 29);
    EXPECT_EQ(cents("€ 389", decimal), 38'900);
    EXPECT_EQ(cents("389,00 EUR", decimal), 38'900);
    EXPECT_EQ(cents("389,-", decimal), 38'900);
    EXPECT_EQ(cents("€ 389,–", decimal), 38'900);
    EXPECT_EQ(cents("-5,00", decimal), -500);
    EXPECT_EQ(cents("5,00-", decimal), -500);
    for (const auto &text :
         {std::string("abc"), std::string(), std::string(100, '9'), std::string("1.2.2026"), std::string("1,2E+3"),
          std::string("289 / 300"), std::string("12 34,50"), std::string(",")}) {
      EXPECT_EQ(cents(text, decimal), std::nullopt) << text;
    }
  }
  EXPECT_EQ(cents("1,234.565", '.'), 123'457);
  EXPECT_TRUE(find_money("1,289", ',')->doubtful);
  EXPECT_FALSE(find_money("1.289", ',')->doubtful);
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
  // titles
  EXPECT_EQ(split("Dr. med. univ. Eva Arzt"), "|Dr. med. univ.|Eva|Arzt");
  EXPECT_EQ(split("Mag. iur. Jana Recht"), "|Mag. iur.|Jana|Recht");
  EXPECT_EQ(split("Mag. (FH) Eva Huber"), "|Mag. (FH)|Eva|Huber");
  EXPECT_EQ(split("Dipl. Ing. Dr. techn. Karl Baum"), "|Dipl. Ing. Dr. techn.|Karl|Baum");
  EXPECT_EQ(split("Frau Univ.-Prof. Dr. Eva Huber, MSc"), "ms|Univ.-Prof. Dr. MSc|Eva|Huber");
  EXPECT_EQ(split("Eva Huber BSc"), "|BSc|Eva|Huber");
  // initials are no salutation
  EXPECT_EQ(split("M. Muster"), "||M.|Muster");
  EXPECT_EQ(split("W. Gruber"), "||W.|Gruber");
  EXPECT_EQ(split("F Huber"), "||F|Huber");
  // what is beside a name
  EXPECT_EQ(split("Rudi Steiner sen."), "||Rudi|Steiner");
  EXPECT_EQ(split("Eva Huber (privat)"), "||Eva|Huber");
  EXPECT_EQ(split("Eva Huber 🌸"), "||Eva|Huber");
  EXPECT_EQ(split("Eva Huber 0664 5550123"), "||Eva|Huber");
  EXPECT_EQ(split("Muster, Max, Wien"), "||Max|Muster");
  EXPECT_EQ(split("Max Muster, Wien"), "||Max|Muster");
  EXPECT_EQ(split("Garcia Lopez, Maria"), "||Maria|Garcia Lopez");
  EXPECT_EQ(split("von der Au, Hans"), "||Hans|von der Au");
}

TEST(normal, companies_in_a_name) {
  const auto split = [](const char *text) {
    person into;
    split_name(text, into);
    return into.company + "|" + into.title + "|" + into.first_name + "|" + into.last_name;
  };
  EXPECT_EQ(split("Spenglerei Quell GmbH"), "Spenglerei Quell GmbH|||");
  EXPECT_EQ(split("Huber & Co KG"), "Huber & Co KG|||");
  EXPECT_EQ(split("Moser OG"), "Moser OG|||");
  EXPECT_EQ(split("Tischlerei Moser e.U."), "Tischlerei Moser e.U.|||");
  EXPECT_EQ(split("Voest AG"), "Voest AG|||");
  EXPECT_EQ(split("Verein der Freunde"), "Verein der Freunde|||");
  EXPECT_EQ(split("Firma Huber"), "Huber|||");
  EXPECT_EQ(split("Ing. Uwe Vogl, Vogl Bau GmbH"), "Vogl Bau GmbH|Ing.|Uwe|Vogl");
  EXPECT_EQ(split("Vogl Bau GmbH, Uwe Vogl"), "Vogl Bau GmbH||Uwe|Vogl");
  EXPECT_EQ(split("Vogl Bau GmbH z.Hd. Uwe Vogl"), "Vogl Bau GmbH||Uwe|Vogl");
  EXPECT_EQ(split("Kg Huber"), "||Kg|Huber");
}

TEST(normal, names_say_when_something_has_no_place) {
  const auto complete = [](const char *text) {
    person into;
    return split_name(text, into);
  };
  for (const auto *text : {"Eva Huber", "Frau Dr. med. univ. Eva Huber, MSc", "Vogl Bau GmbH", "Moser, Karl"}) {
    EXPECT_TRUE(complete(text)) << text;
  }
  for (const auto *text :
       {"Rudi Steiner sen.", "Eva Huber (privat)", "Max Muster, Wien", "Eva 🌸 Huber", "Familie Huber"}) {
    EXPECT_FALSE(complete(text)) << text;
  }
}

TEST(normal, consents_in_words) {
  for (const auto *text : {"Ja, ich stimme zu", "opt-in", "Granted", "erteilt", "✓", "einverstanden", "J", "I agree",
                           "Ich willige ein", "zugestimmt"}) {
    EXPECT_EQ(consent_word(text), true) << text;
  }
  for (const auto *text :
       {"abgelehnt", "Nein, danke", "opt-out", "denied", "widerrufen", "I disagree", "✗", "nicht erteilt",
        "Ich stimme nicht zu", "keine Zustimmung", "Einwilligung widerrufen", "do not agree"}) {
    EXPECT_EQ(consent_word(text), false) << text;
  }
  for (const auto *text :
       {"unbekannt", "pending", "Ja, aber nicht abends", "nicht widerrufen", "-", "vielleicht", "🌸"}) {
    EXPECT_EQ(consent_word(text), std::nullopt) << text;
  }
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

/// A day and a time among words, in Vienna on 2026-11-23.
TEST(normal, dates_as_people_write_them) {
  const auto said = [](const char *text) {
    const auto found = find_time(text, {"DD.MM.YYYY hh:mm:ss"}, "Europe/Vienna", 1'795'424'400 * second_us);
    if (!found) return std::string();
    const auto minutes = found->at % day_us / minute_us;
    return found->day +
           (found->has_time ? " " + std::to_string(minutes / 60) + ":" + std::to_string(minutes % 60) : "") +
           (found->alone ? "" : " …");
  };
  const std::string nine = "2026-12-24 9:0";  // in UTC
  for (const auto *text :
       {"24.12.2026 10:00", "24.12.2026, 10:00 Uhr", "Do, 24.12.2026 10:00", "24.12. 10:00",
        "24. Dezember 2026 um 10 Uhr", "Donnerstag, 24. Dezember, 10.00 Uhr", "Dec 24th, 2026 10:00 AM",
        "24/12/2026 10:00", "24.12.26 10:00", "1798102800", "1798102800000", "2026-12-24 10:00"}) {
    EXPECT_EQ(said(text), nine) << text;
  }
  EXPECT_EQ(said("24.12.2026"), "2026-12-24");
  EXPECT_EQ(said("20261224"), "2026-12-24");
  EXPECT_EQ(said("2026-12-24"), "2026-12-24");
  EXPECT_EQ(said("24.12. vormittags"), "2026-12-24 …");
  EXPECT_EQ(said("7. Jänner"), "2027-01-07");
  EXPECT_EQ(said("24.12.2026 3 pm"), "2026-12-24 14:0");
  EXPECT_EQ(said("24.12.2026 zwischen 10:00 und 12:00"), nine + " …");
  for (const auto *text : {"nächsten Dienstag", "", "10:00", "31.02.2026", "24.13.2026", "ab sofort", "12345", "1.2"}) {
    EXPECT_EQ(said(text), "") << text;
  }
}

TEST(plain_text, what_is_no_html_stays) {
  for (const auto *text : {"an <klara@example.at> schreiben", "Budget<Listenpreis, Laufzeit>36",
                           "<https://example.at/juke>", "der <Juke> bitte", "a<b und c>d", "<3", "1 <2> 3", "<p"}) {
    EXPECT_EQ(without_markup(text), text);
  }
  EXPECT_EQ(without_markup("<o:p>x</o:p><st1:place w:st=\"on\">Wien</st1:place>"), "xWien");
  EXPECT_EQ(without_markup("<td nowrap>x</td><a\nhref='y'>z</a>"), " x z");
  EXPECT_EQ(without_entities("M&uuml;ller &amp; S&#246;hne"), "Müller & Söhne");
  EXPECT_EQ(without_entities("M&amp;uuml;ller"), "Müller");
  EXPECT_EQ(without_entities("A&B; C & D"), "A&B; C & D");
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
