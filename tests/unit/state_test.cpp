// The tables of states, transitions and reasons (plugin/README.md "States").
#include "lead/state.hpp"

#include <gtest/gtest.h>

#include <set>

#include "lead/lead.hpp"

namespace {

using namespace lead_system;
using enum lead_state;

TEST(state, keys_go_there_and_back) {
  std::set<std::string_view> keys;
  for (const auto state : all_states()) {
    EXPECT_EQ(state_from(key(state)), state);
    EXPECT_FALSE(title(state).empty());
    keys.insert(key(state));
  }
  EXPECT_EQ(keys.size(), 11U);
  EXPECT_FALSE(state_from("Received"));
  EXPECT_FALSE(state_from(""));
  for (const auto result : {contact_result::open, contact_result::tried, contact_result::reached}) {
    EXPECT_EQ(contact_result_from(key(result)), result);
  }
}

TEST(state, nothing_leads_out_of_anonymised) {
  for (const auto &row : transitions()) EXPECT_NE(row.from, erased);
}

TEST(state, only_what_has_ended_is_anonymised) {
  for (const auto state : all_states()) {
    EXPECT_EQ(allowed(step::erase, state, erased), is_terminal(state) && state != erased) << key(state);
  }
}

TEST(state, every_open_lead_can_be_assigned_and_closed_every_way) {
  for (const auto state : all_states()) {
    EXPECT_EQ(possible(step::assign, state), is_open(state)) << key(state);
    for (const auto end : {won, lost, closed, invalid}) EXPECT_EQ(allowed(step::close, state, end), is_open(state));
    EXPECT_EQ(may_import(state), is_open(state));
  }
}

TEST(state, a_new_assignee_keeps_how_far_the_lead_is) {
  for (const auto &row : transitions()) {
    if (row.by != step::assign) continue;
    EXPECT_TRUE(row.to == row.from || (row.from == received && row.to == assigned));
  }
}

TEST(state, rejecting_returns_to_new) {
  for (const auto &row : transitions()) {
    if (row.by != step::reject) continue;
    EXPECT_EQ(row.to, received);
  }
  EXPECT_FALSE(possible(step::reject, received));
}

TEST(state, opens_again_from_every_end_but_anonymised) {
  for (const auto state : all_states()) {
    EXPECT_EQ(possible(step::reopen, state), is_terminal(state) && state != erased) << key(state);
  }
}

TEST(state, a_deal_of_the_host_sells_what_is_open_and_what_was_lost_or_closed) {
  for (const auto state : all_states()) {
    const bool may = is_open(state) || state == lost || state == closed;
    EXPECT_EQ(allowed(step::sell, state, won), may) << key(state);
  }
  for (const auto &row : transitions()) {
    if (row.by != step::fall_through) continue;
    EXPECT_EQ(row.from, won);
    EXPECT_TRUE(row.to == received || row.to == assigned || row.to == lost || row.to == closed) << key(row.to);
  }
}

TEST(state, progress_stays_among_the_working_states) {
  for (const auto &row : transitions()) {
    if (row.by != step::progress) continue;
    EXPECT_TRUE(is_open(row.from) && is_open(row.to));
    EXPECT_NE(row.from, received);
    EXPECT_TRUE(row.to != received && row.to != assigned);
  }
}

TEST(state, each_end_has_a_reason_and_each_reason_an_end) {
  for (const auto end : {won, lost, closed, invalid}) {
    int fitting = 0;
    for (const auto &why : reasons()) fitting += fits(why, end) ? 1 : 0;
    EXPECT_GT(fitting, 0) << key(end);
  }
  for (const auto &why : reasons()) {
    EXPECT_TRUE(is_terminal(why.ends_as) && why.ends_as != erased) << why.key;
    EXPECT_TRUE(fits(why, why.ends_as)) << why.key;
    EXPECT_TRUE(fits(why, why.also)) << why.key;
    EXPECT_FALSE(fits(why, erased)) << why.key;
    EXPECT_EQ(find_reason(why.key), &why);
    EXPECT_FALSE(fits(why, assigned));
  }
  EXPECT_EQ(reasons().size(), 15U);
  EXPECT_EQ(find_reason("because"), nullptr);
}

}  // namespace
