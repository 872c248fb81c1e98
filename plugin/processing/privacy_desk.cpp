#include "processing/privacy_desk.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "dms/cpp/json.hpp"
#include "lead/fold.hpp"
#include "lead/message.hpp"
#include "lead/same_person.hpp"
#include "processing/host_effects.hpp"
#include "processing/mail_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr int most_of_a_person = 500, leads_a_run = 500, batch = 100;
constexpr time_us longest_wait_for_quarantine = 30 * day_us;

actor the_retention(time_us now) {
  actor who;
  who.may_erase = true;
  who.now = now;
  return who;
}

std::string iso(time_us at) {
  if (at == 0) return {};
  const std::chrono::sys_time<std::chrono::seconds> moment{std::chrono::seconds{at / second_us}};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{moment - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

json event_document(const lead_event &event) {
  auto data = event.data;
  data.erase("undo");  // what a step back needs for a minute says nothing of the person
  json made{{"at", iso(event.at)}, {"kind", event.kind}, {"by", event.actor_name}, {"data", std::move(data)}};
  if (!event.comment.empty()) made["comment"] = event.comment;
  return made;
}

json feedback_document(const store::feedback_message &message) {
  return {{"at", iso(message.created_at)},
          {"status_code", message.status_code},
          {"reason_code", message.reason_code},
          {"message", message.body},
          {"answered_at", iso(message.answered_at)}};
}

json lead_document(const person_lead &one) {
  const auto &item = one.item;
  json made{{"lead", item.id},
            {"source", item.content.source},
            {"type", item.content.type},
            {"state", key(item.state)},
            {"reason", item.reason},
            {"location", item.location},
            {"salesperson", item.assignee},
            {"customer", item.customer},
            {"came_at", iso(item.created_at)},
            {"ended_at", iso(item.ended_at)},
            {"content", dms::json_or_null(to_json(item.content))},
            {"contacts", one.contacts},
            {"events", json::array()},
            {"feedback", json::array()}};
  for (const auto &event : one.events) made["events"].push_back(event_document(event));
  for (const auto &message : one.feedback) made["feedback"].push_back(feedback_document(message));
  return made;
}

}  // namespace

time_us months_before(time_us at, int months) {
  const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds{at}};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  auto earlier = date - std::chrono::months{months};
  if (!earlier.ok()) earlier = earlier.year() / earlier.month() / std::chrono::last;
  return (std::chrono::sys_days{earlier} + (moment - day)).time_since_epoch().count();
}

privacy_desk::privacy_desk(parts with) : with_(std::move(with)) {}

privacy_desk::leads_by_name privacy_desk::find(const person_query &wanted) const {
  leads_by_name result;
  person_signs signs{fold_email(wanted.email), {}};
  if (!wanted.phone.empty()) signs.phones.push_back(phone_digits(wanted.phone));
  auto customer = wanted.customer;
  std::optional<lead> named;
  if (wanted.lead != 0) {
    named = with_.store.find(wanted.lead, access::system_visibility());
    if (!named || named->state == lead_state::erased) return result;
    auto its = signs_of(named->content.prospect);
    if (signs.email.empty()) signs.email = std::move(its.email);
    for (auto &digits : its.phones) signs.phones.push_back(std::move(digits));
    if (customer.empty()) customer = named->customer;
  }
  auto leads = with_.rows.leads_of(signs, customer, most_of_a_person);
  std::erase_if(leads, [](const lead &one) { return one.state == lead_state::erased; });
  // One who can only be written to has no key to find others by.
  const bool there =
      named && std::any_of(leads.begin(), leads.end(), [&](const auto &one) { return one.id == named->id; });
  if (named && !there) leads.insert(leads.begin(), *named);
  // A link to the customer, and a lead that somebody chose, are a person's word; without them the name says it.
  const auto said = [&](const lead &one) {
    return (!customer.empty() && one.customer == customer) ||
           std::find(wanted.also.begin(), wanted.also.end(), one.id) != wanted.also.end();
  };
  std::map<std::string, const lead_system::person *> names;
  for (const auto &one : leads) names.try_emplace(one.content.prospect.full_name(), &one.content.prospect);
  const bool one_name = std::all_of(names.begin(), names.end(), [&](const auto &one) {
    return std::all_of(names.begin(), names.end(),
                       [&](const auto &other) { return maybe_same_name(*one.second, *other.second); });
  });
  for (auto &one : leads) {
    const bool his = said(one) || (named ? maybe_same_name(named->content.prospect, one.content.prospect) : one_name);
    (his ? result.his : result.others).push_back(std::move(one));
  }
  return result;
}

std::vector<lead> privacy_desk::others(const person_query &wanted) const {
  return find(wanted).others;
}

std::vector<person_lead> privacy_desk::person(const person_query &wanted) const {
  std::vector<person_lead> result;
  auto leads = find(wanted).his;
  for (auto &item : leads) {
    person_lead one;
    one.events = with_.store.timeline(item.id);
    one.feedback = with_.store.feedback_of(item.id);
    if (with_.contacts != nullptr) {
      auto list = dms::json_or_null(dms::contacts(with_.contacts).list(reference_of(item.id)));
      if (list.is_array()) one.contacts = std::move(list);
    }
    one.item = std::move(item);
    result.push_back(std::move(one));
  }
  return result;
}

json privacy_desk::document_of(const std::vector<person_lead> &leads, time_us now, json messages) {
  json made{{"schema", "dms.person/1"}, {"made_at", iso(now)}, {"leads", json::array()}};
  for (const auto &one : leads) made["leads"].push_back(lead_document(one));
  made["messages"] = std::move(messages);
  return made;
}

outcome privacy_desk::erase(const actor &who, const dms::call &call, const std::vector<std::int64_t> &leads,
                            const std::vector<std::int64_t> &messages) {
  if (!who.may_erase) return forbidden({"You may not anonymise leads. Ask your administrator for the right.", {}});
  if (leads.empty() && messages.empty()) return refused({"There is nothing to anonymise.", {}});
  for (const auto id : leads) {
    const auto seen = with_.store.find(id, access::system_visibility());
    if (!seen) return not_found();
    if (seen->state == lead_state::erased) continue;
    auto done = with_.desk.forget(who, call, id, seen->version, "request");
    if (done.result != verdict::done) return done;
  }
  const auto told = message_json({"The person in this message was anonymised.", {}});
  const auto gone = messages.empty() ? 0 : with_.rows.forget_held(messages, who.user, told, who.now);
  if (leads.empty() && gone == 0) return not_found();
  outcome done;
  done.text = {"Anonymised: {1}. The archive follows within the hour; the protocol says when.",
               {std::to_string(leads.size() + static_cast<std::size_t>(gone))}};
  return done;
}

time_us privacy_desk::retention_end(const std::string &type, time_us now) const {
  auto months = with_.types.find_type(type)->retention_months;
  for (const auto &set : with_.store.lead_type_settings()) {
    if (set.type == type && set.retention_months > 0) months = set.retention_months;
  }
  return months > 0 ? months_before(now, months) : 0;
}

int privacy_desk::run_retention(const dms::call &call) {
  const auto now = call.now_us();
  const auto who = the_retention(now);
  int count = 0;
  auto longest = now;
  for (const auto &type : with_.types.types()) {
    const auto end = retention_end(type.key, now);
    longest = std::min(longest, end);
    if (end == 0) continue;
    for (bool more = true; more && count < leads_a_run && !call.cancelled();) {
      const auto due = with_.rows.ended_before(type.key, end, batch);
      more = due.size() == batch;
      int done = 0;
      for (const auto &one : due) {
        // Somebody who works on it just now has opened it again, perhaps: it is looked at in the next run.
        if (with_.desk.forget(who, call, one.id, one.version, "retention").result == verdict::done) ++done;
      }
      count += done;
      more = more && done > 0;
    }
  }
  // Messages of which no lead was ever made, or none is left.
  if (longest > 0 && longest < now) with_.rows.forget_payloads(longest);
  return count;
}

int privacy_desk::settle(const dms::call &call) const {
  const auto now = call.now_us();
  int left = 0;
  bool fresh = false;
  std::vector<std::int64_t> ready;
  std::set<std::int64_t> leads;
  std::set<store::archived_message> messages;
  const auto unsettled = with_.rows.unsettled(leads_a_run);
  if (unsettled.empty()) return 0;
  // No e-mail about them is on its way to the host just when that is told to forget.
  auto held = with_.store.hold(mail_queue_hold);
  if (!held) return static_cast<int>(unsettled.size());
  for (const auto &one : unsettled) {
    if (call.cancelled()) break;
    const bool done = with_.rows.settle(one, now, one.at + longest_wait_for_quarantine, messages);
    if (done) ready.push_back(one.id);
    if (!done) ++left;
    // Whatever still waits: what the host was told is needed by nobody, nor what the journals hold.
    const bool tell = done || now - one.at < hour_us;
    fresh = fresh || tell;
    if (tell && one.lead_id != 0) leads.insert(one.lead_id);
  }
  if (!leads.empty() || !messages.empty()) tell_host(call, leads, messages);
  held.reset();
  if (fresh && !with_.rows.scrub()) return left + static_cast<int>(ready.size());
  // The line last: until it says so, somebody comes back for it.
  for (const auto id : ready) with_.rows.mark_settled(id, now);
  return left;
}

void privacy_desk::tell_host(const dms::call &call, const std::set<std::int64_t> &leads,
                             const std::set<store::archived_message> &messages) const {
  if (with_.host == nullptr) return;
  json what{{"references", json::array()}, {"payloads", json::array()}};
  for (const auto id : leads) what["references"].push_back(reference_of(id));
  for (const auto &one : messages) {
    what["payloads"].push_back({{"source", one.source}, {"sha256", one.digest}, {"bytes", one.bytes}});
  }
  dms::erasure(with_.host).forget(call, dms::to_text(what));
}

}  // namespace lead_system::processing
