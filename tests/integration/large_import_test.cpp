// A payload that is larger than the memory: stored some leads at a time, all of it once, whatever breaks off when.
#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"

namespace {

using namespace dealership;
using nlohmann::json;

constexpr int leads = 50;

class large_import_test : public with_desks {
 protected:
  std::string payload(int count = leads) {
    std::string text = "<SiebelMessage><ListOfNeDealerLead>";
    for (int number = 1; number <= count; ++number) {
      text += "<NeDealerLead><Id>1-" + std::to_string(number) +
              "</Id><LeadType>Test Drive</LeadType><DealerCode>AT10017</DealerCode>";
      // Every tenth cannot be reached.
      if (number % 10 != 0) {
        text += "<ListOfContact><Contact><EmailAddress>p" + std::to_string(number) +
                "@example.at</EmailAddress></Contact></ListOfContact>";
      }
      text += "</NeDealerLead>";
    }
    return text + "</ListOfNeDealerLead></SiebelMessage>";
  }

  /// Imports with limits so small that the payload is large; `broken_after`: the call is cancelled after so many looks.
  json import(const std::string &bytes, int broken_after = -1) {
    intake::importer::parts with{open(), sources_.types, *organisation_, {}, nullptr, dms::log(nullptr)};
    with.within.cut_above_bytes = 1000;
    with.within.block_bytes = 1500;
    with.within.leads_a_transaction = 7;
    with.spool_directory = database().directory() / "spool";
    const intake::importer hook(with, sources_.definitions.at("siebel_nissan"));
    struct state {
      std::string_view rest;
      int looks_left;
    } at{bytes, broken_after};
    dms_call raw{};
    raw.struct_size = sizeof raw;
    raw.context = &at;
    raw.locale = dms::str("en");
    raw.channel = dms::str("folder");
    raw.now_us = noon;
    raw.may = [](void *, dms_str) noexcept -> std::int32_t { return 1; };
    raw.cancelled = [](void *context) noexcept -> std::int32_t {
      auto &left = static_cast<state *>(context)->looks_left;
      return left >= 0 && left-- == 0 ? 1 : 0;
    };
    const dms_stream stream{&at, [](void *context, char *buffer, std::uint64_t capacity) noexcept -> std::int64_t {
                              auto &rest = static_cast<state *>(context)->rest;
                              const auto count =
                                  std::min<std::size_t>(rest.size(), std::min<std::size_t>(capacity, 999));
                              rest.copy(buffer, count);
                              rest.remove_prefix(count);
                              return static_cast<std::int64_t>(count);
                            }};
    return json::parse(hook.run(dms::call(&raw), dms::input(&stream), "large.xml", {}));
  }
  std::int64_t stored() { return overview_oracle::count(open(), {}, access::system_visibility(), noon); }
};
INSTANTIATE_TEST_SUITE_P(databases, large_import_test, databases::all(), databases::name);

TEST_P(large_import_test, gives_what_a_small_one_gives_and_again_changes_nothing) {
  // when
  const auto report = import(payload());
  // then
  EXPECT_EQ(report["accepted"], 45) << report.dump(1);
  EXPECT_EQ(report["quarantined"], 5);
  EXPECT_EQ(report["items"].size(), 50U);
  EXPECT_EQ(stored(), 45);
  const auto run = open().runs("", "", 0, 1).at(0);
  EXPECT_TRUE(run.finished);
  EXPECT_EQ(run.bytes, static_cast<std::int64_t>(payload().size()));
  // and it is archived as it came
  EXPECT_EQ(open().payload(run.payload_id), payload());
  // when it comes again
  const auto again = import(payload());
  // then: the same bytes with the same fault are a repeat like any other
  EXPECT_EQ(again["repeated"], 50);
  EXPECT_EQ(again["quarantined"], 0);
  EXPECT_EQ(stored(), 45);
}

TEST_P(large_import_test, goes_on_where_it_broke_off) {
  // given: it is stopped at every place where it looks, one after the other
  int stops = 0;
  json report;
  for (int looks = 0; looks < 1000 && report.is_null(); ++looks) {
    try {
      report = import(payload(), looks);
    } catch (const dms::failure &reason) {
      EXPECT_EQ(reason.status(), dms_cancelled);
      ++stops;
    }
  }
  // then: in the end everything is there once, and counted once
  EXPECT_GT(stops, 10);
  EXPECT_EQ(report["accepted"], 45) << report.dump(1);
  EXPECT_EQ(report["quarantined"], 5);
  EXPECT_EQ(report["repeated"], 0);
  EXPECT_EQ(stored(), 45);
}

TEST_P(large_import_test, that_is_broken_at_its_end_stores_no_lead) {
  // when
  auto text = payload();
  text.resize(text.size() - 40);
  const auto report = import(text);
  // then
  EXPECT_EQ(report["quarantined"], 1);
  EXPECT_NE(report["reason"], "");
  EXPECT_EQ(stored(), 0);
  EXPECT_EQ(open().payload(open().runs("", "", 0, 1).at(0).payload_id), text);
}

TEST_P(large_import_test, of_another_source_is_refused_as_a_whole) {
  const auto report = import("<adf>" + std::string(2000, ' ') + "</adf>");
  EXPECT_EQ(report["quarantined"], 1);
  EXPECT_EQ(stored(), 0);
}

}  // namespace
