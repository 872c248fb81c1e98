// The content of a lead as JSON: the same text as ever, since the digests of all leads that are stored were made of it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "lead/fold.hpp"
#include "lead/lead.hpp"

namespace {

using namespace lead_system;
using nlohmann::json;

std::string any_text(std::mt19937 &random) {
  static const std::vector<std::string> pieces{
      "",  "a",    "Müller",   "ß", "\"", "\\",   "\n\t\r\b\f",   "\x01\x1F\x7F",     "€",
      "𝔘", "\xFF", "\xC3 cut", "/", "<&", "\xC0", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3"};
  std::string result;
  for (auto left = random() % 4; left > 0; --left) result += pieces[random() % pieces.size()];
  return result;
}

vehicle any_vehicle(std::mt19937 &random) {
  vehicle item;
  for (auto *text : {&item.make, &item.model, &item.trim, &item.year, &item.condition, &item.vin, &item.order_number,
                     &item.stock_number, &item.colour, &item.mileage}) {
    *text = any_text(random);
  }
  return item;
}

lead_content any_content(std::mt19937 &random) {
  lead_content item;
  auto &who = item.prospect;
  for (auto *text :
       {&item.source,         &item.external_id, &item.type,       &item.dealer_code, &item.preferred_channel,
        &item.preferred_time, &item.message,     &item.campaign,   &item.referrer,    &who.salutation,
        &who.title,           &who.first_name,   &who.last_name,   &who.company,      &who.language,
        &who.email,           &who.street,       &who.postal_code, &who.city,         &who.country,
        &who.customer_number}) {
    *text = any_text(random);
  }
  item.received_at = static_cast<time_us>(random() % 3) * 1'595'419'200'000'000;
  item.appointment_at = random() % 2 == 0 ? 0 : -5;
  item.appointment_day = random() % 2 == 0;
  for (auto left = random() % 3; left > 0; --left) who.phones.push_back({any_text(random), any_text(random)});
  for (auto left = random() % 3; left > 0; --left) item.wanted.push_back(any_vehicle(random));
  if (random() % 2 == 0) item.trade_in = any_vehicle(random);
  if (random() % 2 == 0) item.finance = finance_contract{any_text(random), any_text(random), 38900, {}};
  for (auto left = random() % 3; left > 0; --left) {
    item.consents.push_back({any_text(random), random() % 2 == 0, 7, any_text(random), any_text(random)});
  }
  for (auto left = random() % 3; left > 0; --left) item.extras[std::to_string(random())] = any_text(random);
  return item;
}

TEST(content_json, is_what_the_library_writes) {
  // given any content
  std::mt19937 random(5);
  for (int count = 0; count < 600; ++count) {
    const auto item = any_content(random);
    // when
    const auto text = to_json(item);
    // then: sorted and escaped as the library does it, and nothing of it is lost
    const auto parsed = json::parse(text, nullptr, false);
    ASSERT_FALSE(parsed.is_discarded()) << text;
    ASSERT_EQ(parsed.dump(), text);
    ASSERT_EQ(to_json(content_from_json(text)), text);
  }
}

TEST(content_json, of_two_parts_holds_what_the_whole_holds) {
  std::mt19937 random(6);
  for (int count = 0; count < 300; ++count) {
    const auto item = any_content(random);
    auto both = json::parse(to_json(item, content_part::listed));
    // Of the consents a list knows what was refused.
    EXPECT_EQ(both.value("consents", json::array()).size(), item.refused_channels().size());
    both.erase("consents");
    const auto details = json::parse(to_json(item, content_part::details));
    for (const auto &[name, value] : details.items()) {
      EXPECT_TRUE(name == "message" || name == "consents" || name == "extras") << name;
      EXPECT_FALSE(both.contains(name));
      both[name] = value;
    }
    ASSERT_EQ(both.dump(), to_json(item));
    // and without the time of arrival
    both.erase("received_at");
    ASSERT_EQ(both.dump(), to_json(item, content_part::compared));
  }
}

TEST(content_json, a_list_knows_the_refused_channels_and_nothing_else_of_consents) {
  lead_content item;
  item.consents = {{"email", true, 5, "Ja, gerne"},
                   {"phone", false, 5, "Bitte nicht anrufen"},
                   {"sms", std::nullopt, 0, ""},
                   {"phone", false, 6, ""}};
  const auto listed = content_from_json(to_json(item, content_part::listed));
  EXPECT_EQ(listed.consents, (std::vector<consent>{{"phone", false, 0, ""}}));
  EXPECT_FALSE(listed.allows("phone"));
  for (const auto *channel : {"email", "sms", "post"}) EXPECT_TRUE(listed.allows(channel)) << channel;
}

TEST(consents, the_latest_word_on_a_channel_counts_and_of_two_at_once_the_no) {
  lead_content item;
  item.consents = {{"phone", false, 5, ""}, {"phone", true, 9, ""}, {"email", true, 9, ""}, {"email", false, 9, ""}};
  EXPECT_TRUE(item.allows("phone"));
  EXPECT_FALSE(item.allows("email"));
  EXPECT_EQ(item.refused_channels(), std::vector<std::string>{"email"});
}

TEST(content_json, has_its_members_in_one_order) {
  lead_content item;
  item.source = "web_json";
  item.external_id = "1";
  item.type = "test_drive";
  item.received_at = 3;
  item.message = "Ja \"bitte\"";
  item.prospect.first_name = "Jürgen";
  item.prospect.phones = {{"+43664", ""}};
  item.wanted = {{}};
  item.consents = {{"email", false, 0, ""}};
  item.extras = {{"b", ""}, {"a", "€"}};
  EXPECT_EQ(to_json(item),
            R"({"consents":[{"channel":"email","given":false}],"external_id":"1","extras":{"a":"€","b":""},)"
            R"("message":"Ja \"bitte\"","prospect":{"first_name":"Jürgen","phones":[{"number":"+43664"}]},)"
            R"("received_at":3,"source":"web_json","type":"test_drive","wanted":[{}]})");
  EXPECT_EQ(to_json({}), "{}");
}

TEST(fold, of_a_letter_is_the_same_beside_letters_that_are_looked_up_elsewhere) {
  // given: an "ō" of Vietnamese sends the whole text through ICU
  const std::string elsewhere = "ộ";
  ASSERT_EQ(fold_name(elsewhere), "o");
  for (unsigned letter = 1; letter < 0x180; ++letter) {
    std::string text;
    if (letter < 0x80) {
      text += static_cast<char>(letter);
    } else {
      text += static_cast<char>(0xC0U | (letter >> 6U));
      text += static_cast<char>(0x80U | (letter & 0x3FU));
    }
    // then
    EXPECT_EQ(fold_name("x" + text + "x" + "o"), fold_name("x" + text + "x" + elsewhere)) << letter;
  }
}

}  // namespace
