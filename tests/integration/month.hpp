// month.hpp - a month in a dealership, hour by hour, with a clock and a seed: who asks, who works how well, who is
// away, who leaves, which location closes, what is sold.
#pragma once

#include <random>

#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "processing/absence_desk.hpp"
#include "processing/assignment.hpp"
#include "processing/contact_times.hpp"
#include "processing/deadline_watch.hpp"
#include "processing/sales_desk.hpp"

namespace dealership {

/// Of a hundred times that something is due: how often somebody does it at once, and whom he reaches of those.
struct way_of_working {
  std::string user, place;
  int works, reaches;
};
inline const std::vector<way_of_working> salespeople{{"verkauf1", "wien", 85, 50}, {"verkauf3", "wien", 80, 60},
                                                     {"verkauf4", "wien", 70, 50}, {"verkauf5", "wien", 75, 40},
                                                     {"verkauf2", "graz", 85, 55}, {"verkauf6", "graz", 75, 50},
                                                     {"verkauf7", "graz", 25, 50}, {"verkauf8", "linz", 80, 50},
                                                     {"verkauf9", "linz", 65, 60}, {"verkauf10", "linz", 75, 45}};

inline const std::string leaver = "verkauf5";

class month : public with_desks {
 protected:
  static constexpr time_us begins = 1'601'510'400 * second_us;  // Thursday 2020-10-01 00:00 UTC
  static constexpr int hours = 31 * 24;

  void SetUp() override {
    with_desks::SetUp();
    dms::reference::location linz;
    linz.id = "linz";
    linz.name = linz.city = "Linz";
    linz.region = "AT-4";
    linz.hours = dms::reference::parse_hours("1-5 07:30-17:30,6 09:00-12:00");
    host_->data().locations.add(linz);
    for (const auto &one : salespeople) {
      if (one.user != "verkauf1" && one.user != "verkauf2") add_user(one.user, "sales", {one.place});
      for (const char *category : {"siebel_nissan", "finance"})
        grant(one.user, true, category, access::scope::locations, {one.place});
    }
    grant("leitung", true, "siebel_dacia", access::scope::all);
    open().write([](store::transaction &inside) {
      for (const char *source : {"siebel_nissan", "finance_expiry_csv"}) {
        inside.set_dealer_code({source, "AT10017", "wien"}, "admin", noon);
        inside.set_dealer_code({source, "AT10023", "graz"}, "admin", noon);
        inside.set_dealer_code({source, "AT10031", "linz"}, "admin", noon);
      }
    });
    host_->clock().set(now_);
    host_->directory_changed();
    make_desks();
    for (const auto &type : sources_.types.types()) {
      if (type.category == "siebel_dacia") continue;
      ASSERT_EQ(assignment_->set(as("admin"), type.key, {"wien", "graz", "linz"}, {}).result, verdict::done);
    }
  }
  void TearDown() override {
    assignment_.reset();
    sales_.reset();
    deals_.reset();
    absences_.reset();
    watch_.reset();
    with_desks::TearDown();
  }

  using verdict = processing::verdict;

  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  bool in_a_hundred(int times) { return below(100) < times; }
  processing::actor as(const std::string &user) const {
    const bool sells = user.starts_with("verkauf");
    return {user, "Person " + user, user != "admin", !sells, false, now_};
  }
  bool is_open_now(const std::string &place) const {
    const auto calendar = organisation_->now()->calendar_of(place);
    return working_minutes_between(now_, now_ + minute_us, calendar) > 0;
  }
  std::string today() const { return access::day_of(now_); }

  /// One hour passes: what comes, what the plugin's jobs do, what people do.
  void pass_an_hour() {
    now_ += hour_us;
    host_->clock().set(now_);
    people_change();
    leads_come();
    jobs_run();
    const auto here = desk_->presence_at(now_);
    std::vector<way_of_working> at_work;
    for (const auto &one : salespeople) {
      if (is_open_now(one.place) && here.is_here(one.user)) at_work.push_back(one);
    }
    if (at_work.empty()) return;
    const auto open_ones = open_leads();
    for (const auto &one : at_work) work(one, here, open_ones);
    if (is_open_now("wien")) managers_work(here);
    jobs_run();
  }

  // --- what comes ---
  void leads_come() {
    // More in the evening than at night, as people ask.
    const int hour = static_cast<int>(now_ / hour_us % 24);
    const int chance = hour < 5 ? 8 : hour < 16 ? 28 : 34;
    if (in_a_hundred(chance)) receive(++received_);
    if (hour == 3 && in_a_hundred(60)) receive_contracts();
  }
  void receive(int number) {
    static const std::vector<std::string> types{"Test Drive", "Test Drive", "Quote Request", "Pre-Order"},
        codes{"AT10017", "AT10017", "AT10017", "AT10023", "AT10023", "AT10031", "AT10031", "AT99999"};
    // Some are told again, some ask again.
    if (number > 5 && in_a_hundred(6)) number = number - 1 - below(5);
    const bool same_person = number > 9 && in_a_hundred(5);
    const auto person = std::to_string(same_person ? number - 7 : number);
    std::mt19937 of_lead(static_cast<unsigned>(number));
    const auto &type = types[of_lead() % types.size()];
    const auto urgent =
        type == "Test Drive" && of_lead() % 2 == 0 ? std::string("<Priority>Fast Track</Priority>") : "";
    const auto payload =
        "<?xml version=\"1.0\"?><SiebelMessage><ListOfNeDealerLead><NeDealerLead><Id>1-M" + std::to_string(number) +
        "</Id><LeadType>" + type + "</LeadType>" + urgent + "<DealerCode>" + codes[of_lead() % codes.size()] +
        "</DealerCode><ListOfContact><Contact><FirstName>Vorname" + person + "</FirstName><LastName>Monat" + person +
        "</LastName><EmailAddress>monat" + person +
        "@example.at</EmailAddress></Contact></ListOfContact><ListOfVehicle><Vehicle><Make>Nissan</Make>"
        "<Model>Qashqai</Model></Vehicle></ListOfVehicle></NeDealerLead></ListOfNeDealerLead></SiebelMessage>";
    import("siebel_nissan", payload);
  }
  void receive_contracts() {
    static const std::vector<std::string> codes{"AT10017", "AT10023", "AT10031"};
    const auto number = std::to_string(++contracts_);
    import("finance_expiry_csv",
           "Kundennummer;Anrede;Vorname;Nachname;E-Mail;Mobil;Vertragsnummer;Vertragsende;Monatsrate;Restwert;"
           "Fahrgestellnummer;Modell;Händlercode\nK-" +
               number + ";Herr;Franz;Vertrag" + number + ";vertrag" + number + "@example.at;;F-2020-" + number +
               ";31.03.2021;289,90;9.450,00;;Qashqai;" + codes[static_cast<std::size_t>(below(3))] + "\n");
  }
  void import(const std::string &source, const std::string &payload) {
    const dms::string_stream stream(payload);
    const intake::importer hook({open(), sources_.types, *organisation_, writer_, nullptr, dms::log()},
                                sources_.definitions.at(source));
    hook.run(call("")->view(), dms::input(stream.get()), "month", [](auto, auto) {});
  }

  // --- the plugin's jobs ---
  virtual void jobs_run() {
    // Before leads are given away: a sale ends one, and somebody has fewer then.
    sold_by_deal_ += sales_->take_news(call("")->view());
    given_by_rule_ += assignment_->assign_waiting(call("")->view());
    desk_->tell_host(call("")->view());
    watch_->run(call("")->view());
  }

  // --- who works ---
  std::vector<lead> open_leads() {
    std::vector<lead> result;
    lead last;
    for (;;) {
      auto page = open().open_leads_after(last.created_at, last.id, 500);
      if (page.empty()) return result;
      last = page.back();
      std::move(page.begin(), page.end(), std::back_inserter(result));
    }
  }
  void work(const way_of_working &one, const access::presence &here, const std::vector<lead> &open_ones) {
    auto whose = here.represented_by(one.user);
    whose.push_back(one.user);
    for (const auto &item : open_ones) {
      const auto step = next_step_of(item);
      // The first contact at once; what is planned when it is due; what has no date when one comes across it.
      const bool due = step.what == next_step::kind::first_contact || step.due <= now_;
      if (!due || std::find(whose.begin(), whose.end(), item.assignee) == whose.end()) continue;
      if (in_a_hundred(one.works)) work_on(one, item);
    }
  }
  void work_on(const way_of_working &one, const lead &item) {
    const auto by = call(one.user);
    const auto who = as(one.user);
    ++worked_;
    if (item.follows != 0 && item.first_contact_at == 0 && in_a_hundred(70)) {
      desk_->close_as_duplicate(who, by->view(), item.id, item.version, item.follows, "");
      return;
    }
    if (next_step_of(item).what == next_step::kind::test_drive) {
      desk_->progress(who, by->view(), item.id, item.version, "test_drive_done");
      return;
    }
    const bool reached = in_a_hundred(one.reaches);
    processing::follow_up next{now_ + (reached ? 3 * day_us : day_us)};
    // Some note the result and forget what comes next.
    if (in_a_hundred(8)) next.due = 0;
    const auto came =
        desk_->contact_result(who, by->view(), item.id, item.version, reached ? "reached" : "tried", "", next);
    if (came.result != verdict::done || !reached) return;
    go_on(who, *by, item.id, came.version);
  }
  /// Whoever was reached becomes a customer, agrees a drive, buys, or does not.
  void go_on(const processing::actor &who, const dms::reference::owned_call &by, std::int64_t id,
             std::int64_t version) {
    const int what = below(10);
    if (what < 3) {
      static const std::vector<std::string> ends{"price", "no_interest", "other_dealer", "no_further_contact",
                                                 "postponed"};
      desk_->close(who, by.view(), id, version, "", ends[static_cast<std::size_t>(below(5))], "");
    } else if (what < 5) {
      desk_->agree_test_drive(who, by.view(), id, version, {now_ + 2 * day_us + below(4) * hour_us, "", "", ""});
    } else if (what < 8) {
      const auto tied = desk_->import(who, by.view(), id, version, "");
      if (tied.result == verdict::done && in_a_hundred(60)) sell(now(id));
    }
  }
  void sell(const lead &item) {
    dms::reference::deal bought;
    bought.customer = std::stoll(item.customer);
    bought.make = "Nissan";
    bought.model = "Qashqai";
    bought.salesperson = item.assignee;
    bought.location = item.location;
    bought.sold_on = today();
    host_->enter_deal(*call("leitung"), bought);
    ++deals_made_;
  }
  /// What nobody has is given away, and what was escalated goes to somebody who works; what the one who has left had
  /// waits for whoever hands it over.
  void managers_work(const access::presence &here) {
    if (!here.is_here("leitung")) return;
    int hands = 3;
    for (const auto &item : open_leads()) {
      if (item.assignee == leaver || (!item.assignee.empty() && item.notified < 2)) continue;
      if (hands-- == 0) return;
      const auto &to = salespeople[static_cast<std::size_t>(below(10))].user;
      if (here.is_here(to)) desk_->assign(as("leitung"), call("leitung")->view(), item.id, item.version, to);
    }
  }

  // --- who comes and goes ---
  void people_change() {
    const auto is = [&](std::string_view day, int hour) { return today() == day && now_ / hour_us % 24 == hour; };
    if (is("2020-10-02", 8)) away("verkauf3", "2020-10-05", "2020-10-16", "verkauf4");
    if (is("2020-10-12", 6)) away("verkauf6", "2020-10-12", "2020-10-23", "");
    // He leaves before anybody has asked who takes over; that is done two days later.
    if (is("2020-10-20", 9)) host_->deactivate_user(*call("admin"), leaver);
    if (is("2020-10-22", 9)) {
      handed_over_ += desk_->hand_over(as("admin_who_assigns"), call("admin")->view(), "user", leaver, "verkauf1").done;
    }
    if (is("2020-10-27", 12)) {
      host_->data().locations.set_open("linz", false);
      host_->directory_changed();
    }
  }
  void away(const std::string &user, const std::string &from, const std::string &to, const std::string &deputy) {
    EXPECT_EQ(absences_->enter(as("leitung"), call("leitung")->view(), {user, from, to, deputy}, true).result,
              verdict::done);
  }

  void make_desks() {
    const dms::host host(services_->raw());
    watch_ = std::make_unique<processing::deadline_watch>(
        processing::deadline_watch::parts{open(),
                                          sources_.types,
                                          *organisation_,
                                          &host.required<dms_notifications>(DMS_NOTIFICATIONS_ID),
                                          {},
                                          [] { return std::string(); },
                                          &in_english,
                                          dms::log(nullptr)});
    absences_ = std::make_unique<processing::absence_desk>(
        processing::absence_desk::parts{open(), *organisation_, *desk_, *settings_, nullptr});
    deals_.emplace(open());
    sales_.emplace(*deals_, *desk_, dms::sales(host.service<dms_sales>(DMS_SALES_ID)), dms::log());
    assignment_ = std::make_unique<processing::assignment_desk>(open(), sources_.types, *organisation_, *desk_);
  }

  std::mt19937 random_{202010};
  time_us now_ = begins;
  int received_ = 0, contracts_ = 0, worked_ = 0, given_by_rule_ = 0, sold_by_deal_ = 0, deals_made_ = 0;
  std::int64_t handed_over_ = 0;
  std::unique_ptr<processing::deadline_watch> watch_;
  std::unique_ptr<processing::absence_desk> absences_;
  std::optional<store::deal_rows> deals_;
  std::optional<processing::sales_desk> sales_;
  std::unique_ptr<processing::assignment_desk> assignment_;
};

}  // namespace dealership
