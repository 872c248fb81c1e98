// lead_desk.cpp - the frame of every change, and the questions that are asked beside it.
#include "processing/lead_desk.hpp"

#include <algorithm>

#include "processing/coverage_check.hpp"
#include "processing/customer_rule.hpp"
#include "processing/host_effects.hpp"
#include "processing/matching.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

lead_desk::lead_desk(parts with) : with_(std::move(with)) {}

access::visibility lead_desk::visibility_of(const std::string &user, time_us now) const {
  return visibility_of(user, presence_at(now));
}

access::visibility lead_desk::visibility_of(const std::string &user, const access::presence &here) const {
  return access::visible_to(user, with_.store.grants_of(user), with_.types, here.represented_by(user));
}

access::presence lead_desk::presence_at(time_us now) const {
  return presence_now(with_.store, *with_.organisation.now(), now);
}

outcome lead_desk::told(std::int64_t id, std::int64_t version) const {
  outcome result;
  result.result = verdict::conflict;
  result.text = {"Somebody else has changed the lead meanwhile.", {}};
  result.changes = with_.store.events_since(id, version);
  return result;
}

namespace {

/// What may take a lead out of somebody's sight. Such a change is decided on with the rights as they are.
bool may_hide(std::string_view kind) {
  return kind == "assigned" || kind == "rejected" || kind == "reopened" || kind == "restored" || kind == "undone" ||
         kind == "test_drive_agreed";
}

outcome may_not_process() {
  return forbidden({"You may look at leads, but not work on them. Ask your administrator for the right.", {}});
}

}  // namespace

outcome lead_desk::check(const actor &who, std::int64_t id, std::int64_t version, lead &found) const {
  auto item = with_.store.find(id, visibility_of(who.user, who.now));
  if (!item) return not_found();
  if (!who.may_process) return may_not_process();
  if (item->version != version) return told(id, version);
  found = std::move(*item);
  return {};
}

lead_desk::changed lead_desk::change(const dms::call &call, const access::visibility &seen, const actor &who,
                                     std::int64_t id, std::optional<std::int64_t> version, bool right,
                                     std::string_view kind, const decision &decide, const lead_event *further) const {
  changed made;
  bool wanted = false;  // by the host
  with_.store.write([&](store::transaction &inside) {
    made = {};
    if (may_hide(kind)) inside.lock_grants();
    auto item = inside.find_lead(id);
    if (!item || !access::sees(seen, *item)) {
      made.result = not_found();
      return;
    }
    if (!right) {
      made.result = may_not_process();
      return;
    }
    const auto before = *item;
    lead_event event{0, id, who.now, std::string(kind), who.user, who.name, {}, {}};
    if (version && item->version != *version) {
      made.result.result = verdict::conflict;
      return;
    }
    made.result = decide(inside, *item, event);
    if (made.result.result != verdict::done) return;
    if (may_hide(kind) && !stays_seen(inside, with_.organisation, with_.types, who.now, before, *item)) {
      made.result = refused({"Nobody else would see this lead. Have it assigned to somebody else instead.", {}});
      return;
    }
    // What is taken back has the times of before as well.
    if (!write_change(inside, before, *item, who.now, kind == "undone" ? timing::decided : timing::follows)) {
      made.result.result = verdict::conflict;
      return;
    }
    if (kind == "test_drive_agreed" && item->assignee != before.assignee) {
      tell_taken_over(inside, before, *item, who);
    }
    keep_for_undo(who, before, event);
    wanted = add_change(inside, event);
    if (further != nullptr && !further->kind.empty()) wanted = add_change(inside, *further) || wanted;
    const bool hears =
        item->state != before.state && item->state != lead_state::erased && !event.data.contains("withdrawn");
    if (hears && with_.feedback) {
      made.result.reported = with_.feedback(inside, *item, item->state, who.user, event.comment, who.now);
    }
    // It waits as long as the step may be taken back.
    if (who.undo_us > 0) inside.hold_feedback(id, who.now, who.now + who.undo_us);
    made.result.version = item->version;
    made.item = std::move(*item);
  });
  if (made.result.result == verdict::conflict) made.result = told(id, version.value_or(0));
  if (made.result.result == verdict::done && wanted) host_effects(with_, call).tell(id);
  return made;
}

/// Writes the lead with all that follows from what was decided; false: somebody else was faster.
bool lead_desk::write_change(store::transaction &inside, const lead &before, lead &item, time_us now,
                             timing next) const {
  item.updated_at = now;
  item.reached |= stages_of(item.state, item.contact);
  if (!is_open(item.state)) plan_nothing(item);
  if (next == timing::follows) {
    time_next_step(item, next_step_of(before),
                   store::minutes_of(with_.types, inside.lead_type_settings(), item.content.type),
                   with_.organisation.now()->calendar_of(item.location), now);
  }
  const bool written = item.content == before.content
                           ? inside.update_lead(item)
                           : inside.update_lead_content(item, inside.content_digest(item.id));
  if (written) ++item.version;
  return written;
}

/// Whether the host is to hear of it.
bool lead_desk::add_change(store::transaction &inside, const lead_event &event) const {
  inside.add_event(event);
  if (!host_effects::wants(event)) return false;
  inside.queue_host_effect(event.lead_id);
  return true;
}

/// What a lead's new salesperson comes by beside something else is said and told as by assign.
void lead_desk::tell_taken_over(store::transaction &inside, const lead &before, lead item, const actor &who) const {
  lead_event event{0,        item.id,  who.now, "assigned",
                   who.user, who.name, {},      {{"user", item.assignee}, {"for", "test_drive"}}};
  if (!before.assignee.empty()) event.data["from"] = before.assignee;
  inside.add_event(event);
  inside.queue_host_effect(item.id);
  if (before.state != lead_state::received || !with_.feedback) return;
  item.state = lead_state::assigned;
  with_.feedback(inside, item, item.state, who.user, {}, who.now);
}

int lead_desk::tell_host(const dms::call &call) const {
  return host_effects(with_, call).tell_due();
}

void lead_desk::set_deadlines(lead &item, time_us now) const {
  if (with_.types.find_type(item.content.type) == nullptr) return;
  const auto minutes = store::minutes_of(with_.types, with_.store.lead_type_settings(), item.content.type);
  time_first_contact(item, now, minutes, with_.organisation.now()->calendar_of(item.location));
}

std::vector<customer_match> lead_desk::planned(const lead &item, const std::string &query, bool ranked) const {
  const auto found = read_customers(with_.customers.find(query));
  auto result = ranked ? rank(item.content, found) : rank_all(item.content, found);
  if (!with_.customer_changes) return result;
  for (auto &match : result) {
    const auto customer = std::find_if(found.begin(), found.end(), [&](const auto &one) { return one.id == match.id; });
    match.plan = plan_of(item.content.prospect, *customer);
  }
  return result;
}

std::vector<customer_match> lead_desk::matches(const lead &item) const {
  return planned(item, customer_query(item), true);
}

std::vector<customer_match> lead_desk::search(const lead &item, const std::string &text) const {
  if (text.empty()) return {};
  return planned(item, customer_search(text), false);
}

std::optional<lead_desk::rule_match> lead_desk::match_by_rule(const lead_content &content,
                                                              const std::vector<std::string> &rules) const {
  for (const auto &rule : rules) {
    const auto question = customer_question(content, rule);
    if (question.empty()) continue;
    const auto found = customer_by_rule(content, rule, read_customers(with_.customers.find(question)));
    if (!found) continue;
    const auto takers = assignable({});
    const bool takes = std::any_of(takers.begin(), takers.end(),
                                   [&](const access::user &one) { return one.id == found->salesperson; });
    return rule_match{found->id, takes ? found->salesperson : std::string{}, rule};
  }
  return std::nullopt;
}

std::string lead_desk::salesperson_of_customer(const std::string &customer) const {
  const auto document = with_.customers.get(customer);
  if (!document) return {};
  const auto read = read_customers(*document);
  return read.empty() ? std::string{} : read.front().salesperson;
}

std::vector<access::user> lead_desk::assignable(const lead &item) const {
  std::vector<access::user> result;
  for (const auto &one : with_.organisation.now()->users) {
    if (one.takes_leads()) result.push_back(one);
  }
  const auto here = [&](const access::user &one) {
    return std::find(one.locations.begin(), one.locations.end(), item.location) != one.locations.end();
  };
  std::stable_partition(result.begin(), result.end(), here);
  return result;
}

}  // namespace lead_system::processing
