// The one rule by which a sale of the host finds its lead (lead/sale.hpp).
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "lead/sale.hpp"

namespace {

using namespace lead_system;

const time_us day_of_sale = noon_of("2026-11-30");

deal qashqai() {
  deal sold;
  sold.id = "17";
  sold.customer = "10482";
  sold.make = "Nissan";
  sold.model = "Qashqai";
  sold.vin = "SJNFAAJ11U1234567";
  sold.stock_number = "L-2044";
  sold.sold_on = "2026-11-30";
  sold.change = 1;
  return sold;
}

/// A lead of the same customer, so many days before the sale.
lead enquiry(std::int64_t id, int days_before, const std::string &make = "NISSAN") {
  lead item;
  item.id = id;
  item.customer = "10482";
  item.created_at = day_of_sale - days_before * day_us;
  if (!make.empty()) {
    item.content.wanted.resize(1);
    item.content.wanted[0].make = make;
  }
  return item;
}

lead ended(lead item, lead_state how) {
  item.state = how;
  return item;
}

TEST(sale_rule, a_single_lead_of_the_make_is_sure) {
  const std::vector<lead> leads{enquiry(1, 30)};
  const auto found = judge(qashqai(), leads);
  EXPECT_EQ(found.sure, 0U);
  EXPECT_EQ(found.possible, (std::vector<std::size_t>{0}));
}

TEST(sale_rule, two_alike_are_offered_the_newest_first) {
  const std::vector<lead> leads{enquiry(1, 40), enquiry(2, 10)};
  const auto found = judge(qashqai(), leads);
  EXPECT_FALSE(found.sure);
  EXPECT_EQ(found.possible, (std::vector<std::size_t>{1, 0}));
}

TEST(sale_rule, an_open_lead_goes_before_one_that_has_ended) {
  const std::vector<lead> leads{ended(enquiry(1, 5), lead_state::lost), enquiry(2, 60)};
  EXPECT_EQ(judge(qashqai(), leads).sure, 1U);
}

TEST(sale_rule, a_lead_that_has_ended_gets_its_sale_where_it_is_the_only_one) {
  for (const auto how : {lead_state::lost, lead_state::closed, lead_state::won}) {
    const std::vector<lead> leads{ended(enquiry(1, 5), how)};
    EXPECT_EQ(judge(qashqai(), leads).sure, 0U) << key(how);
  }
}

TEST(sale_rule, what_somebody_marked_as_sold_stands_beside_an_open_one) {
  const std::vector<lead> leads{ended(enquiry(1, 5), lead_state::won), enquiry(2, 60)};
  EXPECT_FALSE(judge(qashqai(), leads).sure);
}

TEST(sale_rule, invalid_and_anonymised_leads_are_never_meant) {
  for (const auto how : {lead_state::invalid, lead_state::erased}) {
    const std::vector<lead> leads{ended(enquiry(1, 5), how)};
    EXPECT_TRUE(judge(qashqai(), leads).possible.empty()) << key(how);
  }
}

TEST(sale_rule, nobody_elses_lead_is_meant) {
  auto stranger = enquiry(1, 5);
  stranger.customer = "10483";
  auto nobody = enquiry(2, 5);
  nobody.customer.clear();
  EXPECT_TRUE(judge(qashqai(), std::vector<lead>{stranger, nobody}).possible.empty());
  auto without = qashqai();
  without.customer.clear();
  EXPECT_TRUE(judge(without, std::vector<lead>{nobody}).possible.empty());
}

TEST(sale_rule, the_day_of_the_sale_counts_the_day_after_does_not) {
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(1, 0)}).sure, 0U);
  EXPECT_TRUE(judge(qashqai(), std::vector<lead>{enquiry(1, -1)}).possible.empty());
}

TEST(sale_rule, an_old_lead_is_offered_and_a_very_old_one_is_not) {
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(1, sure_days)}).sure, 0U);
  const auto old = judge(qashqai(), std::vector<lead>{enquiry(1, sure_days + 1)});
  EXPECT_FALSE(old.sure);
  EXPECT_EQ(old.possible.size(), 1U);
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(1, possible_days)}).possible.size(), 1U);
  EXPECT_TRUE(judge(qashqai(), std::vector<lead>{enquiry(1, possible_days + 1)}).possible.empty());
}

TEST(sale_rule, an_old_lead_beside_a_new_one_does_not_make_it_unsure) {
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(1, sure_days + 20), enquiry(2, 3)}).sure, 1U);
}

TEST(sale_rule, another_make_or_none_is_offered_only) {
  for (const std::string make : {"Dacia", ""}) {
    const auto found = judge(qashqai(), std::vector<lead>{enquiry(1, 5, make)});
    EXPECT_FALSE(found.sure) << make;
    EXPECT_EQ(found.possible.size(), 1U) << make;
  }
  auto unknown = qashqai();
  unknown.make = unknown.vin = unknown.stock_number = "";
  EXPECT_FALSE(judge(unknown, std::vector<lead>{enquiry(1, 5)}).sure);
}

TEST(sale_rule, the_vehicle_itself_goes_before_its_make) {
  auto this_one = ended(enquiry(1, 90, "Nissan"), lead_state::closed);
  this_one.content.wanted[0].stock_number = "l 2044";
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(2, 3), this_one}).sure, 1U);
  auto by_vin = enquiry(3, 20, "");
  by_vin.content.wanted.resize(2);
  by_vin.content.wanted[1].vin = "sjnfaaj11u1234567";
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{enquiry(2, 3), by_vin}).sure, 1U);
}

TEST(sale_rule, short_or_missing_numbers_say_nothing) {
  auto sold = qashqai();
  sold.vin.clear();
  sold.stock_number = "12";
  auto item = enquiry(1, 5, "Dacia");
  item.content.wanted[0].stock_number = "12";
  EXPECT_EQ(sign_of(sold, item.content), sale_sign::other_make);
}

TEST(sale_rule, makes_are_one_in_any_writing) {
  EXPECT_EQ(make_key("VW"), make_key("Volkswagen"));
  EXPECT_EQ(make_key("Mercedes-Benz"), make_key("MERCEDES"));
  EXPECT_EQ(make_key("Škoda"), make_key("Skoda"));
  EXPECT_EQ(make_key("Citroën"), make_key("CITROEN"));
  EXPECT_NE(make_key("Nissan"), make_key("Dacia"));
}

TEST(sale_rule, a_cancelled_sale_or_one_without_a_day_finds_nothing) {
  auto cancelled = qashqai();
  cancelled.cancelled = true;
  EXPECT_TRUE(judge(cancelled, std::vector<lead>{enquiry(1, 5)}).possible.empty());
  for (const std::string day : {"", "2026-02-30", "30.11.2026", "2026-11-3", "2026-11-30T00:00", "abcd-ef-gh"}) {
    auto sold = qashqai();
    sold.sold_on = day;
    EXPECT_EQ(noon_of(day), 0) << day;
    EXPECT_TRUE(judge(sold, std::vector<lead>{enquiry(1, 5)}).possible.empty()) << day;
  }
}

TEST(sale_rule, a_lead_arrived_when_its_sender_took_it) {
  auto late = enquiry(1, -3);
  late.content.received_at = day_of_sale - 5 * day_us;
  EXPECT_EQ(arrived_at(late), late.content.received_at);
  EXPECT_EQ(judge(qashqai(), std::vector<lead>{late}).sure, 0U);
}

TEST(sale_rule, does_not_depend_on_the_order_of_the_leads) {
  std::mt19937 random(7);
  const auto below = [&](unsigned end) { return static_cast<unsigned>(random() % end); };
  constexpr lead_state states[] = {lead_state::received, lead_state::offer,  lead_state::won,
                                   lead_state::lost,     lead_state::closed, lead_state::invalid};
  for (int round = 0; round < 500; ++round) {
    std::vector<lead> leads;
    for (unsigned count = below(6); count > 0; --count) {
      static const std::vector<std::string> makes{"Nissan", "Dacia", ""};
      auto item = enquiry(static_cast<std::int64_t>(count), static_cast<int>(below(900)) - 50, makes[below(3)]);
      item.state = states[below(6)];
      leads.push_back(item);
    }
    const auto names = [&](const sale_judgement &found) {
      std::vector<std::int64_t> ids;
      for (const auto at : found.possible) ids.push_back(leads[at].id);
      ids.push_back(found.sure ? leads[*found.sure].id : 0);
      return ids;
    };
    const auto before = names(judge(qashqai(), leads));
    std::shuffle(leads.begin(), leads.end(), random);
    const auto after = judge(qashqai(), leads);
    EXPECT_EQ(names(after), before);
    if (after.sure) {
      EXPECT_EQ(after.possible.front(), *after.sure);
    }
  }
}

}  // namespace
