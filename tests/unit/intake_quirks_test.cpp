// Every payload of tests/data/quirks through the real importer: NAME.EXT becomes what NAME.expected.json says.
//
// expected.json: "about" (why the file is there), "reason" (the whole payload was quarantined, in English),
// "google_key" (what the installation has set), and "leads", one a lead of the payload in order: "outcome",
// "external_id" ("derived:*" is any derived one), "reason", and "content": what the stored lead must hold, times as ISO
// 8601 in UTC; null: must not be there. What is not named may be anything, except in lists, which are named whole.
#include <date/date.h>

#include <filesystem>
#include <ostream>

#include "paths.hpp"
#include "unit/import_support.hpp"

namespace {

using namespace import_support;
namespace fs = std::filesystem;

struct quirk {
  fs::path payload, expected;
  std::string source() const { return payload.parent_path().filename().string(); }
};
void PrintTo(const quirk &one, std::ostream *out) {
  *out << one.payload.string();
}

const fs::path folder = fs::path(paths::data()) / "quirks";

std::vector<quirk> all_quirks() {
  std::vector<quirk> result;
  for (const auto &item : fs::recursive_directory_iterator(folder)) {
    const auto name = item.path().filename().string();
    if (!item.is_regular_file() || name.ends_with(".expected.json") || name == "README.md") continue;
    result.push_back({item.path(), item.path().parent_path() / (item.path().stem().string() + ".expected.json")});
  }
  std::sort(result.begin(), result.end(),
            [](const auto &one, const auto &other) { return one.payload < other.payload; });
  return result;
}

std::string iso(time_us time) {
  std::ostringstream out;
  out << date::format("%FT%TZ", date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time)));
  auto text = out.str();
  if (const auto zeros = text.find(".000000Z"); zeros != std::string::npos) text.replace(zeros, 8, "Z");
  return text;
}

/// Times readable.
void show_times(json &value) {
  for (auto &[key, item] : value.items()) {
    if (item.is_structured()) show_times(item);
    const bool time = key == "received_at" || key == "appointment_at" || key == "at";
    if (time && item.is_number_integer()) item = iso(item.get<time_us>());
  }
}

/// Remarks readable, in English.
void show_remarks(const lead_content &stored, json &content) {
  for (const auto &[name, value] : stored.extras) {
    if (name.starts_with("remark/")) content["extras"][name] = remark_of(stored, name.substr(7));
  }
}

void expect_holds(const json &expected, const json &found, const std::string &where) {
  if (expected.is_object() && found.is_object()) {
    for (const auto &[key, value] : expected.items()) {
      if (value.is_null()) {
        EXPECT_FALSE(found.contains(key)) << where << "/" << key << ": " << found.value(key, json());
      } else if (found.contains(key)) {
        expect_holds(value, found[key], where + "/" + key);
      } else {
        ADD_FAILURE() << where << "/" << key << " is missing in " << found.dump(1);
      }
    }
  } else if (expected.is_array() && found.is_array()) {
    EXPECT_EQ(expected.size(), found.size()) << where << ": " << found.dump(1);
    for (std::size_t at = 0; at < std::min(expected.size(), found.size()); ++at) {
      expect_holds(expected[at], found[at], where + "/" + std::to_string(at));
    }
  } else {
    EXPECT_EQ(expected, found) << where;
  }
}

class intake_quirks : public with_importer, public testing::WithParamInterface<quirk> {
 protected:
  void expect_lead(const json &expected, const json &item, const std::string &where) {
    EXPECT_EQ(item["outcome"], expected["outcome"]) << where << ": " << item["reason"];
    const auto id = expected.value("external_id", std::string("derived:*"));
    const auto found = item["external_id"].get<std::string>();
    if (id == "derived:*") {
      EXPECT_TRUE(found.starts_with("derived:")) << where << ": " << found;
    } else {
      EXPECT_EQ(found, id) << where;
    }
    EXPECT_EQ(item["reason"], expected.value("reason", json())) << where;
    if (!expected.contains("content")) return;
    // By its number: several leads may have one external id.
    const auto stored = store_->find(std::stoll(item.value("lead", "0")), access::system_visibility());
    ASSERT_TRUE(stored) << where;
    auto content = json::parse(to_json(stored->content));
    show_times(content);
    show_remarks(stored->content, content);
    expect_holds(expected["content"], content, where);
  }
};

TEST_P(intake_quirks, become_what_is_expected) {
  // given what must become of the file
  const auto &one = GetParam();
  const auto expected = json::parse(file_text(one.expected.string()), nullptr, false);
  ASSERT_TRUE(expected.is_object()) << one.expected << " is no JSON";
  host_.secret = expected.value("google_key", std::string());
  // when it is imported
  const auto report = import(one.source(), file_text(one.payload.string()));
  // then it has become that, and nothing else
  EXPECT_EQ(report.value("reason", json()), expected.value("reason", json()));
  const auto leads = expected.value("leads", json::array());
  if (leads.empty()) {
    EXPECT_EQ(report["accepted"], 0) << report.dump(1);
    EXPECT_EQ(report["quarantined"], expected.contains("reason") ? 1 : 0) << report.dump(1);
    return;
  }
  ASSERT_EQ(report["items"].size(), leads.size()) << report.dump(1);
  for (std::size_t at = 0; at < leads.size(); ++at)
    expect_lead(leads[at], report["items"][at], "lead " + std::to_string(at + 1));
}

std::string name_of(const testing::TestParamInfo<quirk> &info) {
  auto name = info.param.source() + "_" + info.param.payload.stem().string();
  for (char &letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(folder, intake_quirks, testing::ValuesIn(all_quirks()), name_of);

TEST(intake_quirk_folder, has_every_source_and_an_expectation_for_each_file) {
  const auto all = all_quirks();
  EXPECT_GE(all.size(), 180U);
  for (const auto &[id, source] : shipped().definitions) {
    if (source.old_list) continue;  // comes in once, by the Umstellung: cutover_test
    const bool there = std::any_of(all.begin(), all.end(), [&id = id](const quirk &one) { return one.source() == id; });
    EXPECT_TRUE(there) << id;
  }
  for (const auto &one : all) EXPECT_TRUE(fs::exists(one.expected)) << one.expected;
}

}  // namespace
