// Leads that arrive together: what the store asks for many at once must be what it would have asked for each.
#include <map>
#include <random>

#include "integration/databases.hpp"
#include "integration/overview_oracle.hpp"
#include "store/statement.hpp"

namespace {

using namespace lead_system;
using store::transaction;

constexpr time_us noon = 1'795'431'600 * second_us;
constexpr time_us since = noon - 3;

struct arriving {
  lead item;
  std::string digest;
};

/// One of a few people with one of a few external ids and contents, so that nearly everything has to do with what came
/// before.
arriving any_of_a_few(std::mt19937 &random) {
  arriving one;
  one.item.content.source = "siebel_nissan";
  one.item.content.external_id = "1-" + std::to_string(random() % 60) + R"( "\{},')";
  one.item.content.type = "test_drive";
  one.item.category = "siebel_nissan";
  one.item.created_at = noon - static_cast<time_us>(random() % 5);
  auto &who = one.item.content.prospect;
  if (random() % 3 != 0) who.email = "P" + std::to_string(random() % 40) + "\"\\{}@Example.at";
  for (auto left = random() % 3; left > 0; --left) {
    who.phones.push_back({"+43664000" + std::to_string(random() % 40), ""});
  }
  one.item.content.message = "Line one\nline two\tand \\ a backslash " + std::to_string(random() % 3);
  one.digest = one.item.content.message;
  return one;
}

/// A database into which the same leads come, with a line for what became of each.
class destination {
 public:
  destination(databases::kind which, bool expecting) : database_(which), expecting_(expecting) {
    store_ = store::store::open(database_.options());
  }

  void take(const std::vector<arriving> &leads, unsigned seed) {
    store_->write([&](transaction &in) {
      std::mt19937 random(seed);
      std::vector<transaction::arrival> next;
      for (const auto &one : leads) next.push_back({one.item.content, one.digest});
      if (expecting_) in.expect(next, since);
      for (const auto &one : leads) log.push_back(taken(in, one, random() % 2 == 0));
    });
  }

  std::vector<std::string> log;
  std::int64_t stored() { return overview_oracle::count(*store_, {}, access::system_visibility(), noon); }
  std::vector<std::string> timeline_of(const std::string &name) {
    std::vector<std::string> kinds;
    for (const auto &[id, known] : names_) {
      if (known != name) continue;
      for (const auto &event : store_->timeline(id)) kinds.push_back(event.kind + " " + event.comment);
    }
    return kinds;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto &[id, name] : names_) result.push_back(name);
    return result;
  }

 private:
  std::string taken(transaction &in, const arriving &one, bool update) {
    const auto known = in.look_up({one.item.content, one.digest}, since);
    if (known.same_content) return "same as " + names_.at(known.id);
    auto item = known.id == 0 ? one.item : in.find_lead(known.id).value();
    if (known.id != 0 && update) {
      item.content = one.item.content;
      EXPECT_TRUE(in.update_lead_content(item, one.digest));
      add_event(in, known.id, "updated", one);
      return "updated " + names_.at(known.id);
    }
    item = one.item;
    const auto id = in.insert_lead(item, one.digest);
    names_[id] = item.content.external_id + " " + std::to_string(++occurrences_[item.content.external_id]);
    add_event(in, id, "received", one);
    return "new, after " + (known.id == 0 ? std::string("none") : names_.at(known.id)) + ", following " +
           (known.follow_up == 0 ? std::string("none") : names_.at(known.follow_up));
  }
  static void add_event(transaction &in, std::int64_t id, const char *kind, const arriving &one) {
    lead_event event;
    event.lead_id = id;
    event.at = noon;
    event.kind = kind;
    event.comment = one.digest;
    in.add_event(event);
  }

  databases::fresh_database database_;
  bool expecting_;
  std::unique_ptr<store::store> store_;
  std::map<std::int64_t, std::string> names_;  ///< the numbers themselves differ from database to database
  std::map<std::string, int> occurrences_;
};

class arrivals_test : public testing::TestWithParam<databases::kind> {};
INSTANTIATE_TEST_SUITE_P(databases, arrivals_test, databases::all(), databases::name);

/// What a session of a server prepares is its own to keep.
class prepared_statements : public testing::TestWithParam<databases::kind> {};

INSTANTIATE_TEST_SUITE_P(databases, prepared_statements, databases::servers(), databases::name);

TEST_P(arrivals_test, the_same_becomes_of_leads_whether_they_were_expected_or_not) {
  // given
  std::mt19937 random(11);
  destination one_by_one(GetParam(), false), together(GetParam(), true);
  for (unsigned count = 0; count < 12; ++count) {
    std::vector<arriving> next(20);
    for (auto &one : next) one = any_of_a_few(random);
    // when
    one_by_one.take(next, count);
    together.take(next, count);
    // then
    ASSERT_EQ(one_by_one.log, together.log) << count;
  }
  EXPECT_EQ(one_by_one.stored(), together.stored());
  for (const auto &name : one_by_one.names()) EXPECT_EQ(one_by_one.timeline_of(name), together.timeline_of(name));
  // and it was no easy case
  for (const char *found : {"same as", "updated", "new, after none, following none", "new, after none, following 1"}) {
    EXPECT_TRUE(std::any_of(together.log.begin(), together.log.end(), [&](const std::string &line) {
      return line.starts_with(found);
    })) << found;
  }
}

TEST_P(arrivals_test, a_text_comes_out_as_it_went_in_and_bytes_that_are_none_are_replaced) {
  // given
  const databases::fresh_database database(GetParam());
  const auto store = store::store::open(database.options());
  arriving one{{}, "digest"};
  auto &content = one.item.content;
  content.source = "siebel_nissan";
  content.external_id = "tab\tline\nreturn\rbackslash\\N\\.quote'\"";
  content.type = "quote_request";
  content.message = "not \xFF UTF-8";
  const auto name = content.external_id;
  // when: a few rows go another way than many do
  const int few = 2, many = 40;
  for (const int count : {few, many}) {
    store->write([&](transaction &in) {
      for (int number = 0; number < count; ++number) {
        content.external_id = name + std::to_string(count + number);
        in.insert_lead(one.item, one.digest);
      }
    });
  }
  // then
  store->write([&](transaction &in) {
    for (const int number : {few, few + 1, many, many + many - 1}) {
      content.external_id = name + std::to_string(number);
      const auto found = in.find_lead(content.source, content.external_id);
      ASSERT_TRUE(found) << number;
      EXPECT_EQ(found->content.external_id, content.external_id);
      EXPECT_EQ(found->content.message, "not \xEF\xBF\xBD UTF-8");
      EXPECT_EQ(found->content.prospect, content.prospect);
    }
  });
  // and what is no text at all is refused, with all of its transaction
  content.external_id = std::string("a\0b", 3);
  EXPECT_THROW(store->write([&](transaction &in) { in.insert_lead(one.item, one.digest); }), std::exception);
  EXPECT_EQ(overview_oracle::count(*store, {}, access::system_visibility(), noon), few + many);
}

TEST_P(arrivals_test, what_fails_in_the_middle_leaves_nothing_and_the_session_usable) {
  // given
  const databases::fresh_database database(GetParam());
  auto how = database.options();
  how.sessions = 1;
  const auto store = store::store::open(how);
  std::mt19937 random(3);
  const auto one = any_of_a_few(random);
  // when
  const auto broken = [&] {
    store->write([&](transaction &in) {
      in.insert_lead(one.item, one.digest);
      in.insert_item({0, 4711, 1, "1-A", "accepted", 1, ""});  // of a run that does not exist
    });
  };
  // then
  for (int count = 0; count < 3; ++count) EXPECT_ANY_THROW(broken());
  EXPECT_EQ(overview_oracle::count(*store, {}, access::system_visibility(), noon), 0);
  store->write([&](transaction &in) { in.insert_lead(one.item, one.digest); });
  EXPECT_EQ(overview_oracle::count(*store, {}, access::system_visibility(), noon), 1);
}

TEST_P(prepared_statements, stay_with_a_session_that_goes_on_after_a_fault) {
  // given
  const databases::fresh_database database(GetParam());
  store::store::open(database.options());
  const auto session = database.session();
  store::connection on(*session, store::engine::postgresql);
  // when
  for (int count = 0; count < 3; ++count) {
    store::begin_write(*session, on.kind());
    on.into(store::bulk_table::lead_digest, "source, external_id, digest").add({"siebel_nissan", "1-A", "digest"});
    on.write();
    *session << "ROLLBACK";
    on.forget();
  }
  // then
  int prepared = 0;
  *session << "SELECT COUNT(*) FROM pg_prepared_statements WHERE name LIKE 'new_rows%'", soci::into(prepared);
  EXPECT_EQ(prepared, 1);
}

}  // namespace
