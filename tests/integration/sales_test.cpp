// Deals of the host and the leads that they are the sale of: by the rule, by somebody's word, taken back; told twice,
// late, and in disorder; on both databases.
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "columns/lead_index.hpp"
#include "evaluation/calendar.hpp"
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "processing/sales_desk.hpp"

namespace {

using namespace dealership;
using json = nlohmann::json;
using processing::verdict;

class sales : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    customer_ = new_customer("Leitgeb");
    rows_.emplace(open());
    const dms::host host(services_->raw());
    sales_.emplace(*rows_, *desk_, dms::sales(host.service<dms_sales>(DMS_SALES_ID)), dms::log());
    ASSERT_TRUE(sales_->hears());
  }
  void TearDown() override {
    sales_.reset();
    rows_.reset();
    with_desks::TearDown();
  }

  std::int64_t new_customer(const std::string &name) {
    dms::reference::customer item;
    item.kind = "person";
    item.last_name = name;
    return host_->data().customers.create(item, "test/" + name, noon).id;
  }
  /// A lead of a customer that came so many days before noon's.
  std::int64_t enquiry(const std::string &id, int days, const std::string &make = "NISSAN", std::int64_t customer = 0) {
    lead item;
    item.content.source = "siebel_nissan";
    item.content.external_id = id;
    item.content.type = "test_drive";
    item.content.prospect.last_name = "Leitgeb";
    item.content.wanted.resize(1);
    item.content.wanted[0].make = make;
    item.content.wanted[0].model = "Qashqai";
    item.category = "siebel_nissan";
    item.location = "wien";
    item.customer = std::to_string(customer == 0 ? customer_ : customer);
    item.created_at = item.updated_at = noon - days * day_us;
    std::int64_t lead_id = 0;
    open().write([&](store::transaction &inside) { lead_id = inside.insert_lead(item, "digest " + id); });
    return lead_id;
  }
  std::int64_t sold(const std::string &day = "2020-07-22", const std::string &make = "Nissan",
                    std::int64_t customer = 0) {
    dms::reference::deal item;
    item.customer = customer == 0 ? customer_ : customer;
    item.make = make;
    item.model = "Qashqai";
    item.salesperson = "verkauf1";
    item.location = "wien";
    item.sold_on = day;
    return host_->enter_deal(*call("leitung"), item).id;
  }
  int news() { return sales_->take_news(call("")->view()); }
  std::vector<std::string> kinds(std::int64_t id) {
    std::vector<std::string> result;
    for (const auto &event : open().timeline(id)) result.push_back(event.kind);
    return result;
  }
  /// What the manufacturer hears, oldest first.
  std::vector<std::string> told(std::int64_t id) {
    std::vector<std::string> result;
    for (const auto &one : open().feedback_of(id)) result.emplace_back(key(one.cause));
    return result;
  }
  void close(std::int64_t id, const std::string &reason) {
    const auto came = desk_->close(manager(), call("leitung")->view(), id, now(id).version, "", reason, "");
    ASSERT_EQ(came.result, verdict::done);
  }

  std::int64_t customer_ = 0;
  std::optional<store::deal_rows> rows_;
  std::optional<processing::sales_desk> sales_;
};
/// A host that tells what it is given.
struct odd_host {
  std::string answer;
  int asked = 0;
  dms_sales raw{this,
                [](void *context, std::int64_t, std::uint32_t, const dms_sink *json, dms_error *) -> dms_status {
                  auto &self = *static_cast<odd_host *>(context);
                  ++self.asked;
                  return json->write(json->context, dms::str(self.answer));
                },
                [](void *, dms_str, const dms_sink *, dms_error *) -> dms_status { return dms_not_found; }};
};

INSTANTIATE_TEST_SUITE_P(databases, sales, databases::all(), databases::name);

TEST_P(sales, a_sure_match_is_sold_on_the_day_of_the_contract_and_reported) {
  // given
  const auto id = enquiry("1-1", 20);
  const auto deal = sold("2020-07-20");
  // when
  EXPECT_EQ(news(), 1);
  // then
  const auto item = now(id);
  EXPECT_EQ(item.state, lead_state::won);
  EXPECT_EQ(item.reason, "sale");
  EXPECT_TRUE(item.reached.has(stage::sold));
  EXPECT_EQ(item.ended_at, noon_of("2020-07-20"));
  EXPECT_EQ(item.first_contact_at, item.ended_at);
  EXPECT_EQ(told(id), (std::vector<std::string>{"won"}));
  EXPECT_EQ(kinds(id), (std::vector<std::string>{"sold"}));
  const auto kept = rows_->of_lead(id);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->of.id, std::to_string(deal));
  EXPECT_EQ(kept->tied_how, "same_make");
  const auto event = open().timeline(id).front();
  EXPECT_EQ(event.data.at("deal"), std::to_string(deal));
  EXPECT_EQ(event.data.at("sold_on"), "2020-07-20");
  EXPECT_TRUE(event.actor.empty());
}

TEST_P(sales, the_same_told_again_changes_nothing) {
  // given
  const auto id = enquiry("1-1", 20);
  sold();
  ASSERT_EQ(news(), 1);
  const auto before = now(id);
  // when: once more, and once more from the very beginning, as by a host that was restored
  EXPECT_EQ(news(), 0);
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
  const dms::host host(services_->raw());
  const auto all = dms::sales(host.service<dms_sales>(DMS_SALES_ID)).changed(0, 500);
  std::vector<deal> again;
  for (const auto &one : json::parse(all)) again.push_back(*processing::deal_from_json(one));
  rows_->take(again, 1);
  EXPECT_EQ(news(), 0);
  // then
  EXPECT_EQ(now(id).version, before.version);
  EXPECT_EQ(told(id).size(), 1U);
  EXPECT_EQ(kinds(id).size(), 1U);
}

TEST_P(sales, a_lead_that_was_closed_before_is_sold_too) {
  // given
  const auto id = enquiry("1-1", 20);
  close(id, "price");
  ASSERT_EQ(now(id).state, lead_state::lost);
  // when
  sold();
  EXPECT_EQ(news(), 1);
  // then: the manufacturer hears of the sale after the loss
  EXPECT_EQ(now(id).state, lead_state::won);
  EXPECT_EQ(told(id), (std::vector<std::string>{"lost", "won"}));
}

TEST_P(sales, what_was_marked_as_sold_by_hand_gets_its_sale_and_nobody_hears_twice) {
  const auto id = enquiry("1-1", 20);
  close(id, "sale");
  sold("2020-07-21");
  EXPECT_EQ(news(), 1);
  EXPECT_EQ(told(id), (std::vector<std::string>{"won"}));
  EXPECT_EQ(rows_->of_lead(id)->of.sold_on, "2020-07-21");
}

TEST_P(sales, a_cancelled_sale_opens_the_lead_again) {
  // given
  const auto id = enquiry("1-1", 20);
  desk_->assign(manager(), call("leitung")->view(), id, now(id).version, "verkauf1");
  const auto deal = sold();
  ASSERT_EQ(news(), 1);
  // when
  host_->cancel_deal(*call("leitung"), deal);
  EXPECT_EQ(news(), 1);
  // then
  const auto item = now(id);
  EXPECT_EQ(item.state, lead_state::assigned);
  EXPECT_EQ(item.assignee, "verkauf1");
  EXPECT_FALSE(item.reached.has(stage::sold));
  EXPECT_EQ(item.ended_at, 0);
  EXPECT_EQ(told(id), (std::vector<std::string>{"assigned", "won", "assigned"}));
  EXPECT_FALSE(rows_->of_lead(id));
  // and: once
  EXPECT_EQ(news(), 0);
  EXPECT_EQ(told(id).size(), 3U);
}

TEST_P(sales, a_cancelled_sale_of_a_lead_that_was_lost_leaves_it_lost_as_before) {
  // given
  const auto id = enquiry("1-1", 20);
  close(id, "price");
  const auto before = now(id);
  const auto deal = sold();
  ASSERT_EQ(news(), 1);
  // when
  host_->cancel_deal(*call("leitung"), deal);
  ASSERT_EQ(news(), 1);
  // then
  const auto item = now(id);
  EXPECT_EQ(item.state, lead_state::lost);
  EXPECT_EQ(item.reason, "price");
  EXPECT_EQ(item.ended_at, before.ended_at);
  EXPECT_FALSE(item.reached.has(stage::sold));
  EXPECT_EQ(told(id), (std::vector<std::string>{"lost", "won", "lost"}));
}

TEST_P(sales, a_sale_that_was_entered_and_cancelled_unheard_changes_nothing) {
  const auto id = enquiry("1-1", 20);
  const auto deal = sold();
  host_->cancel_deal(*call("leitung"), deal);
  EXPECT_EQ(news(), 0);
  EXPECT_EQ(now(id).state, lead_state::received);
}

TEST_P(sales, what_is_not_sure_is_offered_and_confirmed_with_one_press) {
  // given: two that fit alike
  const auto first = enquiry("1-1", 20), second = enquiry("1-2", 10);
  const auto deal = std::to_string(sold());
  EXPECT_EQ(news(), 0);
  const auto who = desk_->visibility_of("leitung", noon);
  const auto offers = sales_->offers_of(rows_->find(deal)->of, who);
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_EQ(offers[0].item.id, second);
  ASSERT_EQ(sales_->offers_for(now(first), who).size(), 1U);
  // when
  const auto came = sales_->confirm(manager(), call("leitung")->view(), deal, first, now(first).version);
  // then
  EXPECT_EQ(came.result, verdict::done);
  EXPECT_TRUE(came.reported);
  EXPECT_EQ(now(first).state, lead_state::won);
  EXPECT_EQ(now(second).state, lead_state::received);
  EXPECT_EQ(rows_->of_lead(first)->tied_by, "leitung");
  EXPECT_TRUE(sales_->offers_for(now(second), who).empty());
  // and: not twice
  EXPECT_EQ(sales_->confirm(manager(), call("leitung")->view(), deal, second, now(second).version).result,
            verdict::refused);
}

TEST_P(sales, what_was_refused_is_not_offered_again_and_makes_the_other_one_sure) {
  // given
  const auto first = enquiry("1-1", 20), second = enquiry("1-2", 10);
  const auto deal = std::to_string(sold());
  ASSERT_EQ(news(), 0);
  // when
  EXPECT_EQ(sales_->refuse(manager(), deal, second).result, verdict::done);
  // then
  EXPECT_EQ(sales_->refuse(manager(), deal, second).result, verdict::refused);
  EXPECT_EQ(sales_->look_again(call("")->view()), 1);
  EXPECT_EQ(now(first).state, lead_state::won);
  EXPECT_EQ(now(second).state, lead_state::received);
}

TEST_P(sales, nobody_confirms_what_he_does_not_see_or_an_old_version_or_without_the_right) {
  // given: verkauf2 sees nothing of Vienna
  const auto first = enquiry("1-1", 20);
  enquiry("1-2", 10);
  const auto deal = std::to_string(sold());
  ASSERT_EQ(news(), 0);
  const auto version = now(first).version;
  // when, then
  const auto by = call("verkauf2");
  EXPECT_EQ(sales_->confirm(salesperson("verkauf2"), by->view(), deal, first, version).result, verdict::refused);
  EXPECT_EQ(sales_->refuse(salesperson("verkauf2"), deal, first).result, verdict::refused);
  EXPECT_TRUE(sales_->offers_of(rows_->find(deal)->of, desk_->visibility_of("verkauf2", noon)).empty());
  const auto mine = call("leitung");
  EXPECT_EQ(sales_->confirm(manager(), mine->view(), deal, first, version - 1).result, verdict::conflict);
  auto looks_only = manager();
  looks_only.may_process = false;
  EXPECT_EQ(sales_->confirm(looks_only, mine->view(), deal, first, version).result, verdict::forbidden);
  EXPECT_EQ(sales_->refuse(looks_only, deal, first).result, verdict::forbidden);
  for (const auto &nothing : std::vector<std::string>{"", "4711", "' OR 1=1", std::string(5000, 'x')}) {
    EXPECT_EQ(sales_->confirm(manager(), mine->view(), nothing, first, version).result, verdict::refused) << nothing;
  }
  EXPECT_EQ(sales_->confirm(manager(), mine->view(), deal, 999'999, 1).result, verdict::refused);
  EXPECT_EQ(now(first).state, lead_state::received);
}

TEST_P(sales, a_sale_that_somebody_takes_back_by_hand_is_not_tied_again) {
  // given
  const auto id = enquiry("1-1", 20);
  const auto deal = std::to_string(sold());
  ASSERT_EQ(news(), 1);
  // when
  const auto came = desk_->reopen(manager(), call("leitung")->view(), id, now(id).version, "a cousin's car");
  // then
  ASSERT_EQ(came.result, verdict::done);
  EXPECT_EQ(rows_->find(deal)->lead_id, 0);
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
  EXPECT_EQ(now(id).state, lead_state::received);
  // and: nor when the host tells of the same sale again
  auto again = rows_->find(deal)->of;
  again.stock_number = "K 7";
  again.change += 1000;
  odd_host later{json::array({{{"id", again.id},
                               {"customer", again.customer},
                               {"vehicle", {{"make", again.make}, {"stock_number", again.stock_number}}},
                               {"sold_on", again.sold_on},
                               {"change", again.change}}})
                     .dump()};
  const processing::sales_desk desk(*rows_, *desk_, dms::sales(&later.raw), dms::log());
  EXPECT_EQ(desk.take_news(call("")->view()), 0);
  EXPECT_EQ(rows_->find(deal)->of.stock_number, "K 7");
  EXPECT_EQ(now(id).state, lead_state::received);
}

TEST_P(sales, a_sale_that_somebody_takes_back_by_hand_is_offered_until_somebody_says_yes_or_no) {
  // given: two, each with its own sale
  const auto wrong = enquiry("1-1", 20), right = enquiry("1-2", 10, "Dacia");
  const auto nissan = std::to_string(sold("2020-07-21")), dacia = std::to_string(sold("2020-07-22", "Dacia"));
  ASSERT_EQ(news(), 2);
  const auto by = call("leitung");
  for (const auto id : {wrong, right}) {
    ASSERT_EQ(desk_->reopen(manager(), by->view(), id, now(id).version, "").result, verdict::done);
  }
  const auto who = desk_->visibility_of("leitung", noon);
  ASSERT_EQ(sales_->offers_for(now(wrong), who).size(), 2U);
  // when
  EXPECT_EQ(sales_->refuse(manager(), nissan, wrong).result, verdict::done);
  EXPECT_EQ(sales_->confirm(manager(), by->view(), dacia, right, now(right).version).result, verdict::done);
  // then
  EXPECT_TRUE(sales_->offers_for(now(wrong), who).empty());
  EXPECT_EQ(now(right).state, lead_state::won);
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
  EXPECT_EQ(now(wrong).state, lead_state::received);
}

TEST_P(sales, a_sale_that_somebody_takes_back_is_not_given_to_another_lead_by_itself) {
  // given: the customer's second lead came to him after the sale had found the first
  const auto first = enquiry("1-1", 20);
  const auto deal = std::to_string(sold());
  ASSERT_EQ(news(), 1);
  const auto second = enquiry("1-2", 10);
  // when
  ASSERT_EQ(desk_->reopen(manager(), call("leitung")->view(), first, now(first).version, "").result, verdict::done);
  // then: both are offered
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
  EXPECT_EQ(now(second).state, lead_state::received);
  EXPECT_EQ(sales_->offers_of(rows_->find(deal)->of, desk_->visibility_of("leitung", noon)).size(), 2U);
  // and: a no to the first makes the second sure
  EXPECT_EQ(sales_->refuse(manager(), deal, first).result, verdict::done);
  EXPECT_EQ(sales_->look_again(call("")->view()), 1);
  EXPECT_EQ(now(second).state, lead_state::won);
}

TEST_P(sales, a_sale_taken_back_by_mistake_is_the_deals_again_with_the_undo) {
  const auto id = enquiry("1-1", 20);
  sold();
  ASSERT_EQ(news(), 1);
  auto who = manager();
  who.undo_us = minute_us;
  ASSERT_EQ(desk_->reopen(who, call("leitung")->view(), id, now(id).version, "").result, verdict::done);
  ASSERT_EQ(desk_->undo(who, call("leitung")->view(), id, now(id).version).result, verdict::done);
  EXPECT_EQ(now(id).state, lead_state::won);
  EXPECT_TRUE(rows_->of_lead(id));
}

TEST_P(sales, a_lead_that_is_linked_after_the_sale_finds_it_later) {
  // given: the customer is entered by hand, and sold to; the lead is linked with him a day later
  const auto id = add_lead("1-1");
  sold();
  ASSERT_EQ(news(), 0);
  open().write([&](store::transaction &inside) {
    auto item = *inside.find_lead(id);
    item.customer = std::to_string(customer_);
    item.content.wanted.resize(1);
    item.content.wanted[0].make = "Nissan";
    ASSERT_TRUE(inside.update_lead_content(item, "later"));
  });
  // when, then
  EXPECT_EQ(sales_->look_again(call("")->view()), 1);
  EXPECT_EQ(now(id).state, lead_state::won);
}

TEST_P(sales, of_two_cars_and_two_leads_each_gets_its_own) {
  const auto nissan = enquiry("1-1", 20), dacia = enquiry("1-2", 10, "Dacia");
  const auto first = std::to_string(sold("2020-07-21", "DACIA")), second = std::to_string(sold("2020-07-22", "Nissan"));
  EXPECT_EQ(news(), 2);
  EXPECT_EQ(rows_->of_lead(dacia)->of.id, first);
  EXPECT_EQ(rows_->of_lead(nissan)->of.id, second);
}

TEST_P(sales, two_sales_told_by_two_hosts_at_once_do_not_share_a_lead) {
  // given: one lead, and two sales that it may be
  const auto id = enquiry("1-1", 20);
  sold("2020-07-21");
  sold("2020-07-22");
  // when
  const auto by = call("");
  std::thread other([&] { sales_->take_news(by->view()); });
  sales_->take_news(by->view());
  other.join();
  sales_->look_again(by->view());
  // then
  EXPECT_EQ(now(id).state, lead_state::won);
  EXPECT_EQ(told(id), (std::vector<std::string>{"won"}));
  EXPECT_EQ(rows_->without_lead(0, "", 10).size(), 1U);
}

TEST_P(sales, an_anonymised_lead_is_not_led_to_by_its_sale) {
  // given
  const auto id = enquiry("1-1", 20);
  const auto deal = std::to_string(sold());
  ASSERT_EQ(news(), 1);
  // when
  ASSERT_EQ(desk_->forget(admin(), call("admin")->view(), id, now(id).version, "request").result, verdict::done);
  // then: the sale still counts, and says nothing of whom
  const auto kept = *rows_->find(deal);
  EXPECT_EQ(kept.lead_id, id);
  EXPECT_TRUE(kept.of.customer.empty());
  EXPECT_TRUE(kept.of.vin.empty());
  // and: neither when the host tells of it again, nor when it is cancelled
  host_->cancel_deal(*call("leitung"), std::stoll(deal));
  EXPECT_EQ(news(), 0);
  EXPECT_TRUE(rows_->find(deal)->of.customer.empty());
  EXPECT_EQ(now(id).state, lead_state::erased);
  for (const auto &event : open().timeline(id)) EXPECT_FALSE(event.data.contains("deal")) << event.kind;
}

TEST_P(sales, who_asks_to_be_forgotten_leaves_no_sale_that_names_him) {
  // given: one sale with a lead, another one without
  const auto id = enquiry("1-1", 20);
  sold();
  ASSERT_EQ(news(), 1);
  const auto other = std::to_string(sold("2020-07-10", "Dacia"));
  ASSERT_EQ(news(), 0);
  ASSERT_EQ(rows_->find(other)->of.customer, std::to_string(customer_));
  // when
  ASSERT_EQ(desk_->forget(admin(), call("admin")->view(), id, now(id).version, "request").result, verdict::done);
  // then
  EXPECT_TRUE(rows_->find(other)->of.customer.empty());
}

TEST_P(sales, sales_that_no_lead_can_be_of_are_not_kept) {
  const auto old = std::to_string(sold("2018-01-10")), recent = std::to_string(sold("2020-05-10"));
  EXPECT_EQ(news(), 0);
  EXPECT_FALSE(rows_->find(old));
  EXPECT_TRUE(rows_->find(recent));
  host_->clock().set(noon + 700 * day_us);
  sales_->look_again(call("")->view());
  EXPECT_FALSE(rows_->find(recent));
}

TEST_P(sales, bad_documents_are_left_out) {
  const auto good = json{{"id", "7"}, {"customer", "1"}, {"sold_on", "2020-07-22"}, {"change", 3}};
  EXPECT_TRUE(processing::deal_from_json(good));
  for (const auto &[member, value] : std::vector<std::pair<std::string, json>>{{"id", ""},
                                                                               {"id", nullptr},
                                                                               {"id", 7},
                                                                               {"id", std::string(65, 'x')},
                                                                               {"customer", ""},
                                                                               {"customer", json::object()},
                                                                               {"sold_on", "22.07.2020"},
                                                                               {"sold_on", "2020-13-01"},
                                                                               {"sold_on", 20200722},
                                                                               {"change", 0},
                                                                               {"change", -1},
                                                                               {"change", "3"},
                                                                               {"id", std::string("a\0b", 3)}}) {
    auto bad = good;
    bad[member] = value;
    EXPECT_FALSE(processing::deal_from_json(bad)) << bad;
  }
  for (const auto &nothing : {json(), json::array(), json("deal"), json(3)}) {
    EXPECT_FALSE(processing::deal_from_json(nothing));
  }
  auto odd = good;
  odd["vehicle"] = json::array();
  odd["cancelled"] = "yes";
  odd["salesperson"] = 4;
  const auto read = processing::deal_from_json(odd);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->cancelled);
  EXPECT_TRUE(read->make.empty());
}

TEST_P(sales, a_host_that_answers_nonsense_or_the_same_for_ever_is_asked_no_further) {
  for (const std::string answer :
       {"", "null", "{}", "[1, null, \"x\"]", "[{\"id\": \"1\"}]", "[[[[", R"([{"id":"9","change":-4}])",
        R"([{"id":"5","customer":"1","sold_on":"2020-07-22","change":4}])"}) {
    odd_host odd{answer};
    const processing::sales_desk desk(*rows_, *desk_, dms::sales(&odd.raw), dms::log());
    EXPECT_EQ(desk.take_news(call("")->view()), 0) << answer;
    EXPECT_LE(odd.asked, 2) << answer;
  }
  // One that cannot be read does not hold up those behind it.
  odd_host odd{R"([{"id":"","change":8},{"id":"6","customer":"1","sold_on":"2020-07-22","change":9}])"};
  const processing::sales_desk desk(*rows_, *desk_, dms::sales(&odd.raw), dms::log());
  desk.take_news(call("")->view());
  EXPECT_EQ(rows_->known_change(), 9);
  EXPECT_TRUE(rows_->find("6"));
}

TEST_P(sales, the_day_of_the_contract_is_the_day_that_counts) {
  // given: a lead of June that was sold on the 20th of July, and one by hand today
  enquiry("1-1", 40);
  sold("2020-07-20");
  ASSERT_EQ(news(), 1);
  close(enquiry("1-2", 3, "Dacia"), "sale");
  columns::lead_index leads(database().options(), open(), *organisation_);
  const evaluation::calendar days({}, noon);
  const auto count = [&](const std::string &from, const std::string &to, bool by_sale) {
    store::lead_query query;
    query.filter.by_sale = by_sale;
    query.filter.from = days.moment(*evaluation::calendar::parse(from));
    query.filter.to = days.moment(*evaluation::calendar::parse(to));
    const auto all = access::system_visibility();
    const auto found = leads.list(query, all, noon).total;
    EXPECT_EQ(found, overview_oracle::count(open(), query.filter, all, noon)) << from << " " << to;
    return found;
  };
  // when, then
  EXPECT_EQ(count("2020-07-20", "2020-07-21", true), 1);
  EXPECT_EQ(count("2020-07-21", "2020-07-22", true), 0);
  EXPECT_EQ(count("2020-07-22", "2020-07-23", true), 1);
  EXPECT_EQ(count("2020-06-01", "2020-07-01", true), 0);
  EXPECT_EQ(count("2020-06-01", "2020-07-01", false), 1);
}

TEST_P(sales, the_host_counts_each_change_and_forgets_none) {
  // given
  const auto first = sold("2020-07-20"), second = sold("2020-07-21");
  host_->cancel_deal(*call("leitung"), first);
  // when
  const auto all = host_->data().deals.changed(0, 10);
  // then: in the order of their changes, each as it is now
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, second);
  EXPECT_EQ(all[1].id, first);
  EXPECT_TRUE(all[1].cancelled);
  EXPECT_LT(all[0].change, all[1].change);
  EXPECT_THROW(host_->cancel_deal(*call("leitung"), first), dms::failure);
  EXPECT_THROW(host_->cancel_deal(*call("leitung"), 4711), dms::failure);
  EXPECT_THROW(sold("2020-02-30"), dms::failure);
  EXPECT_THROW(sold("2020-07-20", "Nissan", 99'999), dms::failure);
}

TEST_P(sales, deals_of_a_customer_who_is_merged_are_told_of_again) {
  const auto other = new_customer("Leitgeb-Maier");
  const auto deal = sold("2020-07-20", "Nissan", other);
  ASSERT_EQ(news(), 0);
  const auto id = enquiry("1-1", 20);
  host_->merge_customers(*call("leitung"), other, customer_);
  EXPECT_EQ(news(), 1);
  EXPECT_EQ(rows_->of_lead(id)->of.id, std::to_string(deal));
}

TEST_P(sales, a_lead_of_a_customer_who_is_merged_finds_the_sale_of_the_one_who_stays) {
  // given: the sale is the one's, the lead the other's
  const auto other = new_customer("Leitgeb-Maier");
  const auto id = enquiry("1-1", 20, "NISSAN", other);
  const auto deal = sold("2020-07-20");
  ASSERT_EQ(news(), 0);
  host_->merge_customers(*call("leitung"), other, customer_);
  // when
  EXPECT_EQ(sales_->customer_merged(call("")->view(), std::to_string(other)), 1);
  // then
  const auto item = now(id);
  EXPECT_EQ(item.customer, std::to_string(customer_));
  EXPECT_EQ(item.state, lead_state::won);
  EXPECT_EQ(rows_->of_lead(id)->of.id, std::to_string(deal));
  EXPECT_EQ(told(id), (std::vector<std::string>{"won"}));
  EXPECT_EQ(kinds(id), (std::vector<std::string>{"sold", "customer_merged"}));
  EXPECT_EQ(open().timeline(id).back().data.at("former"), std::to_string(other));
  // and: told of twice, and looked for by itself
  EXPECT_EQ(sales_->customer_merged(call("")->view(), std::to_string(other)), 0);
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
  EXPECT_EQ(now(id).version, item.version);
  EXPECT_EQ(told(id).size(), 1U);
}

TEST_P(sales, a_merge_that_nobody_heard_of_is_found_when_looking_again) {
  // given: the lead's customer became another one, who became a third one
  const auto first = new_customer("Leitgeb-Maier"), second = new_customer("Leitgeb-Huber");
  const auto id = enquiry("1-1", 20, "NISSAN", first);
  sold("2020-07-20");
  ASSERT_EQ(news(), 0);
  host_->merge_customers(*call("leitung"), first, second);
  host_->merge_customers(*call("leitung"), second, customer_);
  // when, then
  EXPECT_EQ(sales_->look_again(call("")->view()), 1);
  EXPECT_EQ(now(id).state, lead_state::won);
  EXPECT_EQ(now(id).customer, std::to_string(customer_));
  EXPECT_EQ(sales_->look_again(call("")->view()), 0);
}

TEST_P(sales, what_a_merge_does_not_make_sure_is_offered) {
  // given: the sale names no make
  const auto other = new_customer("Leitgeb-Maier");
  const auto first = enquiry("1-1", 20, "NISSAN", other), second = enquiry("1-2", 10, "Dacia");
  const auto deal = std::to_string(sold("2020-07-20", ""));
  ASSERT_EQ(news(), 0);
  host_->merge_customers(*call("leitung"), other, customer_);
  // when
  EXPECT_EQ(sales_->customer_merged(call("")->view(), std::to_string(other)), 0);
  // then
  const auto who = desk_->visibility_of("leitung", noon);
  EXPECT_EQ(sales_->offers_of(rows_->find(deal)->of, who).size(), 2U);
  ASSERT_EQ(sales_->offers_for(now(first), who).size(), 1U);
  EXPECT_EQ(now(first).state, lead_state::received);
  EXPECT_EQ(now(second).state, lead_state::received);
  EXPECT_EQ(sales_->confirm(manager(), call("leitung")->view(), deal, first, now(first).version).result, verdict::done);
}

TEST_P(sales, a_sale_that_names_the_customer_of_before_the_merge_is_the_one_s_who_stays) {
  // given: the host tells of the sale late, as it was entered
  const auto other = new_customer("Leitgeb-Maier");
  const auto id = enquiry("1-1", 20);
  host_->merge_customers(*call("leitung"), other, customer_);
  sales_->customer_merged(call("")->view(), std::to_string(other));
  odd_host late{json::array({{{"id", "77"},
                              {"customer", std::to_string(other)},
                              {"vehicle", {{"make", "Nissan"}}},
                              {"sold_on", "2020-07-20"},
                              {"change", 40}}})
                    .dump()};
  const processing::sales_desk desk(*rows_, *desk_, dms::sales(&late.raw), dms::log());
  // when, then
  EXPECT_EQ(desk.take_news(call("")->view()), 1);
  EXPECT_EQ(now(id).state, lead_state::won);
  EXPECT_EQ(rows_->of_lead(id)->of.customer, std::to_string(customer_));
}

TEST_P(sales, who_was_not_merged_stays_who_he_is) {
  const auto id = enquiry("1-1", 20, "Dacia");
  sold("2020-07-20");
  ASSERT_EQ(news(), 0);
  const auto version = now(id).version;
  for (const auto &whom :
       {std::to_string(customer_), std::string(), std::string("4711"), std::string("x"), std::string(5000, '7')}) {
    EXPECT_EQ(sales_->customer_merged(call("")->view(), whom), 0) << whom;
  }
  EXPECT_EQ(now(id).version, version);
}

/// A host that says whom each customer became, and nothing else.
struct merging_host {
  std::map<std::string, std::string, std::less<>> became;
  dms_customers raw{this, [](void *, dms_str, const dms_sink *, dms_error *) -> dms_status { return dms_not_found; },
                    [](void *context, dms_str id, const dms_sink *out, dms_error *) -> dms_status {
                      const auto &all = static_cast<merging_host *>(context)->became;
                      const auto found = all.find(dms::view(id));
                      if (found == all.end()) return dms_not_found;
                      return out->write(out->context, dms::str(json{{"id", found->second}, {"kind", "person"}}.dump()));
                    },
                    [](void *, const dms_call *, dms_str, dms_str, const dms_sink *, dms_error *) -> dms_status {
                      return dms_not_found;
                    }};
};

TEST_P(sales, a_host_whose_merges_go_round_in_a_ring_or_nowhere_moves_no_lead) {
  // given: "1" became "2", and that one "1"; "3" became one who is not there; "4" goes to "6" by "5"
  merging_host odd{{{"1", "2"}, {"2", "1"}, {"3", "33"}, {"4", "5"}, {"5", "6"}, {"6", "6"}}};
  processing::lead_desk desk(
      {open(), sources_.types, *organisation_, dms::customers(&odd.raw), nullptr, nullptr, writer_, dms::log(nullptr)});
  odd_host none{"[]"};
  const processing::sales_desk looking(*rows_, desk, dms::sales(&none.raw), dms::log());
  const auto first = enquiry("1-1", 20, "NISSAN", 1), second = enquiry("1-2", 20, "NISSAN", 2),
             third = enquiry("1-3", 20, "NISSAN", 3), fourth = enquiry("1-4", 20, "NISSAN", 4);
  // when: heard of, and looked for, again and again
  for (int run = 0; run < 3; ++run) {
    for (const auto *customer : {"1", "2", "3", "4"}) looking.customer_merged(call("")->view(), customer);
    looking.look_again(call("")->view());
  }
  // then
  EXPECT_EQ(now(first).customer, "1");
  EXPECT_EQ(now(second).customer, "2");
  EXPECT_EQ(now(third).customer, "3");
  for (const auto id : {first, second, third}) EXPECT_EQ(now(id).version, 1) << id;
  EXPECT_EQ(now(fourth).customer, "6");
  EXPECT_EQ(now(fourth).version, 2);
}

TEST_P(sales, an_import_cannot_be_taken_back_once_its_customer_was_merged) {
  // given
  const auto id = add_lead("1-1");
  const auto by = call("leitung");
  const auto made = desk_->import(manager(), by->view(), id, now(id).version, "");
  ASSERT_EQ(made.result, verdict::done);
  host_->merge_customers(*by, std::stoll(made.customer), customer_);
  ASSERT_EQ(sales_->customer_merged(call("")->view(), made.customer), 0);
  ASSERT_EQ(now(id).customer, std::to_string(customer_));
  // when, then: nothing of his is undone at the one who stays
  EXPECT_EQ(desk_->undo_import(manager(), by->view(), id, now(id).version).result, verdict::refused);
  EXPECT_EQ(now(id).customer, std::to_string(customer_));
  EXPECT_TRUE(host_->data().customers.get(customer_));
}

}  // namespace
