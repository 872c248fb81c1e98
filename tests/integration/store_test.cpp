// The store on both databases: leads, pages, the outbox, the import log, settings, migrations, and faults.
#include "store/store.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "integration/databases.hpp"
#include "lead/fold.hpp"
#include "store/cursor.hpp"
#include "store/lead_list.hpp"
#include "store/migrations.hpp"
#include "store/sessions.hpp"

namespace {

using namespace lead_system;
using store::transaction;

constexpr time_us noon = 1'595'419'200 * second_us;

lead some_lead(const std::string &external_id, const std::string &type = "test_drive") {
  lead item;
  item.content.source = "siebel_nissan";
  item.content.external_id = external_id;
  item.content.type = type;
  item.content.dealer_code = "AT10017";
  item.content.received_at = noon;
  item.content.prospect.first_name = "Jörg";
  item.content.prospect.last_name = "Müller";
  item.content.prospect.email = "Joerg.Mueller@example.at";
  item.content.prospect.phones = {{"+436645550142", "mobile"}, {"+4315550143", "work"}};
  item.content.prospect.postal_code = "1010";
  item.content.prospect.city = "Wien";
  item.content.wanted.resize(1);
  item.content.wanted[0].make = "Nissan";
  item.content.wanted[0].model = "Qashqai";
  item.content.message = "Bitte <b>rasch</b> anrufen – 'heute'; DROP TABLE lead; --";
  item.content.extras = {{"Foo", "Bar"}};
  item.category = "siebel_nissan";
  item.location = "wien";
  item.created_at = noon;
  item.updated_at = noon;
  item.reminder_at = noon + hour_us;
  item.escalation_at = noon + 2 * hour_us;
  return item;
}

std::int64_t add(store::store &to, const lead &item) {
  std::int64_t id = 0;
  to.write([&](transaction &inside) { id = inside.insert_lead(item, "digest " + item.content.external_id); });
  return id;
}

const access::visibility everything = access::system_visibility();

class store_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, store_test, databases::all(), databases::name);

TEST_P(store_test, keeps_a_lead_as_it_was) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  // when
  item.id = add(store, item);
  const auto found = store.find(item.id, everything);
  // then
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, item.content);
  EXPECT_EQ(found->category, item.category);
  EXPECT_EQ(found->location, item.location);
  EXPECT_EQ(found->escalation_at, item.escalation_at);
  EXPECT_EQ(found->version, 1);
  store.write([&](transaction &inside) {
    EXPECT_EQ(inside.find_lead("siebel_nissan", "1-A")->id, item.id);
    EXPECT_FALSE(inside.find_lead("siebel_dacia", "1-A"));
    EXPECT_EQ(inside.content_digest(item.id), "digest 1-A");
  });
}

TEST_P(store_test, writes_only_the_version_that_was_seen) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.id = add(store, item);
  auto changed = item;
  changed.state = lead_state::assigned;
  changed.assignee = "verkauf1";
  // when
  bool first = false, second = true;
  store.write([&](transaction &inside) {
    first = inside.update_lead(changed);
    inside.add_event({0, item.id, noon, "assigned", "leitung", "Petra Lindner", "", {{"user", "verkauf1"}}});
  });
  store.write([&](transaction &inside) { second = inside.update_lead(changed); });
  // then
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_EQ(store.find(item.id, everything)->version, 2);
  const auto since = store.events_since(item.id, 1);
  ASSERT_EQ(since.size(), 1U);
  EXPECT_EQ(since[0].actor_name, "Petra Lindner");
  EXPECT_EQ(since[0].data.at("user"), "verkauf1");
  EXPECT_TRUE(store.events_since(item.id, 2).empty());
}

TEST_P(store_test, rolls_back_what_throws) {
  auto &store = open();
  EXPECT_THROW(store.write([&](transaction &inside) {
    inside.insert_lead(some_lead("1-A"), "d");
    throw std::logic_error("no");
  }),
               std::logic_error);
  EXPECT_EQ(store.count({}, everything, noon), 0);
  EXPECT_GT(add(store, some_lead("1-A")), 0);
}

TEST_P(store_test, two_threads_that_bring_the_same_lead_make_one) {
  // given
  auto &store = open();
  const auto bring = [&] {
    for (int number = 0; number < 20; ++number) {
      store.write([&](transaction &inside) {
        const auto item = some_lead("1-" + std::to_string(number));
        if (!inside.find_lead(item.content.source, item.content.external_id)) inside.insert_lead(item, "d");
      });
    }
  };
  // when
  std::thread one(bring), two(bring);
  one.join();
  two.join();
  // then
  EXPECT_EQ(store.count({}, everything, noon), 20);
}

TEST_P(store_test, many_writers_at_once_lose_nothing) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.id = add(store, item);
  std::atomic<int> written{0};
  // when
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&] {
      for (int number = 0; number < 10; ++number) {
        store.write([&](transaction &inside) {
          auto now = *inside.find_lead(item.id);
          if (!inside.update_lead(now)) throw store::store_unavailable("changed meanwhile");
        });
        ++written;
      }
    });
  }
  try {
    for (auto &thread : threads) thread.join();
  } catch (...) {
    FAIL();
  }
  // then
  EXPECT_EQ(written, 60);
  EXPECT_EQ(store.find(item.id, everything)->version, 61);
}

TEST_P(store_test, pages_go_forth_and_back_in_every_order) {
  // given: many equal keys, so that the id decides
  auto &store = open();
  std::mt19937 random(7);
  store.write([&](transaction &inside) {
    for (int number = 0; number < 53; ++number) {
      auto item = some_lead("1-" + std::to_string(number), random() % 2 == 0 ? "test_drive" : "quote_request");
      item.created_at = noon + static_cast<time_us>(random() % 5) * minute_us;
      item.escalation_at = noon + static_cast<time_us>(random() % 3) * hour_us;
      item.location = random() % 2 == 0 ? "wien" : "";
      item.content.prospect.last_name = random() % 2 == 0 ? "Öller" : "Adam";
      item.assignee = random() % 2 == 0 ? "" : "verkauf1";
      item.state = random() % 2 == 0 ? lead_state::received : lead_state::offer;
      inside.insert_lead(item, "d");
    }
  });
  for (int sort = 0; sort <= static_cast<int>(store::lead_sort::state); ++sort) {
    for (const bool descending : {true, false}) {
      store::lead_query query;
      query.sort = static_cast<store::lead_sort>(sort);
      query.descending = descending;
      query.limit = 10;
      // when: to the end and back again
      std::vector<std::vector<std::int64_t>> forth, back;
      const auto ids = [](const store::lead_page &page) {
        std::vector<std::int64_t> result;
        for (const auto &one : page.leads) result.push_back(one.id);
        return result;
      };
      auto page = store.list(query, everything, noon);
      EXPECT_TRUE(page.previous.empty());
      for (;;) {
        forth.push_back(ids(page));
        if (page.next.empty()) break;
        query.cursor = page.next;
        page = store.list(query, everything, noon);
      }
      back.push_back(ids(page));
      while (!page.previous.empty()) {
        query.cursor = page.previous;
        page = store.list(query, everything, noon);
        back.push_back(ids(page));
      }
      std::reverse(back.begin(), back.end());
      // then
      EXPECT_EQ(forth, back) << sort << descending;
      std::set<std::int64_t> all;
      for (const auto &one : forth) all.insert(one.begin(), one.end());
      EXPECT_EQ(all.size(), 53U);
      EXPECT_EQ(forth.size(), 6U);
      EXPECT_EQ(page.total, 53);
    }
  }
}

TEST_P(store_test, refuses_cursors_that_are_not_its_own) {
  auto &store = open();
  for (int number = 0; number < 3; ++number) add(store, some_lead("1-" + std::to_string(number)));
  store::lead_query query;
  query.limit = 1;
  const auto good = store.list(query, everything, noon).next;
  const std::string texts[] = {"x",
                               "%%%",
                               "MQ",
                               std::string(100'000, 'A'),
                               "' OR 1=1",
                               good + "A",
                               good.substr(2),
                               "MWFkZg",
                               store::base64("1adf5|abc", true),
                               store::base64("1zdf5|5", true),
                               store::base64(std::string("1ddf5|a\0b", 9), true)};
  for (const auto &text : texts) {
    query.cursor = text;
    EXPECT_THROW(store.list(query, everything, noon), store::bad_cursor) << text.substr(0, 40);
  }
  query.cursor = good;
  query.sort = store::lead_sort::type;
  EXPECT_THROW(store.list(query, everything, noon), store::bad_cursor);
}

TEST_P(store_test, finds_people_as_they_are_written) {
  // given
  auto &store = open();
  add(store, some_lead("1-A"));
  auto other = some_lead("1-B");
  other.content.prospect = {};
  other.content.prospect.company = "100% Auto_Haus GmbH";
  other.content.prospect.email = "office@auto_haus.example";
  add(store, other);
  const auto hits = [&](const std::string &text) {
    store::lead_filter filter;
    filter.text = text;
    return store.count(filter, everything, noon);
  };
  // then
  EXPECT_EQ(hits("müller"), 1);
  EXPECT_EQ(hits("MUELLER Jörg"), 1);
  EXPECT_EQ(hits("Jorg Muller"), 1);
  EXPECT_EQ(hits("0664/555 01 42"), 1);
  EXPECT_EQ(hits("+43 (0)664 5550142"), 1);
  EXPECT_EQ(hits("joerg.mueller@EXAMPLE.at"), 1);
  EXPECT_EQ(hits("1010"), 1);
  EXPECT_EQ(hits("qashqai"), 2);
  EXPECT_EQ(hits("1-B"), 1);
  EXPECT_EQ(hits("%"), 0);
  EXPECT_EQ(hits("office@autoXhaus.example"), 0);
  EXPECT_EQ(hits("' UNION SELECT '"), 0);
  EXPECT_EQ(hits("   "), 2);
}

TEST_P(store_test, filters_by_tab_deadline_and_stage_as_the_lead_itself_says) {
  // given
  auto &store = open();
  std::mt19937 random(11);
  std::vector<lead> leads;
  store.write([&](transaction &inside) {
    leads.clear();
    for (int number = 0; number < 120; ++number) {
      auto item = some_lead("1-" + std::to_string(number));
      item.state = all_states()[random() % all_states().size()];
      item.reminder_at = random() % 4 == 0 ? 0 : noon + (static_cast<time_us>(random() % 5) - 2) * hour_us;
      item.escalation_at =
          random() % 4 == 0 ? 0 : std::max(item.reminder_at, noon) + (static_cast<time_us>(random() % 5) - 2) * hour_us;
      item.first_contact_at = random() % 3 == 0 ? noon : 0;
      item.assignee = random() % 2 == 0 ? "" : "verkauf1";
      item.reached = static_cast<stage>(random() % 6);
      item.id = inside.insert_lead(item, "d");
      leads.push_back(item);
    }
  });
  access::visibility who = everything;
  who.user = "verkauf1";
  const auto expect = [&](const store::lead_filter &filter, auto &&condition, const char *what) {
    EXPECT_EQ(store.count(filter, who, noon), std::count_if(leads.begin(), leads.end(), condition)) << what;
  };
  // then
  for (const auto due : {deadline::on_time, deadline::soon, deadline::overdue, deadline::kept}) {
    store::lead_filter filter;
    filter.due = due;
    expect(
        filter, [&](const lead &item) { return deadline_of(item, noon) == due; }, "deadline");
  }
  const auto tab = [](const char *name) {
    store::lead_filter filter;
    filter.tab = name;
    return filter;
  };
  expect(
      tab("open"), [](const lead &item) { return is_open(item.state); }, "open");
  expect(
      tab("unassigned"), [](const lead &item) { return is_open(item.state) && item.assignee.empty(); }, "unassigned");
  expect(
      tab("mine"), [](const lead &item) { return is_open(item.state) && item.assignee == "verkauf1"; }, "mine");
  expect(
      tab("overdue"), [](const lead &item) { return deadline_of(item, noon) == deadline::overdue; }, "overdue");
  const auto counts = store.counts(who, noon);
  EXPECT_EQ(counts.all, 120);
  EXPECT_EQ(counts.overdue, store.count(tab("overdue"), who, noon));
  store::lead_filter reached;
  reached.at_least = stage::test_drive;
  expect(
      reached, [](const lead &item) { return item.reached >= stage::test_drive; }, "stage");
}

TEST_P(store_test, shows_exactly_what_access_says) {
  // given: random leads and random rights
  auto &store = open();
  std::mt19937 random(23);
  const std::string types[] = {"test_drive", "test_drive_fast_track", "quote_request", "finance_expiry"};
  const std::string places[] = {"", "wien", "graz", "linz"};
  const std::string users[] = {"", "verkauf1", "verkauf2"};
  std::vector<lead> leads;
  store.write([&](transaction &inside) {
    leads.clear();
    for (int number = 0; number < 80; ++number) {
      auto item = some_lead("1-" + std::to_string(number), types[random() % 4]);
      item.location = places[random() % 4];
      item.assignee = users[random() % 3];
      item.id = inside.insert_lead(item, "d");
      leads.push_back(item);
    }
  });
  for (int round = 0; round < 40; ++round) {
    access::visibility who;
    who.user = users[random() % 3];
    for (const auto &type : types) {
      access::type_visibility one{type, random() % 3 == 0, {}};
      for (const auto &place : {"wien", "graz", "linz"}) {
        if (random() % 3 == 0) one.locations.emplace_back(place);
      }
      if (random() % 2 == 0) who.types.push_back(one);
    }
    // when
    store::lead_query query;
    query.limit = 500;
    std::set<std::int64_t> listed, allowed;
    for (const auto &one : store.list(query, who, noon).leads) listed.insert(one.id);
    for (const auto &one : leads) {
      if (access::sees(who, one)) allowed.insert(one.id);
      // then
      EXPECT_EQ(store.find(one.id, who).has_value(), access::sees(who, one));
    }
    EXPECT_EQ(listed, allowed);
  }
}

TEST_P(store_test, knows_the_same_person_again) {
  // given
  auto &store = open();
  auto first = some_lead("1-A");
  first.id = add(store, first);
  lead_content by_mail;
  by_mail.prospect.email = "JOERG.mueller@example.AT";
  lead_content by_work_phone;
  by_work_phone.prospect.phones = {{"+4315550143", ""}};
  lead_content stranger;
  stranger.prospect.email = "anna@example.at";
  // then
  store.write([&](transaction &inside) {
    const auto follow_up = [&](const lead_content &content, time_us since) {
      return inside.look_up({content, "digest"}, since).follow_up;
    };
    EXPECT_EQ(follow_up(by_mail, 0), first.id);
    EXPECT_EQ(follow_up(by_work_phone, 0), first.id);
    EXPECT_EQ(follow_up(by_mail, noon + 1), 0);
    EXPECT_EQ(follow_up(stranger, 0), 0);
    EXPECT_EQ(follow_up({}, 0), 0);
  });
  auto second = some_lead("1-B");
  second.id = add(store, second);
  const auto related = store.related(second, everything);
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].id, first.id);
  EXPECT_TRUE(store.related(second, access::visibility{}).empty());
}

TEST_P(store_test, sends_feedback_in_order_and_to_one_sender_at_a_time) {
  // given: two messages of one lead, one of another
  auto &store = open();
  const auto one = add(store, some_lead("1-A")), two = add(store, some_lead("1-B"));
  store.write([&](transaction &inside) {
    int number = 0;
    for (const auto lead_id : {one, one, two}) {
      store::feedback_message message;
      message.lead_id = lead_id;
      message.message_id = "m" + std::to_string(++number);
      message.source = "siebel_nissan";
      message.body = "<x/>";
      message.created_at = message.next_attempt_at = noon;
      inside.queue_feedback(message);
    }
  });
  // when
  auto leased = store.lease_feedback("siebel_nissan", 10, noon, minute_us, "host a");
  // then
  ASSERT_EQ(leased.size(), 2U);
  EXPECT_EQ(leased[0].message_id, "m1");
  EXPECT_EQ(leased[1].message_id, "m3");
  EXPECT_TRUE(store.lease_feedback("siebel_nissan", 10, noon, minute_us, "host b").empty());
  leased[0].status = store::feedback_status::acknowledged;
  leased[0].attempts = 1;
  leased[0].answered_at = noon;
  EXPECT_FALSE(store.settle_feedback(leased[0], "host b", noon));
  EXPECT_TRUE(store.settle_feedback(leased[0], "host a", noon));
  EXPECT_FALSE(store.settle_feedback(leased[0], "host a", noon));
  // then the next of the lead is due, and what host a left unsettled once its lease is over
  auto later = store.lease_feedback("siebel_nissan", 10, noon + 2 * minute_us, minute_us, "host b");
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(store.count_feedback().waiting, 2);
  later[0].status = store::feedback_status::rejected;
  later[0].answer = "Dealer unknown";
  EXPECT_TRUE(store.settle_feedback(later[0], "host b", noon));
  EXPECT_EQ(store.count_feedback().rejected, 1);
  EXPECT_EQ(store.feedback_log({"rejected", {}, {}, {}, 0, 10}).size(), 1U);
  EXPECT_EQ(store.feedback_log({{}, {}, {}, {}, 0, 2}).size(), 2U);
  store::lead_filter filter;
  filter.feedback = "rejected";
  EXPECT_EQ(store.count(filter, everything, noon), 1);
  bool again = false;
  store.write([&](transaction &inside) { again = inside.requeue_feedback(later[0].id, "admin", noon); });
  EXPECT_TRUE(again);
  EXPECT_EQ(store.find_feedback(later[0].id)->status, store::feedback_status::waiting);
}

TEST_P(store_test, archives_a_payload_once_and_gives_it_back_byte_by_byte) {
  // given: bytes of every value, also NUL
  auto &store = open();
  std::string bytes;
  for (int value = 0; value < 100'000; ++value) bytes += static_cast<char>(value % 256);
  // when
  std::int64_t first = 0, again = 0, digest_only = 0;
  store.write([&](transaction &inside) {
    first = inside.archive_payload("siebel_nissan", "d1", bytes, 100'000, noon).id;
    again = inside.archive_payload("siebel_nissan", "d1", bytes, 100'000, noon + 1).id;
    digest_only = inside.archive_payload("siebel_nissan", "d2", "", 50'000'000, noon).id;
  });
  // then
  EXPECT_EQ(first, again);
  EXPECT_EQ(store.payload(first), bytes);
  EXPECT_FALSE(store.payload(digest_only));
  EXPECT_FALSE(store.payload(4711));
}

TEST_P(store_test, keeps_the_import_log) {
  auto &store = open();
  store::import_run run;
  run.receipt = "r1";
  run.source = "siebel_nissan";
  run.channel = "folder";
  run.name = "\xff\xfe broken name.xml";
  run.at = noon;
  store.write([&](transaction &inside) {
    run.id = inside.insert_run(run);
    inside.insert_item({0, run.id, 1, "1-A", "accepted", 5, ""});
    inside.insert_item({0, run.id, 2, "1-B", "quarantined", 0, "{\"id\":\"No way\"}"});
    run.accepted = 1;
    run.quarantined = 1;
    inside.update_run(run);
  });
  EXPECT_EQ(store.runs("", "quarantined", 0, 10).size(), 1U);
  EXPECT_EQ(store.runs("siebel_nissan", "accepted", 0, 10).size(), 1U);
  EXPECT_TRUE(store.runs("siebel_nissan", "legacy", 0, 10).empty());
  EXPECT_TRUE(store.runs("", "nonsense", 0, 10).empty());
  EXPECT_TRUE(store.runs("", "", run.id, 10).empty());
  EXPECT_EQ(store.find_run(run.id)->accepted, 1);
  ASSERT_EQ(store.items(run.id, 0, 10).size(), 2U);
  EXPECT_EQ(store.items(run.id, 0, 10)[1].outcome, "quarantined");
}

TEST_P(store_test, keeps_settings_and_their_history) {
  auto &store = open();
  const access::grant all{"leitung", true, "siebel_nissan", access::scope::all, {}};
  const access::grant some{"wien1", false, "test_drive", access::scope::locations, {"graz", "wien"}};
  store.write([&](transaction &inside) {
    inside.set_grant(all, "admin", noon);
    inside.set_grant(some, "admin", noon);
    inside.set_lead_type({"test_drive", noon, 30, 60, 36}, "admin", noon);
    inside.set_dealer_code({"siebel_nissan", "AT10017", "wien"}, "admin", noon);
    inside.set_feedback_channel({"siebel_nissan", "https", {{"url", "https://example.at/"}}}, "admin", noon);
  });
  const auto grants = store.grants();
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].reach, access::scope::all);
  EXPECT_EQ(grants[1].locations, some.locations);
  EXPECT_EQ(store.lead_type_settings().at(0).reminder_minutes, 30);
  EXPECT_EQ(store.dealer_codes().at(0).location, "wien");
  EXPECT_EQ(store.feedback_channels().at(0).settings.at("url"), "https://example.at/");
  EXPECT_EQ(store.settings_history(10).size(), 5U);
  // when: taken back
  store.write([&](transaction &inside) {
    inside.set_grant({"wien1", false, "test_drive", access::scope::inherit, {}}, "admin", noon);
    inside.set_dealer_code({"siebel_nissan", "AT10017", ""}, "admin", noon);
  });
  EXPECT_EQ(store.grants().size(), 1U);
  EXPECT_TRUE(store.dealer_codes().empty());
  EXPECT_EQ(store.settings_history(1).at(0).was, "wien");
}

/// From the matrix to the list: what a person reads in his grants, the plain rule and the SQL predicate are the same.
TEST_P(store_test, shows_exactly_what_the_grants_say) {
  // given: random leads
  auto &store = open();
  std::mt19937 random(31);
  catalog types;
  types.add(category{"siebel_nissan", "Siebel"});
  types.add(category{"finance", "Finance"});
  for (const auto &[key, group] :
       {std::pair{"test_drive", "siebel_nissan"}, std::pair{"quote_request", "siebel_nissan"},
        std::pair{"finance_expiry", "finance"}}) {
    lead_type type;
    type.key = key;
    type.category = group;
    types.add(type);
  }
  const std::string places[] = {"", "wien", "graz", "linz"}, users[] = {"verkauf1", "verkauf2", "O'Hara; --"};
  std::vector<lead> leads;
  store.write([&](transaction &inside) {
    leads.clear();
    for (int number = 0; number < 60; ++number) {
      auto item = some_lead("1-" + std::to_string(number), types.types()[random() % 3].key);
      item.location = places[random() % 4];
      item.assignee = random() % 3 == 0 ? users[random() % 3] : "";
      item.id = inside.insert_lead(item, "d");
      leads.push_back(item);
    }
  });
  const auto read = [&](const std::vector<access::grant> &grants, const std::string &user, const lead &item) {
    if (item.assignee == user) return true;
    const auto *type = types.find_type(item.content.type);
    const access::grant *rule = nullptr;
    for (const auto &one : grants) {
      if (one.user == user && one.on_category && one.subject == type->category && rule == nullptr) rule = &one;
    }
    for (const auto &one : grants) {
      if (one.user == user && !one.on_category && one.subject == type->key && one.reach != access::scope::inherit)
        rule = &one;
    }
    if (rule == nullptr) return false;
    return rule->reach == access::scope::all ||
           (rule->reach == access::scope::locations && !item.location.empty() &&
            std::count(rule->locations.begin(), rule->locations.end(), item.location) > 0);
  };
  for (int round = 0; round < 60; ++round) {
    // when: random rights of three people
    std::vector<access::grant> grants;
    for (const auto &user : users) {
      for (const auto *subject : {"siebel_nissan", "finance", "test_drive", "quote_request", "finance_expiry"}) {
        if (random() % 2 == 0) continue;
        const bool on_category = types.find_category(subject) != nullptr;
        access::grant one{user, on_category, subject, static_cast<access::scope>(random() % 4), {}};
        for (const auto *place : {"wien", "graz", "linz", ""}) {
          if (one.reach == access::scope::locations && random() % 3 == 0) one.locations.emplace_back(place);
        }
        grants.push_back(one);
      }
    }
    const auto &user = users[random() % 3];
    const auto who = access::visible_to(user, grants, types);
    store::lead_query query;
    query.limit = 500;
    std::set<std::int64_t> listed, allowed;
    for (const auto &one : store.list(query, who, noon).leads) listed.insert(one.id);
    for (const auto &one : leads) {
      if (read(grants, user, one)) allowed.insert(one.id);
      EXPECT_EQ(access::sees(who, one), read(grants, user, one));
    }
    // then
    EXPECT_EQ(listed, allowed);
    EXPECT_EQ(store.count({}, who, noon), static_cast<std::int64_t>(allowed.size()));
  }
}

TEST_P(store_test, knows_the_leads_that_wait_for_a_dealer_code) {
  // given
  auto &store = open();
  auto item = some_lead("1-A");
  item.location.clear();
  item.content.dealer_code = "AT99999";
  item.id = add(store, item);
  add(store, some_lead("1-B"));
  // then
  const auto unmapped = store.unmapped_dealer_codes();
  ASSERT_EQ(unmapped.size(), 1U);
  EXPECT_EQ(unmapped[0].code, "AT99999");
  EXPECT_EQ(unmapped[0].leads, 1);
  std::vector<std::int64_t> waiting;
  store.write([&](transaction &inside) { waiting = inside.unplaced_leads("siebel_nissan", "AT99999"); });
  EXPECT_EQ(waiting, std::vector{item.id});
}

TEST_P(store_test, keeps_who_is_about_to_go_until_then) {
  auto &store = open();
  std::vector<store::departure> now, later;
  store.write([&](transaction &inside) {
    inside.add_departure({"user", "verkauf1", noon});
    inside.add_departure({"user", "verkauf1", noon + second_us});
    now = inside.departures(noon);
    later = inside.departures(noon + second_us);
  });
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].subject, "verkauf1");
  EXPECT_TRUE(later.empty());
}

TEST_P(store_test, knows_the_types_in_use_and_what_was_changed_together) {
  auto &store = open();
  add(store, some_lead("1-A", "test_drive"));
  add(store, some_lead("1-B", "test_drive"));
  add(store, some_lead("1-C", "quote_request"));
  const auto types = store.types_in_use();
  ASSERT_EQ(types.size(), 2U);
  EXPECT_EQ(types[0], (std::pair<std::string, std::string>("quote_request", "siebel_nissan")));
  // two rights in one act, a third one later
  store.write([&](transaction &inside) {
    inside.set_grant({"wien1", false, "test_drive", access::scope::all, {}}, "admin", noon);
    inside.set_grant({"graz1", false, "test_drive", access::scope::all, {}}, "admin", noon);
    inside.set_grant({"linz1", false, "test_drive", access::scope::all, {}}, "admin", noon + 1);
    EXPECT_EQ(inside.last_changed_by("grant", "wien1 / type:test_drive"), "admin");
    EXPECT_EQ(inside.last_changed_by("grant", "nobody / type:test_drive"), "");
  });
  const auto newest = store.settings_history(3);
  EXPECT_EQ(store.changes_with(newest[0].id).size(), 1U);
  EXPECT_EQ(store.changes_with(newest[1].id).size(), 2U);
  EXPECT_TRUE(store.changes_with(4711).empty());
  EXPECT_EQ(store.grants_of("wien1").size(), 1U);
}

TEST_P(store_test, a_lease_has_one_holder) {
  auto &store = open();
  EXPECT_TRUE(store.lease("feedback", "a", noon, minute_us));
  EXPECT_FALSE(store.lease("feedback", "b", noon, minute_us));
  EXPECT_TRUE(store.lease("feedback", "a", noon + second_us, minute_us));
  EXPECT_TRUE(store.lease("feedback", "b", noon + hour_us, minute_us));
}

TEST_P(store_test, refuses_a_text_with_nul_and_mends_broken_utf8) {
  auto &store = open();
  auto item = some_lead("1-A");
  item.assignee = std::string("a\0b", 3);
  EXPECT_THROW(add(store, item), std::invalid_argument);
  item.assignee = "caf\xe9";
  const auto id = add(store, item);
  EXPECT_EQ(store.find(id, everything)->assignee, "caf\xEF\xBF\xBD");
}

TEST_P(store_test, opens_again_with_its_data) {
  const auto id = add(open(), some_lead("1-A"));
  const auto second = store::store::open(database().options());
  EXPECT_TRUE(second->find(id, everything));
  EXPECT_TRUE(second->healthy());
}

TEST_P(store_test, two_hosts_may_open_an_empty_database_at_once) {
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int host = 0; host < 4; ++host) {
    threads.emplace_back([&] {
      if (store::store::open(database().options())->healthy()) ++opened;
    });
  }
  for (auto &thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
}

TEST_P(store_test, refuses_a_newer_schema_and_leaves_it_alone) {
  open();
  *database().session() << "INSERT INTO schema_version (number, name, checksum, applied_at) VALUES (999, 'x', 'x', 0)";
  try {
    store::store::open(database().options());
    FAIL() << "a newer schema was accepted";
  } catch (const std::exception &error) {
    EXPECT_NE(std::string(error.what()).find("schema 999"), std::string::npos) << error.what();
  }
}

TEST_P(store_test, refuses_a_migration_of_another_text) {
  open();
  *database().session() << "UPDATE schema_version SET checksum = 'other' WHERE number = 1";
  EXPECT_THROW(store::store::open(database().options()), std::runtime_error);
}

TEST(store_on_sqlite, answers_clearly_when_the_database_is_locked) {
  // given
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 100;
  const auto store = store::store::open(how);
  auto other = database.session();
  *other << "BEGIN IMMEDIATE";
  // when
  const auto write = [&] { store->write([](transaction &inside) { inside.insert_lead(some_lead("1-A"), "d"); }); };
  // then
  EXPECT_THROW(write(), store::store_unavailable);
  EXPECT_EQ(store->count({}, everything, noon), 0) << "reading goes on";
  *other << "ROLLBACK";
  EXPECT_NO_THROW(write());
}

/// No file may grow beyond its present size for as long as it lives: what a full disk looks like to SQLite.
class full_disk {
 public:
  explicit full_disk(const std::string &file) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    auto now = before_;
    now.rlim_cur = std::filesystem::file_size(file) + 4096;
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  full_disk(const full_disk &) = delete;
  full_disk &operator=(const full_disk &) = delete;
  ~full_disk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(store_on_sqlite, says_so_when_it_is_locked_at_the_start) {
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 100;
  store::store::open(how);
  auto other = database.session();
  *other << "BEGIN IMMEDIATE";
  EXPECT_THROW(store::store::open(how), store::store_unavailable);
}

TEST(store_on_sqlite, answers_clearly_when_the_disk_is_full_and_goes_on_when_it_is_not) {
  // given
  databases::fresh_database database(databases::kind::sqlite);
  auto how = database.options();
  how.busy_timeout_ms = 200;
  const auto store = store::store::open(how);
  add(*store, some_lead("1-A"));
  // when
  const auto fill = [&] {
    auto item = some_lead("1-B");
    item.content.message = std::string(std::size_t{8} << 20, 'x');
    add(*store, item);
  };
  {
    const full_disk full(database.uri());
    EXPECT_THROW(fill(), store::store_unavailable);
    // then: reading goes on, and nothing is half there
    EXPECT_EQ(store->count({}, everything, noon), 1);
  }
  EXPECT_NO_THROW(fill());
  EXPECT_EQ(store->count({}, everything, noon), 2);
}

TEST(store_on_sqlite, copies_itself_while_in_use) {
  databases::fresh_database database(databases::kind::sqlite);
  const auto store = store::store::open(database.options());
  add(*store, some_lead("1-A"));
  const auto copy = (database.directory() / "copy 'of' it.db").string();
  EXPECT_EQ(store->backup_to(copy), "");
  store::options how;
  how.database = copy;
  EXPECT_EQ(store::store::open(how)->count({}, everything, noon), 1);
}

TEST(store_on_sqlite, opens_in_a_directory_with_blanks_and_equals_signs) {
  databases::scratch_directory directory;
  store::options how;
  const auto folder = directory.path() / "a b=c d";
  std::filesystem::create_directory(folder);
  how.database = (folder / "lead system.db").string();
  store::store::open(how);
  EXPECT_TRUE(std::filesystem::exists(how.database));
}

TEST(store_on_sqlite, says_so_when_it_cannot_be_opened) {
  store::options how;
  how.database = "/proc/nowhere/lead_system.db";
  EXPECT_THROW(store::store::open(how), store::store_unavailable);
}

TEST(store_on_postgresql, comes_back_after_the_server_cut_its_connections) {
  if (!databases::postgresql_offered()) GTEST_SKIP() << "LEADS_TEST_POSTGRESQL is not set";
  // given
  databases::fresh_database database(databases::kind::postgresql);
  const auto store = store::store::open(database.options());
  add(*store, some_lead("1-A"));
  // when
  *database.session()
      << "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
         "pid <> pg_backend_pid()";
  // then
  EXPECT_EQ(store->count({}, everything, noon), 1);
  EXPECT_GT(add(*store, some_lead("1-B")), 0);
}

TEST(store_migrations, are_split_at_the_right_semicolons) {
  const auto parts = store::split_statements("-- a; b\nSELECT ';' , \"x;y\"; INSERT INTO t VALUES ('it''s;');\n ;\n");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NE(parts[1].find("it''s;"), std::string::npos);
  // A trigger's body keeps its own.
  EXPECT_EQ(store::split_statements("CREATE TRIGGER t AFTER INSERT ON x BEGIN UPDATE x SET a = CASE WHEN b THEN 1 END; "
                                    "DELETE FROM y; END; SELECT 1;")
                .size(),
            2U);
}

}  // namespace
