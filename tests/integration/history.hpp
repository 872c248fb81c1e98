// history.hpp - a dealership at work: random but repeatable imports, actions of people, changes of settings and of the
// host's data, through the plugin's own doors.
#pragma once

#include <random>

#include "intake/importer.hpp"
#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"

namespace dealership {

class with_history : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    grant("wien1", true, "siebel_nissan", access::scope::locations, {"wien"});
    grant("verkauf2", false, "quote_request", access::scope::locations, {"graz"});
    grant("admin", true, "siebel_nissan", access::scope::all);
    open().write([&](store::transaction &inside) {
      inside.set_dealer_code({"web_json", "AT10017", "wien"}, "admin", noon);
      inside.set_dealer_code({"web_json", "AT10023", "graz"}, "admin", noon);
    });
  }

  int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  template <typename List>
  const auto &one_of(const List &list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }

  /// One thing happens, some time later.
  void happen() {
    now_ += below(40 * 60) * second_us + below(5) / 4 * below(3) * day_us;
    host_->clock().set(now_);
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
        return import_enquiries();
      case 3:
        return settle_feedback();
      case 4:
        return below(4) == 0 ? change_rules() : import_enquiries();
      default:
        return work_on_a_lead();
    }
  }

  /// Several enquiries of a web form, one of them perhaps a repeat.
  void import_enquiries() {
    static const std::vector<std::string> types{"test drive", "quote", "pre order"},
        codes{"AT10017", "AT10023", "AT99999", ""};
    if (below(2) == 0) return receive_from_the_manufacturer();
    nlohmann::json form{{"type", one_of(types)},
                        {"dealer_code", one_of(codes)},
                        {"campaign", one_of(campaigns_)},
                        {"name", "Johanna Leitgeb"},
                        {"email", "j" + std::to_string(below(400)) + "@example.at"}};
    if (const auto &model = one_of(models_); !model.empty()) form["vehicle"] = {{"make", "Nissan"}, {"model", model}};
    form["id"] = "w" + std::to_string(below(6) == 0 ? below(imported_ + 1) : ++imported_);
    const auto payload = form.dump();
    const dms::string_stream stream(payload);
    const intake::importer hook({open(), sources_.types, *organisation_, writer_, nullptr, dms::log()},
                                sources_.definitions.at("web_json"));
    hook.run(call("")->view(), dms::input(stream.get()), "form.json", [](auto, auto) {});
  }

  /// A lead whose changes the manufacturer hears of.
  void receive_from_the_manufacturer() {
    static const std::vector<std::string> types{"test_drive", "test_drive_fast_track", "quote_request"},
        places{"wien", "graz", ""};
    lead item;
    item.content.source = "siebel_nissan";
    item.content.external_id = "1-" + std::to_string(++imported_);
    item.content.type = one_of(types);
    item.content.prospect.last_name = "Leitgeb";
    item.content.campaign = one_of(campaigns_);
    item.content.wanted.resize(1);
    item.content.wanted[0].model = one_of(models_);
    item.category = "siebel_nissan";
    item.location = one_of(places);
    item.created_at = item.updated_at = now_;
    if (below(8) != 0) item.escalation_at = now_ + (1 + below(12)) * hour_us;
    open().write([&](store::transaction &inside) { inside.insert_lead(item, "digest " + item.content.external_id); });
  }

  void work_on_a_lead() {
    store::lead_query query;
    query.limit = 500;
    const auto leads = overview_oracle::list(open(), query, access::system_visibility(), now_).leads;
    if (leads.empty()) return import_enquiries();
    // The newest come first, and are mostly what people work on.
    const auto &item =
        below(3) == 0
            ? one_of(leads)
            : leads[static_cast<std::size_t>(below(static_cast<int>(std::min<std::size_t>(leads.size(), 30))))];
    static const std::vector<std::string> users{"leitung", "wien1", "verkauf1", "verkauf2", "admin"},
        results{"tried", "reached", "open"}, steps{"in_progress", "appointment", "test_drive_done", "offer"},
        ends{"won", "lost", "closed", "invalid"};
    const processing::actor who{one_of(users), "Somebody", true, true, true, now_};
    if (!host_->data().users.find(who.user)->active) return;
    const auto by = call(who.user);
    // Somebody may not be allowed to, or the state may forbid it: then nothing changes.
    const auto version = below(12) == 0 ? item.version + 1 : item.version;
    switch (below(9)) {
      case 0:
      case 1:
        desk_->assign(who, by->view(), item.id, version, one_of(users));
        return;
      case 2:
        desk_->contact_result(who, by->view(), item.id, version, one_of(results), "");
        return;
      case 3:
        if (below(4) == 0) {
          desk_->agree_test_drive(who, by->view(), item.id, version,
                                  {now_ + below(9) * day_us, below(2) == 0 ? one_of(users) : std::string{}, "", ""});
          return;
        }
        desk_->progress(who, by->view(), item.id, version, one_of(steps));
        return;
      case 4:
      case 5: {
        const auto &end = one_of(ends);
        const auto *why = &one_of(reasons());
        while (!fits(*why, *state_from(end))) why = &one_of(reasons());
        desk_->close(who, by->view(), item.id, version, end, std::string(why->key), "");
        return;
      }
      case 6:
        desk_->reopen(who, by->view(), item.id, version, "again");
        return;
      case 7:
        desk_->erase(who, by->view(), item.id, version);
        return;
      default:
        desk_->reject(who, by->view(), item.id, version, "not mine");
    }
  }

  void settle_feedback() {
    using enum store::feedback_status;
    for (auto &message : open().lease_feedback("siebel_nissan", 3, now_ + day_us, minute_us, "sender")) {
      message.status = one_of(std::vector{acknowledged, rejected, failed, given_up});
      open().settle_feedback(message, "sender", now_);
    }
  }

  /// Deadlines of a type, opening hours of a place, or a right.
  void change_rules() {
    static const std::vector<std::string> types{"test_drive", "quote_request", "pre_order"},
        hours{"1-5 08:00-18:00", "1-6 07:00-19:00,7 10:00-12:00", "2-4 09:00-12:00"};
    switch (below(3)) {
      case 0:
        settings_->lead_type(admin_now(), {one_of(types), 0, 10 + below(200), 220 + below(500), 36});
        return;
      case 1: {
        auto place = *host_->data().locations.find(below(2) == 0 ? "wien" : "graz");
        place.hours = dms::reference::parse_hours(one_of(hours));
        host_->data().locations.change(place);
        host_->directory_changed();
        return;
      }
      default:
        grant("wien1", false, one_of(types), below(2) == 0 ? access::scope::inherit : access::scope::none);
    }
  }
  processing::actor admin_now() const { return {"admin", "Person admin", false, true, true, now_}; }

  /// Texts of feeds, also such as could be taken for something else in an address.
  const std::vector<std::string> models_{"", "Qashqai", "Ariya „e-4ORCE“", "none", "=Leaf"},
      campaigns_{"", "Frühling & Sommer", "none"};
  std::mt19937 random_{20200722};
  time_us now_ = noon;
  int imported_ = 0;
};

}  // namespace dealership
