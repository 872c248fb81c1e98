// tests/data/generate_leads: what it says of its leads is what becomes of them.
#include <array>
#include <cstdio>
#include <filesystem>

#include "paths.hpp"
#include "unit/import_support.hpp"

namespace {

using namespace import_support;

struct generated {
  std::string payload;
  json told;
};

generated generate(const std::string &arguments) {
  const auto told = std::filesystem::temp_directory_path() / ("generate_leads_" + std::to_string(::getpid()));
  const auto command = paths::data() + "/generate_leads " + arguments + " 2>" + told.string();
  generated result;
  if (auto *pipe = ::popen(command.c_str(), "r")) {
    std::array<char, 65536> buffer;
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      result.payload.append(buffer.data(), count);
    }
    EXPECT_EQ(::pclose(pipe), 0) << file_text(told.string());
  }
  result.told = json::parse(file_text(told.string()), nullptr, false);
  std::filesystem::remove(told);
  return result;
}

class generate_leads : public with_importer, public testing::WithParamInterface<const char *> {};

TEST_P(generate_leads, become_what_it_says) {
  // given a payload of many leads
  const auto made = generate(std::string("--leads 400 --seed 3 --source ") + GetParam());
  ASSERT_TRUE(made.told.is_object());
  // when it is imported
  const auto report = import(GetParam(), made.payload);
  // then as many are accepted, repeated and quarantined as it said
  EXPECT_EQ(report.value("reason", json()), json());
  for (const auto *count : {"accepted", "repeated", "quarantined"}) EXPECT_EQ(report[count], made.told[count]) << count;
  EXPECT_GT(report["repeated"], 0);
  EXPECT_GT(report["quarantined"], 0);
  EXPECT_EQ(report["updated"], 0);
}

INSTANTIATE_TEST_SUITE_P(of, generate_leads,
                         testing::Values("siebel_nissan", "siebel_dacia", "adf", "star", "finance_expiry_csv",
                                         "web_json"),
                         [](const auto &one) { return std::string(one.param); });

TEST(generate_leads_tool, the_same_seed_gives_the_same_bytes) {
  const auto one = generate("--leads 50 --seed 5"), again = generate("--leads 50 --seed 5"),
             other = generate("--leads 50 --seed 6"), none = generate("--leads 0");
  EXPECT_EQ(one.payload, again.payload);
  EXPECT_NE(one.payload, other.payload);
  EXPECT_EQ(none.told["leads"], 0);
}

}  // namespace
