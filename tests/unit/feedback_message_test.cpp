// What a message to a manufacturer is made of: its number, its times, its digest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "feedback/render.hpp"
#include "lead/digest.hpp"

namespace {

using namespace lead_system;
using namespace lead_system::feedback;
using testing::MatchesRegex;

constexpr time_us newsletter = 1'595'405'500 * second_us;  // 2020-07-22 08:11:40 UTC

TEST(feedback_message, its_number_is_a_uuid_of_its_time) {
  const auto number = new_message_id(newsletter);
  // RFC 9562: 48 bits of milliseconds, the version, the variant.
  EXPECT_THAT(number, MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(std::stoll(number.substr(0, 8) + number.substr(9, 4), nullptr, 16), newsletter / 1000);
}

TEST(feedback_message, numbers_of_one_moment_differ_and_those_of_a_later_one_come_behind) {
  std::set<std::string> numbers;
  for (int i = 0; i < 1000; ++i) numbers.insert(new_message_id(newsletter));
  EXPECT_EQ(numbers.size(), 1000);
  EXPECT_LT(*numbers.rbegin(), new_message_id(newsletter + 1000));
}

TEST(feedback_message, times_are_written_in_utc_as_the_source_wants_them) {
  EXPECT_EQ(written_time("%m/%d/%Y %H:%M:%S", newsletter), "07/22/2020 08:11:40");
  EXPECT_EQ(written_time("%Y-%m-%dT%H:%M:%SZ", newsletter), "2020-07-22T08:11:40Z");
  EXPECT_EQ(written_time(std::string(300, 'x'), newsletter), "");
}

TEST(digest, is_sha_256_however_the_bytes_come) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  sha256 in_pieces;
  in_pieces.add("a");
  in_pieces.add("bc");
  EXPECT_EQ(hex(in_pieces.result()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
