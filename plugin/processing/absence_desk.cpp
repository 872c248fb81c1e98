#include "processing/absence_desk.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

/// Longer ones are leaves for which leads are handed over.
constexpr int longest_days = 366, farthest_days = 2 * 366;

bool overlap(const access::absence &one, const absence_desk::wish &other) {
  return one.from <= other.to && other.from <= one.to;
}

std::string told_text(const nlohmann::json &object, const char *name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// What the host tells, without what is no absence of a user.
std::vector<access::absence> read_told(const std::string &list, const access::organisation &people,
                                       const dms::log &log) {
  std::vector<access::absence> result;
  const auto told = dms::json_or_null(list);
  for (const auto &one : told.is_array() ? told : nlohmann::json::array()) {
    access::absence made;
    if (one.is_object()) {
      made.user = told_text(one, "user");
      made.from = told_text(one, "from");
      made.to = told_text(one, "to");
      made.deputy = told_text(one, "deputy");
    }
    made.told = true;
    if (people.find_user(made.user) == nullptr || !is_day(made.from) || !is_day(made.to) || made.to < made.from) {
      log.warning("the host told of an absence that is none: " + dms::to_text(one));
      continue;
    }
    if (made.deputy == made.user || people.find_user(made.deputy) == nullptr) made.deputy.clear();
    result.push_back(std::move(made));
  }
  return result;
}

}  // namespace

std::string day_words(const std::string &day) {
  if (!is_day(day)) return day;
  const auto number = [&](std::size_t at) { return std::to_string((day[at] - '0') * 10 + (day[at + 1] - '0')); };
  return number(8) + "." + number(5) + "." + day.substr(0, 4);
}

outcome absence_desk::check(const wish &wanted, const std::string &today, const actor &who, bool for_others) const {
  if (wanted.user != who.user && !for_others) {
    return forbidden({"You may enter your own absence only. Ask an administrator for that of others.", {}});
  }
  const auto people = with_.organisation.now();
  const auto *user = people->find_user(wanted.user);
  if (user == nullptr || !user->active) return invalid("user", {"Choose an active user.", {}});
  if (!is_day(wanted.from)) return invalid("from", {"Give the first day, for example 2026-12-01.", {}});
  if (!is_day(wanted.to)) return invalid("to", {"Give the last day, for example 2026-12-05.", {}});
  if (wanted.to < wanted.from) return invalid("to", {"The last day is before the first.", {}});
  if (wanted.to < today) return invalid("to", {"This absence is over already.", {}});
  if (wanted.from > day_after(today, farthest_days)) return invalid("from", {"Enter it within two years before.", {}});
  if (wanted.to > day_after(wanted.from, longest_days)) {
    return invalid("to", {"This is longer than a year. Hand the leads over to somebody else.", {}});
  }
  if (wanted.deputy.empty()) {
    if (for_others) return {};
    return invalid("deputy", {"Choose who works your leads meanwhile.", {}});
  }
  if (wanted.deputy == wanted.user) return invalid("deputy", {"Nobody represents himself. Choose somebody else.", {}});
  const auto takers = with_.desk.assignable({});
  if (std::none_of(takers.begin(), takers.end(), [&](const auto &one) { return one.id == wanted.deputy; })) {
    return invalid("deputy", {"Choose an active salesperson.", {}});
  }
  return {};
}

outcome absence_desk::enter(const actor &who, const dms::call &call, const wish &wanted, bool for_others) const {
  const auto today = access::day_of(who.now);
  if (auto wrong = check(wanted, today, who, for_others); wrong.result != verdict::done) return wrong;
  access::absence made{0, wanted.user, wanted.from, wanted.to, wanted.deputy, false, who.user};
  outcome result;
  with_.store.write([&](store::transaction &inside) {
    result = {};
    inside.lock_grants();
    for (const auto &one : inside.absences(today)) {
      if (one.user != wanted.user || one.told || !overlap(one, wanted)) continue;
      result = invalid("from", {"An absence from {1} to {2} is entered already. End it first.",
                                {day_words(one.from), day_words(one.to)}});
      return;
    }
    result.gaps = gaps_of(inside, made, who.now);
    made.id = inside.add_absence(made, who.now);
  });
  if (result.result != verdict::done) return result;
  if (with_.audit) {
    with_.audit(call, "leads.absence_entered", made.user,
                made.from + " " + made.to + (made.deputy.empty() ? "" : " " + made.deputy));
  }
  const auto people = with_.organisation.now();
  const auto alone = first_day_alone(made, with_.store.absences(today), who.now);
  if (made.deputy.empty()) {
    result.text = {"The absence is entered. Nobody represents {1}: open leads stand under “Salesperson not here”.",
                   {people->user_name(made.user)}};
  } else if (!alone.empty()) {
    result.text = {"The absence is entered. {1} is away too: from {2} on nobody represents {3}.",
                   {people->user_name(made.deputy), day_words(alone), people->user_name(made.user)}};
  } else {
    result.text = {"The absence is entered. {1} represents {2}.",
                   {people->user_name(made.deputy), people->user_name(made.user)}};
  }
  tell_deputy(who, made);
  with_.settings.tell_admins(who.now);
  return result;
}

/// What nobody would see on its first day, and somebody would without it.
std::vector<access::gap> absence_desk::gaps_of(store::transaction &inside, const access::absence &one,
                                               time_us now) const {
  const auto people = with_.organisation.now();
  auto absences = inside.absences(one.from);
  auto before = situation_in(inside, with_.organisation, now), after = before;
  place(before, {*people, absences, one.from});
  absences.push_back(one);
  place(after, {*people, absences, one.from});
  return access::new_gaps(before.report(with_.desk.types()), after.report(with_.desk.types()));
}

outcome absence_desk::end(const actor &who, const dms::call &call, std::int64_t id, bool for_others) const {
  const auto today = access::day_of(who.now);
  outcome result;
  access::absence ended;
  with_.store.write([&](store::transaction &inside) {
    result = {};
    const auto all = inside.absences(today);
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.id == id; });
    if (found == all.end() || (found->user != who.user && !for_others)) {
      result.result = verdict::not_found;
      result.text = {"This absence is over or taken back already.", {}};
      return;
    }
    if (found->told) {
      result = refused({"The DMS told of this absence. Change it there.", {}});
      return;
    }
    ended = *found;
    inside.end_absence(id, day_after(today, -1));
  });
  if (result.result != verdict::done) return result;
  const bool began = ended.from <= today;
  if (with_.audit)
    with_.audit(call, began ? "leads.absence_ended" : "leads.absence_taken_back", ended.user,
                ended.from + " " + ended.to);
  const auto name = with_.organisation.now()->user_name(ended.user);
  result.text = began ? message{"{1} is here again.", {name}} : message{"The absence of {1} is taken back.", {name}};
  if (with_.notifications != nullptr) {
    dms::notifications(with_.notifications).withdraw("leads:deputy:" + std::to_string(id));
  }
  with_.settings.tell_admins(who.now);
  return result;
}

void absence_desk::tell_deputy(const actor &who, const access::absence &one) const {
  if (with_.notifications == nullptr || one.deputy.empty() || one.deputy == who.user) return;
  const message text{"You represent {1} from {2} to {3}: open leads of {1} stand under “Mine”.",
                     {with_.organisation.now()->user_name(one.user), day_words(one.from), day_words(one.to)}};
  try {
    dms::notifications(with_.notifications)
        .notify("leads:deputy:" + std::to_string(one.id),
                dms::to_text({{"users", {one.deputy}},
                              {"tone", "info"},
                              {"text", with_.words ? with_.words(text) : in_english(text)},
                              {"texts", {{"en", in_english(text)}}},
                              {"link", {{"screen", "leads.absence"}}}}));
  } catch (const dms::failure &reason) {
    with_.log.warning(one.deputy + " was not told of an absence: " + reason.what());
  }
}

void absence_desk::take_told(time_us now) {
  if (!with_.told) return;
  const auto generation = with_.told.generation();
  const auto today = access::day_of(now);
  if (generation == generation_.load()) return;
  const auto told = read_told(with_.told.list(today), *with_.organisation.now(), with_.log);
  bool changed = false;
  with_.store.write([&](store::transaction &inside) { changed = inside.replace_told_absences(told, now); });
  generation_ = generation;
  if (changed) with_.settings.tell_admins(now);
}

std::string absence_desk::first_day_alone(const access::absence &one, const std::vector<access::absence> &all,
                                          time_us now) const {
  const auto people = with_.organisation.now();
  for (auto day = std::max(one.from, access::day_of(now)); day <= one.to; day = day_after(day)) {
    if (access::presence(*people, all, day).acting_for(one.user).empty()) return day;
  }
  return {};
}

}  // namespace lead_system::processing
