// sales.cpp - a deal of the host becomes the sale of a lead, and is taken back where it falls through; on lead_desk's
// one frame.
#include <algorithm>

#include "lead/texts.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

/// What the sale ended: how the lead had ended before, for a deal that falls through.
constexpr const char *former_reason = "former_reason", *former_end = "former_end";

const lead_event *event_of(const std::vector<lead_event> &newest_first, const deal &sold) {
  const auto found = std::find_if(newest_first.begin(), newest_first.end(), [&](const lead_event &event) {
    return event.kind == "sold" && text_in(event.data, "deal") == sold.id;
  });
  return found == newest_first.end() ? nullptr : &*found;
}

/// The state in which the lead had ended before it was sold; nothing where it was open.
std::optional<lead_state> former_state(const lead_event *sold) {
  const auto was = sold == nullptr ? std::nullopt : state_from(text_in(sold->data, "from"));
  if (!was || is_open(*was) || *was == lead_state::won) return std::nullopt;
  return was;
}

void end_as_before(lead &item, lead_state state, const lead_event &sold) {
  item.state = state;
  item.reached.remove(stage::sold);
  item.reason = text_in(sold.data, former_reason);
  item.ended_at = number_in(sold.data, former_end);
}

/// A change that is not somebody's own is made whatever happens to the lead at the same moment.
constexpr int most_tries = 5;

}  // namespace

outcome lead_desk::sell(const actor &who, const dms::call &call, std::int64_t id, std::optional<std::int64_t> version,
                        const deal &sold, const std::string &how) {
  const auto day = noon_of(sold.sold_on);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    if (item.state != lead_state::won && !allowed(step::sell, item.state, lead_state::won)) {
      return not_in_this_state(item);
    }
    if (!inside.tie_deal(sold.id, id, how, who.user, who.now)) {
      return refused({"The sale {1} or this lead has found another already. Look at the page again.", {sold.id}});
    }
    event.data = {{"from", std::string(key(item.state))},
                  {"to", std::string(key(lead_state::won))},
                  {"reason", "sale"},
                  {"deal", sold.id},
                  {"sold_on", sold.sold_on},
                  {"rule", how}};
    if (auto vehicle = vehicle_of(sold); !vehicle.empty()) event.data["vehicle"] = std::move(vehicle);
    if (is_terminal(item.state)) {
      event.data[former_reason] = item.reason;
      event.data[former_end] = std::to_string(item.ended_at);
    }
    item.state = lead_state::won;
    item.reason = "sale";
    item.ended_at = std::max(item.created_at, std::min(day, who.now));
    if (item.first_contact_at == 0) item.first_contact_at = item.ended_at;
    return {};
  };
  changed made;
  for (int attempt = 0; attempt < (version ? 1 : most_tries); ++attempt) {
    made = change(call, seen_by(who.user, who.now), who, id, version, who.may_process, "sold", decide);
    if (made.result.result != verdict::conflict) break;
  }
  return made.result;
}

outcome lead_desk::fall_through(const actor &who, const dms::call &call, std::int64_t id, const deal &sold) {
  // Read before the transaction: it must not wait for a second session.
  auto fresh = with_.store.find(id, access::system_visibility()).value_or(lead{});
  set_deadlines(fresh, who.now);
  const auto timeline = with_.store.timeline(id);
  const auto *sale = event_of(timeline, sold);
  const auto former = former_state(sale);
  const auto decide = [&](store::transaction &inside, lead &item, lead_event &event) -> outcome {
    const auto before = item.state;
    if (before != lead_state::won) return not_in_this_state(item);
    if (former) {
      end_as_before(item, *former, *sale);
    } else {
      open_again(item, fresh, who.now);
    }
    if (!allowed(step::fall_through, before, item.state)) {
      item.state = before;
      return not_in_this_state(item);
    }
    if (inside.untie_deal(id, false, who.user, who.now) != sold.id) {
      return refused({"The sale {1} or this lead has found another already. Look at the page again.", {sold.id}});
    }
    event.data = {{"from", std::string(key(before))}, {"to", std::string(key(item.state))}, {"deal", sold.id}};
    if (!item.reason.empty()) event.data["reason"] = item.reason;
    if (!item.assignee.empty()) event.data["user"] = item.assignee;
    return {};
  };
  changed made;
  for (int attempt = 0; attempt < most_tries; ++attempt) {
    made = change(call, access::system_visibility(), who, id, any_version, true, "sale_cancelled", decide);
    if (made.result.result != verdict::conflict) break;
  }
  return made.result;
}

}  // namespace lead_system::processing
