// Lists of leads, on both databases: pages, texts, filters, and exactly what one may see.
#include <algorithm>
#include <random>
#include <set>

#include "dms/cpp/encoding.hpp"
#include "integration/overview_oracle.hpp"
#include "integration/store_support.hpp"
#include "lead/fold.hpp"
#include "store/cursor.hpp"
#include "store/lead_list.hpp"

namespace {

using namespace store_support;

class store_lists_test : public databases::on_each {};
INSTANTIATE_TEST_SUITE_P(databases, store_lists_test, databases::all(), databases::name);

TEST_P(store_lists_test, pages_go_forth_and_back_in_every_order) {
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
      auto page = overview_oracle::list(store, query, everything, noon);
      EXPECT_TRUE(page.previous.empty());
      for (;;) {
        forth.push_back(ids(page));
        if (page.next.empty()) break;
        query.cursor = page.next;
        page = overview_oracle::list(store, query, everything, noon);
      }
      back.push_back(ids(page));
      while (!page.previous.empty()) {
        query.cursor = page.previous;
        page = overview_oracle::list(store, query, everything, noon);
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

TEST_P(store_lists_test, refuses_cursors_that_are_not_its_own) {
  auto &store = open();
  for (int number = 0; number < 3; ++number) add(store, some_lead("1-" + std::to_string(number)));
  store::lead_query query;
  query.limit = 1;
  const auto good = overview_oracle::list(store, query, everything, noon).next;
  const std::string texts[] = {"x",
                               "%%%",
                               "MQ",
                               std::string(100'000, 'A'),
                               "' OR 1=1",
                               good + "A",
                               good.substr(2),
                               "MWFkZg",
                               dms::base64("1adf5|abc", dms::base64_alphabet::url),
                               dms::base64("1zdf5|5", dms::base64_alphabet::url),
                               dms::base64(std::string("1ddf5|a\0b", 9), dms::base64_alphabet::url)};
  for (const auto &text : texts) {
    query.cursor = text;
    EXPECT_THROW(overview_oracle::list(store, query, everything, noon), store::bad_cursor) << text.substr(0, 40);
  }
  query.cursor = good;
  query.sort = store::lead_sort::type;
  EXPECT_THROW(overview_oracle::list(store, query, everything, noon), store::bad_cursor);
}

TEST_P(store_lists_test, finds_people_as_they_are_written) {
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
    return overview_oracle::count(store, filter, everything, noon);
  };
  // then
  EXPECT_EQ(hits("müller"), 1);
  EXPECT_EQ(hits("MUELLER Jörg"), 1);
  EXPECT_EQ(hits("Jorg Muller"), 1);
  EXPECT_EQ(hits("0664/555 01 42"), 1);
  EXPECT_EQ(hits("+43 (0)664 5550142"), 1);
  for (const auto *ending : {"5550142", "555 01 42", "0142", "550142"}) EXPECT_EQ(hits(ending), 1) << ending;
  EXPECT_EQ(hits("142"), 0) << "too short for an end";
  EXPECT_EQ(hits("0141"), 0);
  EXPECT_EQ(hits("joerg.mueller@EXAMPLE.at"), 1);
  EXPECT_EQ(hits("1010"), 1);
  EXPECT_EQ(hits("qashqai"), 2);
  EXPECT_EQ(hits("1-B"), 1);
  EXPECT_EQ(hits("%"), 0);
  EXPECT_EQ(hits("office@autoXhaus.example"), 0);
  EXPECT_EQ(hits("' UNION SELECT '"), 0);
  EXPECT_EQ(hits("   "), 2);
}

TEST_P(store_lists_test, filters_by_tab_deadline_and_stage_as_the_lead_itself_says) {
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
      item.reached = stage_set::from_bits(static_cast<unsigned>(random() % 32));
      item.id = inside.insert_lead(item, "d");
      leads.push_back(item);
    }
  });
  access::visibility who = everything;
  who.user = "verkauf1";
  const auto expect = [&](const store::lead_filter &filter, auto &&condition, const char *what) {
    EXPECT_EQ(overview_oracle::count(store, filter, who, noon), std::count_if(leads.begin(), leads.end(), condition))
        << what;
  };
  // then
  for (const auto due : {deadline::on_time, deadline::soon, deadline::overdue, deadline::kept, deadline::none}) {
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
  const auto counts = overview_oracle::counts(store, who, noon);
  EXPECT_EQ(counts.all, 120);
  EXPECT_EQ(counts.overdue, overview_oracle::count(store, tab("overdue"), who, noon));
  store::lead_filter reached;
  for (const auto one : all_stages) {
    reached.reached = one;
    expect(
        reached, [one](const lead &item) { return item.reached.has(one); }, "stage");
  }
}

TEST_P(store_lists_test, shows_exactly_what_access_says) {
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
    for (const auto &one : overview_oracle::list(store, query, who, noon).leads) listed.insert(one.id);
    for (const auto &one : leads) {
      if (access::sees(who, one)) allowed.insert(one.id);
      // then
      EXPECT_EQ(store.find(one.id, who).has_value(), access::sees(who, one));
    }
    EXPECT_EQ(listed, allowed);
  }
}

/// From the matrix to the list: what a person reads in his grants, the plain rule and the SQL predicate are the same.
TEST_P(store_lists_test, shows_exactly_what_the_grants_say) {
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
    for (const auto &one : overview_oracle::list(store, query, who, noon).leads) listed.insert(one.id);
    for (const auto &one : leads) {
      if (read(grants, user, one)) allowed.insert(one.id);
      EXPECT_EQ(access::sees(who, one), read(grants, user, one));
    }
    // then
    EXPECT_EQ(listed, allowed);
    EXPECT_EQ(overview_oracle::count(store, {}, who, noon), static_cast<std::int64_t>(allowed.size()));
  }
}

}  // namespace
