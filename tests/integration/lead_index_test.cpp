// The lead index against the store's own SQL and the plain rule of access, on both databases: the same leads, in the
// same order, on the same pages, for random filters, rights and sorts, after random changes, with two hosts on one
// database.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "columns/lead_index.hpp"
#include "evaluation/evaluator.hpp"
#include "integration/databases.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/random_leads.hpp"

namespace {

using namespace lead_system;
using namespace random_leads;
using store::transaction;

class lead_index_test : public databases::on_each {
 protected:
  void SetUp() override {
    on_each::SetUp();
    open();
    raw_.generation = [](void *) -> std::int64_t { return 1; };
    raw_.users = raw_.locations = [](void *, const dms_sink *sink, dms_error *) -> dms_status {
      return dms::write(*sink, "[]"), dms_ok;
    };
  }
  void happen() {
    for (int write = 0; write < 8; ++write) {
      if (ids_.empty() || some_.below(3) != 0) {
        const auto item = some_.fresh(static_cast<int>(ids_.size()) + 1);
        open().write([&](transaction &inside) { last_ = inside.insert_lead(item, "d"); });
        ids_.push_back(last_);
        continue;
      }
      const auto id = some_.one_of(ids_);
      const bool rewritten = some_.below(4) == 0, fails = some_.below(6) == 0;
      try {
        open().write([&](transaction &inside) {
          auto item = *inside.find_lead(id);
          if (rewritten) some_.describe(item, static_cast<int>(id));
          some_.work(item);
          ASSERT_TRUE(rewritten ? inside.update_lead_content(item, "e") : inside.update_lead(item));
          if (some_.below(2) == 0) tell(inside, id);
          if (fails) throw std::domain_error("changed his mind");
        });
      } catch (const std::domain_error &) {
        EXPECT_TRUE(fails);
      }
    }
    for (auto &message : open().lease_feedback("siebel_nissan", 2, noon + day_us, minute_us, "sender")) {
      message.status = static_cast<store::feedback_status>(1 + some_.below(3));
      open().settle_feedback(message, "sender", noon + day_us);
    }
  }
  void tell(transaction &inside, std::int64_t id) {
    store::feedback_message one;
    one.lead_id = id;
    one.message_id = "message " + std::to_string(++messages_);
    one.source = "siebel_nissan";
    one.external_id = "x";
    one.created_at = one.next_attempt_at = noon;
    inside.queue_feedback(one);
  }

  static std::vector<std::int64_t> ids_of(const store::lead_page &page) {
    std::vector<std::int64_t> result;
    for (const auto &one : page.leads) result.push_back(one.id);
    return result;
  }
  /// Page by page to the end and back again, each as the store itself has it.
  void compare_pages(columns::lead_index &host, store::lead_query query, const access::visibility &who, time_us now) {
    for (const bool forth : {true, false}) {
      for (int page = 0; page < 60; ++page) {
        const auto found = host.ask(query, who, now);
        const auto plain = overview_oracle::list(open(), query, who, now);
        ASSERT_EQ(ids_of(found.page), ids_of(plain));
        ASSERT_EQ(found.page.total, plain.total);
        ASSERT_EQ(found.page.next, plain.next);
        ASSERT_EQ(found.page.previous, plain.previous);
        const auto &on = forth ? found.page.next : found.page.previous;
        if (on.empty()) break;
        query.cursor = on;
      }
    }
  }

  dms_directory raw_{};
  access::organisation_source organisation_{dms::directory(&raw_)};
  world some_;
  std::vector<std::int64_t> ids_;
  std::int64_t last_ = 0;
  int messages_ = 0;
};
INSTANTIATE_TEST_SUITE_P(databases, lead_index_test, databases::all(), databases::name);

TEST_P(lead_index_test, gives_the_pages_totals_and_tabs_of_the_store_at_every_moment_of_a_random_history) {
  // given: two hosts
  columns::lead_index first(database().options(), open(), organisation_),
      second(database().options(), open(), organisation_);
  for (int moment = 0; moment < wish("LEADS_TEST_ROUNDS", 20); ++moment) {
    // when
    happen();
    if (some_.below(10) == 0) store::lead_feed(database().options()).forget(some_.below(10));
    // then
    auto &host = moment % 2 == 0 ? first : second;
    for (int question = 0; question < 4; ++question) {
      const auto who = some_.somebody();
      const auto query = some_.query();
      const auto now = noon + some_.below(500) * minute_us;
      SCOPED_TRACE("moment " + std::to_string(moment) + " text " + query.filter.text + " tab " + query.filter.tab +
                   " sort " + std::to_string(static_cast<int>(query.sort)));
      compare_pages(host, query, who, now);
      if (HasFailure()) return;
      const auto tabs = host.ask(query, who, now).tabs, plain = overview_oracle::counts(open(), who, now, query.filter);
      EXPECT_EQ(tabs.all, plain.all);
      EXPECT_EQ(tabs.open, plain.open);
      EXPECT_EQ(tabs.unassigned, plain.unassigned);
      EXPECT_EQ(tabs.mine, plain.mine);
      EXPECT_EQ(tabs.overdue, plain.overdue);
      EXPECT_EQ(tabs.silent, plain.silent);
    }
    // and: what the plain rule lets one see, no more and no less
    const auto who = some_.somebody();
    std::set<std::int64_t> allowed;
    for (const auto id : ids_) {
      if (access::sees(who, *open().find(id, access::system_visibility()))) allowed.insert(id);
    }
    store::lead_query all;
    all.limit = 500;
    std::set<std::int64_t> seen;
    do {
      const auto page = host.list(all, who, noon);
      for (const auto &one : page.leads) seen.insert(one.id);
      all.cursor = page.next;
    } while (!all.cursor.empty());
    EXPECT_EQ(seen, allowed);
    auto asked = ids_;
    asked.push_back(last_ + 1000);
    const auto known = host.seen(asked, who);
    EXPECT_EQ(std::set<std::int64_t>(known.begin(), known.end()), allowed);
    // and: of each salesperson he counts what he sees
    std::map<std::string, std::int64_t> open_ones;
    auto earliest = std::numeric_limits<time_us>::max();
    for (const auto id : allowed) {
      const auto item = *open().find(id, access::system_visibility());
      if (is_open(item.state) && !item.assignee.empty()) ++open_ones[item.assignee];
      earliest = std::min(earliest, item.created_at / minute_us * minute_us);
    }
    EXPECT_EQ(host.open_per_assignee(who), open_ones);
    EXPECT_EQ(evaluation::evaluator(host).oldest(who), allowed.empty() ? 0 : earliest);
  }
}

TEST_P(lead_index_test, counts_of_tabs_obey_a_filter_that_stands_alone) {
  columns::lead_index host(database().options(), open(), organisation_);
  for (int moment = 0; moment < 30; ++moment) happen();
  const auto who = some_.somebody();
  for (const std::uint32_t within : {60U, 240U, 1440U}) {
    store::lead_query query;
    query.filter.answered_within = within;
    const auto tabs = host.ask(query, who, noon).tabs, plain = overview_oracle::counts(open(), who, noon, query.filter);
    EXPECT_EQ(tabs.all, plain.all) << within;
    EXPECT_EQ(tabs.open, plain.open) << within;
  }
}

TEST_P(lead_index_test, many_ask_at_once_while_leads_change) {
  // given: people who ask for the same words, each at a time of his own
  columns::lead_index host(database().options(), open(), organisation_);
  for (int times = 0; times < 3; ++times) happen();
  std::vector<access::visibility> asked_by;
  for (int one = 0; one < 4; ++one) asked_by.push_back(some_.anybody());
  const auto asking_for = [](std::size_t number) {
    store::lead_query query;
    query.filter.text = number % 2 == 0 ? "müller" : "wien qashqai";
    return query;
  };
  // when
  std::vector<std::thread> asking;
  for (std::size_t one = 0; one < asked_by.size(); ++one) {
    asking.emplace_back([&, one] {
      for (int times = 0; times < 25; ++times) {
        const auto moment = noon + static_cast<int>(one) * 100 * minute_us;
        const auto found = host.ask(asking_for(one + static_cast<std::size_t>(times)), asked_by[one], moment);
        EXPECT_LE(found.page.total, found.tabs.all);
      }
    });
  }
  for (int times = 0; times < 5; ++times) happen();
  for (auto &one : asking) one.join();
  // then: whatever was kept meanwhile, all see what is
  for (const auto &who : asked_by) {
    for (const std::size_t number : {0, 1}) {
      const auto query = asking_for(number);
      const auto found = host.ask(query, who, noon);
      const auto plain = overview_oracle::list(open(), query, who, noon);
      EXPECT_EQ(ids_of(found.page), ids_of(plain));
      EXPECT_EQ(found.page.total, plain.total);
      EXPECT_EQ(found.tabs.overdue, overview_oracle::counts(open(), who, noon, query.filter).overdue);
    }
  }
}

TEST_P(lead_index_test, a_lead_that_is_taken_from_somebody_meanwhile_is_not_shown_to_him) {
  // given: the index has found it
  auto item = some_.fresh(1);
  item.assignee = "anna";
  open().write([&](transaction &inside) { last_ = inside.insert_lead(item, "d"); });
  access::visibility who;
  who.user = "anna";
  EXPECT_EQ(open().leads({last_}, who).size(), 1U);
  // when: before its row is read, it is somebody else's
  open().write([&](transaction &inside) {
    auto known = *inside.find_lead(last_);
    known.assignee = "lukas";
    inside.update_lead(known);
  });
  // then
  EXPECT_TRUE(open().leads({last_}, who).empty());
}

TEST_P(lead_index_test, refuses_the_cursors_that_the_store_refuses) {
  columns::lead_index host(database().options(), open(), organisation_);
  for (int times = 0; times < 5; ++times) happen();
  store::lead_query query;
  query.limit = 1;
  const auto good = host.list(query, access::system_visibility(), noon).next;
  for (const auto &cursor : {std::string("x"), good + "A", store::to_cursor({query.sort, true, false, "abc", 5})}) {
    query.cursor = cursor;
    EXPECT_THROW(host.list(query, access::system_visibility(), noon), store::bad_cursor) << cursor;
  }
  query.cursor = good;
  query.sort = store::lead_sort::type;
  EXPECT_THROW(host.list(query, access::system_visibility(), noon), store::bad_cursor);
}

TEST_P(lead_index_test, a_text_finds_what_has_changed_since_it_was_asked_last) {
  // given two leads, and a text that was asked for before
  const auto add = [&](const std::string &last_name, const std::string &city) {
    auto item = some_.fresh(1);
    item.content.prospect = {};
    item.content.prospect.last_name = last_name;
    item.content.prospect.city = city;
    item.content.external_id = "text " + last_name;
    std::int64_t id = 0;
    open().write([&](transaction &inside) { id = inside.insert_lead(item, "d"); });
    return id;
  };
  const auto move = [&](std::int64_t id, const std::string &city) {
    open().write([&](transaction &inside) {
      auto known = *inside.find_lead(id);
      known.content.prospect.city = city;
      inside.update_lead_content(known, "e");
    });
  };
  const auto first = add("Zwettler", "Krems"), second = add("Nemec", "Zwettl");
  columns::lead_index host(database().options(), open(), organisation_);
  const auto found = [&](const std::string &text) {
    store::lead_query query;
    query.filter.text = text;
    std::set<std::int64_t> ids;
    for (const auto &one : host.list(query, access::system_visibility(), noon).leads) ids.insert(one.id);
    return ids;
  };
  using ids = std::set<std::int64_t>;
  EXPECT_EQ(found("zwettl"), (ids{first, second}));
  EXPECT_EQ(found("zwettl krems"), ids{first});
  EXPECT_EQ(found("gmünd"), ids{});
  // when one moves away, to a town that nobody had
  move(second, "Gmünd");
  EXPECT_EQ(found("zwettl"), ids{first});
  EXPECT_EQ(found("gmünd"), ids{second});
  // and a third comes, with a word that is kept and one that is new
  const auto third = add("Zwettlinger", "Gmünd");
  EXPECT_EQ(found("zwettl"), (ids{first, third}));
  EXPECT_EQ(found("gmünd zwettl"), ids{third});
  // and more words were asked for meanwhile than are kept
  for (int other = 0; other < 40; ++other) found("wort" + std::to_string(other));
  move(third, "Horn");
  EXPECT_EQ(found("gmünd zwettl"), ids{});
  EXPECT_EQ(found("horn zwettl"), ids{third});
}

TEST_P(lead_index_test, forgets_the_numbers_of_an_anonymised_lead) {
  // given
  auto item = some_.fresh(1);
  item.content.prospect.customer_number = "K-77";
  open().write([&](transaction &inside) { last_ = inside.insert_lead(item, "d"); });
  columns::lead_index host(database().options(), open(), organisation_);
  store::lead_query query;
  query.filter.text = "k-77";
  EXPECT_EQ(host.list(query, access::system_visibility(), noon).total, 1);
  // when
  open().write([&](transaction &inside) {
    auto known = *inside.find_lead(last_);
    known.content.prospect = {};
    inside.update_lead_content(known, "e");
  });
  // then
  EXPECT_EQ(host.list(query, access::system_visibility(), noon).total, 0);
}

}  // namespace
