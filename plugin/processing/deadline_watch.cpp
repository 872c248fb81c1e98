#include "processing/deadline_watch.hpp"

#include <algorithm>
#include <chrono>

#include "lead/texts.hpp"
#include "processing/coverage_check.hpp"
#include "processing/deadline_words.hpp"

namespace lead_system::processing {

namespace {

/// Few: a manager who assigns a lead at this moment waits for the write lock.
constexpr int leads_at_once = 25;
constexpr int batches_at_once = 100;
/// Longer than one e-mail takes; a host that was killed holds the others up no longer.
/// Well below the lease, with the half minute that one e-mail may take.
constexpr std::chrono::seconds longest_delivery{90};
constexpr time_us first_pause = minute_us, longest_pause = hour_us;
/// A reminder that comes a day late helps nobody.
constexpr int most_attempts = 30;

/// Still waits for what was told: a new step begins with nothing told.
bool still_waits(const std::optional<lead> &item) {
  return item && is_open(item->state) && item->notified > 0;
}

}  // namespace

/// Who is told of what, by the grants and the people who are here at one moment.
struct deadline_watch::rights {
  const catalog &types;
  std::shared_ptr<const access::organisation> people;
  access::presence here;
  std::vector<std::pair<std::string, access::visibility>> active;

  rights(const parts &with, time_us now)
      : types(with.types), people(with.organisation.now()), here(presence_now(with.store, *people, now)) {
    const auto grants = with.store.grants();
    for (const auto &user : here.here()) active.emplace_back(user, access::visible_to(user, grants, types));
  }

  std::vector<std::string> reminded(const lead &item) const {
    // Whoever is away gets his notices through whoever works for him.
    if (auto who = here.acting_for(item.assignee); !who.empty()) return {std::move(who)};
    return or_admins(granted(item));
  }
  std::vector<std::string> escalated(const lead &item) const {
    std::vector<std::string> result;
    for (const auto &[user, seen] : active) {
      if (access::sees_all_of(seen, item.content.type)) result.push_back(user);
    }
    return result.empty() ? or_admins(granted(item)) : result;
  }

 private:
  std::vector<std::string> granted(const lead &item) const {
    std::vector<std::string> result;
    for (const auto &[user, seen] : active) {
      if (access::sees(seen, item)) result.push_back(user);
    }
    return result;
  }
  /// Nobody may be overlooked with a lead that nobody sees.
  std::vector<std::string> or_admins(std::vector<std::string> found) const {
    if (!found.empty()) return found;
    for (const auto &user : people->users) {
      if (user.active && user.has_role("admin")) found.push_back(user.id);
    }
    return found;
  }
};

int deadline_watch::run(const dms::call &job) const {
  const int fired = fire(job, rights(with_, job.now_us()));
  // One host at a time: an e-mail has no key under which a second copy would be dropped.
  if (const auto held = with_.store.hold("notices")) deliver(job);
  return fired;
}

int deadline_watch::fire(const dms::call &job, const rights &who) const {
  int fired = 0;
  while (!job.cancelled()) {
    const auto due = with_.store.leads_to_notify(job.now_us(), leads_at_once);
    int here = 0;
    with_.store.write([&](store::transaction &inside) {
      here = 0;
      for (const auto id : due) here += fire_one(inside, id, job.now_us(), who) ? 1 : 0;
    });
    fired += here;
    // Nothing done: another host is at it.
    if (here == 0 || static_cast<int>(due.size()) < leads_at_once) break;
  }
  return fired;
}

bool deadline_watch::fire_one(store::transaction &inside, std::int64_t id, time_us now, const rights &who) const {
  auto item = inside.find_lead(id);
  if (!item || item->notified >= 2) return false;
  const auto [reminder_at, escalation_at] = notices_of(*item);
  if (escalation_at == 0) {
    // Left behind by a plugin that did not know of notices.
    item->notified = 2;
    inside.mark_notified(*item);
    return false;
  }
  // After a pause both may have passed: then only the escalation is worth a word.
  const bool escalates = escalation_at <= now;
  if (!escalates && (item->notified != 0 || reminder_at == 0 || reminder_at > now)) return false;
  item->notified = escalates ? 2 : 1;
  if (!inside.mark_notified(*item)) return false;
  const auto users = escalates ? who.escalated(*item) : who.reminded(*item);
  lead_event event;
  event.lead_id = id;
  event.at = now;
  event.kind = escalates ? "escalation" : "reminder";
  event.data = {{"users", with_commas(users)}};
  const auto step = next_step_of(*item);
  if (awaits_first_contact(*item)) {
    const auto waited = working_minutes_between(item->created_at, escalates ? escalation_at : reminder_at,
                                                who.people->calendar_of(item->location));
    if (waited > 0) event.data["minutes"] = std::to_string(waited);
  } else if (step.due != 0) {
    event.data["due"] = std::to_string(step.due);
    event.data["kind"] = step.what == next_step::kind::test_drive ? "test_drive" : item->next_kind;
  } else {
    event.data["missing"] = "yes";
  }
  if (!escalates) event.data["escalation"] = std::to_string(escalation_at);
  inside.add_event(event);
  for (const auto &user : users) {
    inside.queue_notice(id, user, "bell");
    inside.queue_notice(id, user, "mail");
  }
  return true;
}

void deadline_watch::deliver(const dms::call &job) const {
  const auto until = std::chrono::steady_clock::now() + longest_delivery;
  for (auto &batch : with_.store.take_notices(job.now_us(), batches_at_once)) {
    if (job.cancelled() || std::chrono::steady_clock::now() > until) return;
    bool done = false;
    try {
      done = deliver_one(job, batch);
    } catch (const dms::failure &reason) {
      with_.log.warning(batch.user + ": a reminder was not given to the host: " + reason.what());
    }
    if (done || ++batch.attempts >= most_attempts) {
      with_.store.drop_notices(batch);
      continue;
    }
    batch.next_attempt_at =
        job.now_us() + std::min(longest_pause, first_pause * (time_us{1} << std::min(batch.attempts - 1, 10)));
    with_.store.put_off_notices(batch);
  }
}

bool deadline_watch::deliver_one(const dms::call &job, const store::notice_batch &batch) const {
  std::vector<late_lead> leads;
  for (const auto &event : batch.events) {
    const auto item = with_.store.find(event.lead_id, access::system_visibility());
    if (still_waits(item)) leads.push_back({*item, event.kind == "escalation"});
  }
  const auto people = with_.organisation.now();
  const auto *person = people->find_user(batch.user);
  if (leads.empty() || person == nullptr || !person->active) return true;
  const deadline_words say(with_.words, with_.types, *people);
  if (batch.channel == "bell") {
    if (with_.notifications == nullptr) return true;
    for (const auto &one : say.bells(leads, batch)) {
      dms::notifications(with_.notifications).notify(one.key, one.document);
    }
    return true;
  }
  const auto server = with_.mail_server ? with_.mail_server() : notice::mail_server{};
  if (!server.usable() || person->email.empty()) return true;
  auto letter = say.letter(leads, with_.web_address ? with_.web_address() : std::string{});
  letter.to = person->email;
  letter.id = "leads-notice-" + std::to_string(batch.id) + server.from.substr(server.from.find('@'));
  letter.at = job.now_us();
  const auto came = notice::send(server, letter, [&] { return job.cancelled(); });
  if (!came.sent) with_.log.warning(batch.user + ": a reminder was not sent: " + with_.words(came.problem));
  return came.sent;
}

}  // namespace lead_system::processing
