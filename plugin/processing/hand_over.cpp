// hand_over.cpp - all leads of somebody who goes, or of a place that closes, to whoever takes over.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "processing/host_effects.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr int leads_a_page = 200;

}  // namespace

std::map<std::string, std::int64_t> lead_desk::open_by(const std::string &kind) const {
  std::map<std::string, std::int64_t> result;
  for (const auto &group : with_.store.open_groups()) {
    const auto &whose = kind == "user" ? group.assignee : group.location;
    if (!whose.empty()) result[whose] += group.count;
  }
  return result;
}

lead_desk::handed_over lead_desk::hand_over(const actor &who, const dms::call &call, const std::string &kind,
                                            const std::string &from, const std::string &to) {
  handed_over came;
  const bool his_own = kind == "user" && from == who.user && who.may_process;
  if (!who.may_assign && !his_own) {
    came.result = forbidden({"You may not assign leads. Ask somebody who may.", {}});
    return came;
  }
  const auto takers = assignable({});
  if (from.empty() || (kind == "user" && from == to) ||
      std::none_of(takers.begin(), takers.end(), [&](const auto &one) { return one.id == to; })) {
    came.result = invalid("user", {"Choose an active salesperson.", {}});
    return came;
  }
  const auto everything = access::system_visibility();
  lead last;
  for (std::vector<lead> page;; last = std::move(page.back())) {
    page = with_.store.open_leads_after(last.created_at, last.id, leads_a_page);
    if (page.empty()) break;
    for (const auto &item : page) {
      if ((kind == "user" ? item.assignee : item.location) != from || item.assignee == to) continue;
      if (call.cancelled()) {
        ++came.left;
        continue;
      }
      const auto decide = [&](store::transaction &, lead &now, lead_event &event) -> outcome {
        // Somebody else was faster with this one.
        if ((kind == "user" ? now.assignee : now.location) != from || !is_open(now.state)) return refused({});
        auto given = give_to(now, event, to);
        event.data["handover"] = "yes";
        return given;
      };
      const auto made = change(call, everything, who, item.id, any_version, true, "assigned", decide).result;
      if (made.result == verdict::done) ++came.done;
      if (made.result == verdict::conflict || made.result == verdict::forbidden) ++came.left;
    }
  }
  if (came.done > 0) tell_taker(who, kind, from, to, came.done);
  return came;
}

/// One word for all of them: each lead by itself would fill the bell.
void lead_desk::tell_taker(const actor &who, const std::string &kind, const std::string &from, const std::string &to,
                           std::int64_t count) const {
  if (with_.notifications == nullptr || to == who.user) return;
  const auto people = with_.organisation.now();
  const auto whose = kind == "user" ? people->user_name(from) : people->location_name(from);
  const message text{"Open leads of {1} are yours now: {2}.", {whose, std::to_string(count)}};
  try {
    dms::notifications(with_.notifications)
        .notify("leads:handover:" + from + ":" + to + ":" + std::to_string(who.now),
                dms::to_text({{"users", {to}},
                              {"tone", "info"},
                              {"text", with_.words ? with_.words(text) : in_english(text)},
                              {"texts", {{"en", in_english(text)}}},
                              {"link", {{"screen", "leads.overview"}, {"params", {{"tab", "mine"}}}}}}));
  } catch (const dms::failure &reason) {
    with_.log.warning(to + " was not told of the leads that were handed over: " + reason.what());
  }
}

}  // namespace lead_system::processing
