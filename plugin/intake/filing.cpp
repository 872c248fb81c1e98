#include "intake/filing.hpp"

#include <sodium.h>

#include <algorithm>

#include "lead/corrections.hpp"
#include "lead/fold.hpp"
#include "lead/same_person.hpp"
#include "lead/texts.hpp"

namespace lead_system::intake {
namespace {

/// Leads whose look-ups go to the database as one question.
constexpr std::size_t asked_together = 1000;

std::string setting(const dms_settings *settings, const std::string &key) {
  if (settings == nullptr) return {};
  return dms::written_if_found([&](const dms_sink *sink, dms_error *error) {
           return settings->get(settings->context, dms::str(key), sink, error);
         })
      .value_or(std::string{});
}

/// Extras without what says only how the lead came.
std::map<std::string, std::string> sent_extras(const lead_content &content) {
  auto result = content.extras;
  std::erase_if(result, [](const auto &extra) { return is_wrapping(extra.first); });
  return result;
}

/// The parts of a content that differ, for the timeline.
std::string changed_parts(const lead_content &was, const lead_content &is) {
  std::string result;
  const auto note = [&](bool same, const char *name) {
    if (!same) result += (result.empty() ? "" : ", ") + std::string(name);
  };
  note(was.type == is.type, "type");
  note(was.dealer_code == is.dealer_code, "dealer_code");
  note(was.appointment_at == is.appointment_at, "appointment");
  note(was.prospect == is.prospect, "prospect");
  note(was.wanted == is.wanted && was.trade_in == is.trade_in, "vehicle");
  note(was.finance == is.finance, "finance");
  note(was.message == is.message, "message");
  note(was.consents == is.consents, "consents");
  note(was.campaign == is.campaign && was.referrer == is.referrer && was.preferred_channel == is.preferred_channel &&
           was.preferred_time == is.preferred_time && sent_extras(was) == sent_extras(is),
       "extras");
  return result;
}

/// Whoever passes a lead on is not its sender.
void keep_wrapping(const lead_content &known, lead_content &sent) {
  std::erase_if(sent.extras, [](const auto &extra) { return is_wrapping(extra.first); });
  for (const auto &[name, value] : known.extras) {
    if (is_wrapping(name)) sent.extras[name] = value;
  }
}

/// Mail programs break the lines of what they pass on.
bool same_but_blanks(std::string one, std::string other) {
  const auto is_blank = [](char letter) { return letter == ' ' || letter == '\n'; };
  std::erase_if(one, is_blank);
  std::erase_if(other, is_blank);
  return one == other;
}

/// Whether `is`, passed on by somebody, says what `was` says.
bool says_the_same(const lead_content &was, const read_lead &is) {
  if (is.came == read_lead::way::direct || !same_but_blanks(was.message, is.content.message)) {
    return changed_parts(was, is.content).empty();
  }
  auto sent = is.content;
  sent.message = was.message;
  return changed_parts(was, sent).empty();
}

imported_item as(const collected_lead &item, const char *outcome, message reason = {}, std::int64_t id = 0) {
  return {item.read.content.external_id, outcome, id, std::move(reason)};
}

}  // namespace

collected_lead collected(const importer::parts &with, const definition &source, read_lead &&one) {
  collected_lead item{std::move(one), {}, {}};
  const auto &content = item.read.content;
  item.digest = content_digest(content);
  const auto rules = source.match.find(content.type);
  const bool usable = item.read.problem.empty() && !item.read.is_test;
  if (usable && with.tie && rules != source.match.end()) item.tie = with.tie(content, rules->second);
  return item;
}

filing::filing(const importer::parts &with, const definition &source, time_us now, time_us arrived)
    : with_(with), source_(source), now_(now), arrived_(arrived == 0 ? now : arrived) {
  expected_secret_ = setting(with_.settings, source_.id + ".google_key");
}

void filing::restart(store::transaction &in) {
  // Read inside: a code that is mapped meanwhile must find these leads, or they it.
  organisation_ = with_.organisation.now();
  locations_.clear();
  for (const auto &code : in.dealer_codes()) {
    // The same place has the same code in an old list, whichever source it is set for.
    if (code.source == source_.id || source_.old_list) locations_[code.code] = code.location;
  }
  for (const auto &place : organisation_->locations) {
    if (!source_.knows_the_house() || !place.open) continue;
    locations_.try_emplace(place.name, place.id);
    locations_.try_emplace(place.id, place.id);
  }
  settings_ = in.lead_type_settings();
  deadlines_.clear();
  unknown_codes_.clear();
  shared_ids_.clear();
  updates_ = 0;
}

message filing::refusal(const read_lead &item) const {
  if (!expected_secret_.empty()) {
    const bool same = item.secret.size() == expected_secret_.size() &&
                      sodium_memcmp(item.secret.data(), expected_secret_.data(), expected_secret_.size()) == 0;
    if (!same) return {"The key of the web form is wrong. Set the same key there and here.", {}};
  }
  if (item.is_test) return {};
  if (!item.problem.empty()) return item.problem;
  const auto *type = with_.types.find_type(item.content.type);
  if (type == nullptr || type->retired) {
    return {"The lead type \"{1}\" is not known. Correct it, or add it to the source's definition.",
            {item.content.type}};
  }
  return {};
}

imported_item filing::file(store::transaction &in, const collected_lead &item, const store::import_run &run) {
  if (auto why = refusal(item.read); !why.empty()) return as(item, "quarantined", std::move(why));
  if (item.read.is_test) {
    return as(item, "repeated", {"This is a test lead: it was answered and not kept.", {}});
  }
  const auto &content = item.read.content;
  if (source_.old_list && item.read.state && is_terminal(*item.read.state)) {
    return as(item, "legacy", {"The lead is closed in the old list and stays there.", {}});
  }
  const auto known = in.look_up({content, item.digest}, since());
  if (known.same_content && !known.several) return as(item, "repeated", {}, known.id);
  if (known.id != 0) return known_id(in, item, run, known);
  if (is_passed_on_again(in, item, known.follow_up)) return as(item, "repeated", {}, known.follow_up);
  if (!is_here(content)) return as(item, "legacy");
  return accepted(in, item, run, known.follow_up);
}

/// The lead of that external id and this person, if there is one: senders use one id for several persons.
imported_item filing::known_id(store::transaction &in, const collected_lead &item, const store::import_run &run,
                               const store::transaction::known_lead &known) {
  const auto &content = item.read.content;
  auto same_id = in.leads_with_id(content.source, content.external_id);
  const auto his = std::find_if(same_id.begin(), same_id.end(), [&](const lead &one) {
    if (!another_person(one.content.prospect, content.prospect)) return true;
    // Somebody corrected what the sender writes again: it is the same person's.
    return !after_message(in.timeline(one.id), one.content.prospect, content.prospect).kept.empty();
  });
  if (his == same_id.end()) {
    if (known.same_content) return as(item, "repeated", {}, known.id);
    shared_ids_.insert(content.external_id);
    return accepted(in, item, run, in.earlier_enquiry(content, since()), true);
  }
  if (known.same_content) return as(item, "repeated", {}, his->id);
  const bool said_nothing_new = says_the_same(his->content, item.read);
  const bool open = is_open(his->state);
  using way = read_lead::way;
  if (item.read.came == way::automatic_answer || (item.read.came == way::forwarded && !open) ||
      (said_nothing_new && open)) {
    return as(item, "repeated", {}, his->id);
  }
  return open ? updated(in, item, std::move(*his)) : accepted(in, item, run, his->id);
}

/// A lead without an id of its own, answered or forwarded: another time and sender around the same words.
bool filing::is_passed_on_again(store::transaction &in, const collected_lead &item, std::int64_t earlier) const {
  if (item.read.came == read_lead::way::direct || earlier == 0) return false;
  const auto before = in.find_lead(earlier);
  return before && before->content.source == item.read.content.source && says_the_same(before->content, item.read);
}

std::vector<imported_item> filing::file(store::transaction &in, std::span<const collected_lead> leads,
                                        const store::import_run &run) {
  std::vector<imported_item> result;
  result.reserve(leads.size());
  while (!leads.empty()) {
    const auto some = leads.first(std::min(leads.size(), asked_together));
    leads = leads.subspan(some.size());
    std::vector<store::transaction::arrival> next;
    for (const auto &item : some) {
      const bool asks = item.read.problem.empty() && !item.read.is_test;
      if (asks) next.push_back({item.read.content, item.digest});
    }
    in.expect(next, since());
    for (const auto &item : some) result.push_back(file(in, item, run));
  }
  return result;
}

time_us filing::since() const noexcept {
  constexpr time_us follow_up = 90 * day_us;
  return now_ - follow_up;
}

/// From the cutover of its type on (Umstellung) a lead is in this system; of an old list all leads are, once it is
/// here; what was entered here always is.
bool filing::is_here(const lead_content &content) const {
  const auto setting =
      std::find_if(settings_.begin(), settings_.end(), [&](const auto &one) { return one.type == content.type; });
  const auto from = setting == settings_.end() ? 0 : setting->active_from;
  return source_.entered_here || from <= (source_.old_list ? now_ : content.received_at);
}

imported_item filing::updated(store::transaction &in, const collected_lead &item, lead known) {
  lead_event event;
  event.lead_id = known.id;
  event.at = now_;
  event.kind = "updated";
  auto sent = item.read.content;
  auto merged = after_message(in.timeline(known.id), known.content.prospect, sent.prospect);
  sent.prospect = std::move(merged.prospect);
  sent.received_at = known.content.received_at;  // the enquiry is as old as it was
  if (item.read.came != read_lead::way::direct) keep_wrapping(known.content, sent);
  event.data = replaced_content(known.content, sent);
  if (!merged.kept.empty()) event.data["kept"] = with_commas(merged.kept);
  event.data["changed"] = changed_parts(known.content, sent);
  const bool moved = known.content.dealer_code != sent.dealer_code;
  const bool allows_other = known.content.refused_channels() != sent.refused_channels();
  known.content = std::move(sent);
  known.category = with_.types.find_type(known.content.type)->category;
  if (moved) known.location = location_of(known.content.dealer_code);
  if (known.first_contact_at == 0) set_deadlines(known);
  known.updated_at = now_;
  if (!in.update_lead_content(known, item.digest)) {
    throw store::store_unavailable("A lead was changed by somebody else meanwhile.");
  }
  in.add_event(event);
  // What is planned must not offer a channel that was refused meanwhile.
  if (allows_other) in.queue_host_effect(known.id);
  ++updates_;
  return as(item, "accepted", {}, known.id);
}

imported_item filing::accepted(store::transaction &in, const collected_lead &item, const store::import_run &run,
                               std::int64_t follows, bool id_is_shared) {
  lead made;
  made.content = item.read.content;
  made.category = with_.types.find_type(made.content.type)->category;
  made.location = location_of(made.content.dealer_code);
  made.created_at = arrived_;
  made.updated_at = now_;
  made.follows = follows;
  made.payload_id = run.payload_id;
  set_deadlines(made);
  made.id = in.insert_lead(made, item.digest);
  lead_event event;
  event.lead_id = made.id;
  event.at = arrived_;
  event.kind = "received";
  event.data["source"] = source_.id;
  if (follows != 0) event.data["follows"] = std::to_string(follows);
  if (id_is_shared) event.data["shared_id"] = made.content.external_id;
  in.add_event(event);
  if (with_.feedback) with_.feedback(in, made, lead_state::received, {}, {}, now_);
  if (item.tie) give_to_customer(in, made, *item.tie);
  if (source_.knows_the_house()) carry_over(in, made, item.read);
  return as(item, "accepted", {}, made.id);
}

/// By the matching rule of its type the lead is its customer's, and at once that customer's salesperson's
/// (plugin/intake/README.md).
void filing::give_to_customer(store::transaction &in, lead &made, const customer_tie &tie) {
  made.customer = tie.customer;
  made.imported_at = now_;
  if (!tie.salesperson.empty()) {
    made.assignee = tie.salesperson;
    made.state = lead_state::assigned;
    made.reached |= stages_of(made.state, made.contact);
  }
  if (!in.update_lead(made)) throw store::store_unavailable("A lead was changed by somebody else meanwhile.");
  ++made.version;
  lead_event event;
  event.lead_id = made.id;
  event.at = now_;
  event.kind = "linked";
  event.data = {{"customer", tie.customer}, {"rule", tie.rule}};
  in.add_event(event);
  if (tie.salesperson.empty()) return;
  event.kind = "assigned";
  event.data = {{"user", tie.salesperson}};
  in.add_event(event);
  in.queue_host_effect(made.id);
  if (with_.feedback) with_.feedback(in, made, lead_state::assigned, {}, {}, now_);
}

/// By his login, or by a name that only one has.
const access::user *filing::salesperson_of(const std::string &name) const {
  if (name.empty()) return nullptr;
  const access::user *found = nullptr;
  for (const auto &user : organisation_->users) {
    if (!user.active) continue;
    if (user.id == name) return &user;
    if (fold_name(user.name) != fold_name(name)) continue;
    if (found != nullptr) return nullptr;
    found = &user;
  }
  return found;
}

/// Who had the lead in the old system has it here, as far as it was there. Where nobody of that name is here it is new:
/// somebody must take it.
void filing::carry_over(store::transaction &in, lead &made, const read_lead &was) {
  const auto *salesperson = salesperson_of(was.salesperson);
  if (salesperson == nullptr) return;
  made.assignee = salesperson->id;
  made.state = std::max(was.state.value_or(lead_state::assigned), lead_state::assigned);
  // An old list may say of each lead what only a type with test drives can be.
  if (!has_state(with_.types.find_type(made.content.type), made.state)) made.state = lead_state::in_progress;
  made.reached |= stages_of(made.state, made.contact);
  // Whoever has worked on it has kept, or missed, his deadline elsewhere.
  const auto before = next_step_of(made);
  if (made.state > lead_state::assigned) made.reminder_at = made.escalation_at = 0;
  time_next_step(made, before, store::minutes_of(with_.types, settings_, made.content.type),
                 organisation_->calendar_of(made.location), now_);
  if (!in.update_lead(made)) throw store::store_unavailable("A lead was changed by somebody else meanwhile.");
  ++made.version;
  lead_event event;
  event.lead_id = made.id;
  event.at = now_;
  event.kind = "assigned";
  event.data = {{"user", made.assignee}};
  in.add_event(event);
  in.queue_host_effect(made.id);
  if (made.state == lead_state::assigned) return;
  event.kind = "progress";
  event.data = {{"from", "assigned"}, {"to", std::string(key(made.state))}};
  in.add_event(event);
}

std::string filing::location_of(const std::string &code) {
  const auto known = locations_.find(code);
  if (known != locations_.end() && !known->second.empty()) return known->second;
  unknown_codes_.insert(code);
  return {};
}

void filing::set_deadlines(lead &item) {
  // The new leads of a payload arrive at the same moment: one calculation a location and type for them.
  const auto [known, fresh] = deadlines_.try_emplace({item.location, item.content.type, item.created_at});
  if (fresh) {
    const auto minutes = store::minutes_of(with_.types, settings_, item.content.type);
    time_first_contact(item, item.created_at, minutes, organisation_->calendar_of(item.location));
    known->second = {item.reminder_at, item.escalation_at};
  }
  std::tie(item.reminder_at, item.escalation_at) = known->second;
}

}  // namespace lead_system::intake
