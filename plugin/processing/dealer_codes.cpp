// dealer_codes.cpp - which location a dealer code means, and what that does to the leads that wait for it.
#include <algorithm>

#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"
#include "processing/settings_desk.hpp"

namespace lead_system::processing {

namespace {

/// Takes back what a transaction has written, when only the result shows that it must not be.
struct refusal : std::exception {};

outcome check_code(const store::dealer_code &wanted, const access::organisation &people) {
  if (wanted.source.empty()) return invalid("source", {"Choose a source.", {}});
  if (wanted.code.empty()) return invalid("code", {"Give the dealer code.", {}});
  if (wanted.location.empty()) return {};
  const auto *location = people.find_location(wanted.location);
  if (location == nullptr) return invalid("location", {"This location does not exist.", {}});
  if (!location->open) return invalid("location", {"This location is closed. Choose an open one.", {}});
  return {};
}

/// As they would be had the lead come with its location.
void set_deadlines(lead &item, const catalog &types, const std::vector<store::lead_type_setting> &settings,
                   const access::organisation &people) {
  const auto *type = types.find_type(item.content.type);
  if (type == nullptr || item.first_contact_at != 0) return;
  const auto minutes = store::minutes_of(types, settings, item.content.type);
  time_first_contact(item, item.created_at, minutes, people.calendar_of(item.location));
}

}  // namespace

outcome settings_desk::dealer_code(const actor &who, const store::dealer_code &wanted, const seen_before &seen) {
  const auto people = organisation_.now();
  if (auto failed = check_code(wanted, *people); failed.result != verdict::done) return failed;

  /// Not the location that the admin saw, or, where he saw none, another than he wants.
  const auto doubted = [&](store::transaction &inside) -> outcome {
    std::string is;
    for (const auto &one : inside.dealer_codes()) {
      if (one.source == wanted.source && one.code == wanted.code) is = one.location;
    }
    const bool as_seen = seen ? *seen == is : is.empty() || wanted.location.empty();
    if (as_seen || is == wanted.location) return {};
    if (!seen || seen->empty()) {
      return invalid("code", {"The dealer code {1} is mapped to {2} already. Change it in the list of codes.",
                              {wanted.code, people->location_name(is)}});
    }
    outcome result;
    result.result = verdict::conflict;
    result.text = {
        "The dealer code {1} has been changed meanwhile, by {2}.",
        {wanted.code, people->user_name(inside.last_changed_by("dealer_code", wanted.source + " / " + wanted.code))}};
    return result;
  };
  const auto place = [&](store::transaction &inside, std::int64_t id,
                         const std::vector<store::lead_type_setting> &settings) {
    auto item = inside.find_lead(id);
    if (!item) return;
    item->location = wanted.location;
    item->updated_at = who.now;
    set_deadlines(*item, types_, settings, *people);
    if (!inside.update_lead(*item)) throw store::store_unavailable("A lead was changed by somebody else meanwhile.");
    inside.add_event(
        {0, id, who.now, "located", {}, {}, {}, {{"location", wanted.location}, {"dealer_code", wanted.code}}});
  };
  outcome result;
  try {
    store_.write([&](store::transaction &inside) {
      const auto before = situation_in(inside, organisation_, who.now);
      result = doubted(inside);
      if (result.result != verdict::done) return;
      inside.set_dealer_code(wanted, who.user, who.now);
      if (!wanted.location.empty()) {
        const auto settings = inside.lead_type_settings();
        for (const auto id : inside.unplaced_leads(wanted.source, wanted.code)) place(inside, id, settings);
      }
      auto after = before;
      after.leads = inside.open_groups();
      result.gaps = access::new_gaps(before, after, types_);
      if (result.gaps.empty()) return;
      result.result = verdict::refused;
      throw refusal{};
    });
  } catch (const refusal &) {
    return result;
  }
  if (result.result == verdict::done) tell_admins(who.now);
  return result;
}

}  // namespace lead_system::processing
