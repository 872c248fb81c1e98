// Opening hours as people write them.
#include <gtest/gtest.h>

#include "dms/cpp/basics.hpp"
#include "reference_host/web/hours_text.hpp"

using namespace dms::reference;
using namespace dms::reference::web;

namespace {

std::string read_and_written(std::string_view text) {
  std::string result;
  for (const auto &span : read_hours(text)) {
    result += (result.empty() ? "" : ",") + span.days + " " + span.from + "-" + span.to;
  }
  return result;
}

TEST(web_hours, are_read_in_the_ways_in_which_people_write_them) {
  for (const auto *text :
       {"Mo–Fr 08:00–18:00, Sa 09:00–12:00", "mo-fr 8-18; sa 9-12", "Mon-Fri 8:00 - 18:00, Sat 9:00-12:00",
        "1-5 08:00-18:00,6 09:00-12:00", "Montag – Freitag: 8.00–18.00 Uhr\nSamstag: 9.00–12.00 Uhr",
        "Mo.–Fr. 08:00–18:00\r\nSa. 09:00–12:00\r\n"}) {
    EXPECT_EQ(read_and_written(text), "1-5 08:00-18:00,6 09:00-12:00") << text;
  }
  EXPECT_EQ(read_and_written("Di 9-12, Di 14-18"), "2 09:00-12:00,2 14:00-18:00");
  EXPECT_EQ(read_and_written(""), "");
}

TEST(web_hours, are_refused_with_an_example_where_they_say_nothing_sure) {
  for (const auto *text : {"immer", "Mo-Fr", "Fr-Mo 8-12", "8-18", "Xx 8-12", "Mo 8 bis 12", "Mo,Mi 8-12", "Mo-Fr 8-25",
                           "Mo 18-8", "Mo 8-8", "Mo 8:60-9"}) {
    EXPECT_THROW(read_hours(text), dms::failure) << text;
  }
  EXPECT_THROW(read_hours(std::string(5000, 'M')), dms::failure);
}

TEST(web_hours, are_written_in_the_readers_language_and_read_back_the_same) {
  const auto hours = parse_hours("1-5 08:00-18:00,6 09:00-12:00");
  EXPECT_EQ(written_hours(hours, "de-AT"), "Mo–Fr 08:00–18:00, Sa 09:00–12:00");
  EXPECT_EQ(written_hours(hours, "en"), "Mon–Fri 08:00–18:00, Sat 09:00–12:00");
  for (const auto *locale : {"de-AT", "en"}) {
    EXPECT_EQ(read_and_written(written_hours(hours, locale)), "1-5 08:00-18:00,6 09:00-12:00");
  }
}

}  // namespace
