// random_leads.hpp - leads, people and questions by chance, with which the lead index is compared with the store.
#pragma once

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "lead/lead.hpp"
#include "store/records.hpp"

namespace random_leads {

using namespace lead_system;

inline constexpr time_us noon = 1'595'419'200 * second_us;

/// LEADS_TEST_ROUNDS (moments of a history that are compared) and LEADS_TEST_SEED make a long run, or another one.
inline int wish(const char *name, int otherwise) {
  const char *text = std::getenv(name);
  return text != nullptr ? std::atoi(text) : otherwise;
}

inline const std::vector<std::string> types{"test_drive", "test_drive_fast_track", "quote_request", "finance_expiry"};
inline const std::vector<std::string> places{"", "graz", "linz", "wien"};
inline const std::vector<std::string> people{"", "anna", "lukas", "petra"};
inline const std::vector<std::string> sources{"siebel_nissan", "web_json"};
inline const std::vector<std::string> models{"", "Qashqai", "Ariya", "NV200"};
inline const std::vector<std::string> campaigns{"", "Spring", "Herbst „24“"};
inline const std::vector<std::string> first_names{"", "Jörg", "Anna", "Zoë", "Anna Maria"};
inline const std::vector<std::string> last_names{"", "Müller", "Mueller-Lüdenscheidt", "Bauer", "Öllinger", "Мария"};
inline const std::vector<std::string> cities{"", "Wien", "Graz", "St. Pölten"};
inline const std::vector<std::string> searched{"",
                                               "müller",
                                               "MUELLER jörg",
                                               "anna",
                                               "wien qashqai",
                                               "1010",
                                               "g-00",
                                               "G-0001",
                                               "0664",
                                               "0664/12",
                                               "+43 664 1200",
                                               "664120001",
                                               "joerg.1@example.at",
                                               "joerg.1",
                                               "@",
                                               "nissan",
                                               "%",
                                               "üll",
                                               "мария",
                                               "ludenscheidt",
                                               "K-100",
                                               "vf1000000001",
                                               "auto haus 1",
                                               "nobody here"};

struct world {
  std::mt19937 random{static_cast<unsigned>(wish("LEADS_TEST_SEED", 1))};
  int below(int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); }
  template <typename List>
  const auto &one_of(const List &list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

  lead fresh(int number) {
    lead item;
    item.content.source = one_of(sources);
    item.content.external_id = "G-" + std::to_string(number);
    item.content.type = one_of(types);
    item.category = item.content.type == "finance_expiry" ? "finance" : "siebel_nissan";
    describe(item, number);
    item.location = one_of(places);
    // Not in the order of the numbers, and many at once.
    item.created_at = noon + below(400) * minute_us;
    plan(item);
    return item;
  }
  void describe(lead &item, int number) {
    auto &who = item.content.prospect;
    who.first_name = one_of(first_names);
    who.last_name = one_of(last_names);
    if (below(4) == 0) who.company = "Auto_Haus 100% GmbH";
    if (below(3) != 0) who.email = "Joerg." + std::to_string(number) + "@example.at";
    who.phones.clear();
    if (below(3) != 0) who.phones.push_back({"+43664120" + std::to_string(100 + below(20)), "mobile"});
    if (below(5) == 0) who.phones.push_back({"+4989120" + std::to_string(100 + below(20)), "home"});
    who.city = one_of(cities);
    who.postal_code = who.city == "Wien" ? "1010" : "";
    who.customer_number = below(4) == 0 ? "K-" + std::to_string(1000 + number) : "";
    item.content.campaign = one_of(campaigns);
    item.content.wanted.clear();
    for (int wanted = below(3); wanted > 0; --wanted) {
      vehicle one;
      one.make = "Nissan";
      one.model = one_of(models);
      if (below(4) == 0) one.vin = "VF100000000" + std::to_string(1000 + number);
      item.content.wanted.push_back(one);
    }
  }
  void plan(lead &item) {
    item.reminder_at = below(5) == 0 ? 0 : item.created_at + below(200) * minute_us;
    item.escalation_at = below(5) == 0 ? 0 : item.created_at + (100 + below(200)) * minute_us;
  }
  void work(lead &item) {
    item.assignee = one_of(people);
    item.location = below(4) == 0 ? one_of(places) : item.location;
    item.state = one_of(all_states());
    item.first_contact_at = below(2) == 0 ? 0 : item.created_at + below(400) * minute_us;
    item.reached = stage_set::from_bits(static_cast<unsigned>(below(32)));
    item.reason = is_terminal(item.state) ? reasons()[static_cast<std::size_t>(below(4))].key : std::string_view{};
    item.ended_at = is_terminal(item.state) ? item.created_at + below(600) * minute_us : 0;
    if (below(3) == 0) plan(item);
    item.agreed_at = below(3) == 0 ? 0 : item.created_at + below(500) * minute_us;
    item.next_at = below(3) == 0 || is_terminal(item.state) ? 0 : item.created_at + below(500) * minute_us;
    item.next_kind = item.next_at == 0 ? "" : below(3) == 0 ? "test_drive" : "phone";
  }

  /// Mostly one of a few who ask again and again, so that what was kept for them is asked for later.
  access::visibility somebody() {
    if (known.size() < 8) known.push_back(anybody());
    return below(3) == 0 ? anybody() : one_of(known);
  }
  access::visibility anybody() {
    if (below(5) == 0) return access::system_visibility();
    access::visibility who;
    who.user = one_of(people);
    for (const auto &type : types) {
      if (below(3) == 0) continue;
      access::type_visibility seen{type, below(2) == 0, {}};
      if (!seen.all)
        seen.locations = below(2) == 0 ? std::vector<std::string>{"wien"} : std::vector<std::string>{"graz", "linz"};
      who.types.push_back(seen);
    }
    return who;
  }
  store::lead_filter filter() {
    static const std::vector<std::string> tabs{"", "open", "unassigned", "mine", "overdue", "silent", "all"};
    static const std::vector<std::string> feedback{"pending", "failed", "rejected"};
    store::lead_filter result;
    if (below(2) == 0) result.tab = one_of(tabs);
    if (below(5) == 0) result.types = {one_of(types), one_of(types)};
    if (below(8) == 0) result.categories = {"siebel_nissan"};
    if (below(8) == 0) result.states = {std::string(key(one_of(all_states()))), "received"};
    if (below(8) == 0) result.outcomes = {"lost", "won"};
    if (below(6) == 0) result.location = one_of(places);
    if (below(6) == 0) result.assignee = below(4) == 0 ? "nobody" : one_of(people);
    if (below(6) == 0) result.from = noon + below(300) * minute_us + 1;
    if (below(6) == 0) result.to = noon + (100 + below(300)) * minute_us;
    result.by_sale = below(6) == 0;
    if (below(8) == 0) result.reached = static_cast<stage>(below(6));
    if (below(6) == 0) result.due = static_cast<deadline>(below(5));
    if (below(8) == 0)
      result.responses = {static_cast<store::response>(below(3)), static_cast<store::response>(below(3))};
    if (below(8) == 0) result.answered_within = static_cast<std::uint32_t>(1 + below(400));
    if (below(8) == 0)
      result.reason = below(3) == 0 ? "" : std::string(reasons()[static_cast<std::size_t>(below(4))].key);
    if (below(8) == 0) result.source = below(5) == 0 ? "unknown" : one_of(sources);
    if (below(8) == 0) result.model = one_of(models);
    if (below(8) == 0) result.campaign = one_of(campaigns);
    if (below(8) == 0) result.feedback = one_of(feedback);
    if (below(4) == 0) result.text = one_of(searched);
    return result;
  }
  store::lead_query query() {
    store::lead_query result;
    if (below(6) != 0) result.filter = filter();
    result.sort = static_cast<store::lead_sort>(below(7));
    result.descending = below(2) == 0;
    result.limit = 1 + below(30);
    return result;
  }

  std::vector<access::visibility> known;
};

}  // namespace random_leads
