// coverage_watch.cpp - the coverage guarantee where the host decides: it asks before, and hears of a gap after.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "processing/absence_desk.hpp"
#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"
#include "processing/settings_desk.hpp"

namespace lead_system::processing {

namespace {

/// From the answer to the host's question until the change stands in its directory.
constexpr time_us time_to_leave = 10 * second_us;

std::string joined(const std::vector<message> &sentences, const std::function<std::string(const message &)> &say) {
  std::string text;
  for (const auto &one : sentences) text += (text.empty() ? "" : " ") + say(one);
  return text;
}

}  // namespace

access::coverage_report settings_desk::coverage(time_us now) const {
  const auto people = organisation_.now();
  return situation_now(store_, *people, presence_now(store_, *people, now)).report(types_);
}

std::vector<message> settings_desk::objection(const std::string &kind, const std::string &subject, time_us now) const {
  std::vector<access::gap> gaps;
  store_.write([&](store::transaction &inside) {
    const auto is = situation_in(inside, organisation_, now);
    auto then = is;
    if (kind == "user") {
      then.remove_user(subject);
    } else {
      std::erase(then.open_locations, subject);
    }
    gaps = access::new_gaps(is, then, types_);
    if (gaps.empty()) inside.add_departure({kind, subject, now + time_to_leave});
  });
  return sentences_for(gaps, types_, *organisation_.now());
}

std::vector<message> settings_desk::objection_to_deactivating(const std::string &user, time_us now) const {
  return objection("user", user, now);
}

std::vector<message> settings_desk::objection_to_closing(const std::string &location, time_us now) const {
  return objection("location", location, now);
}

void settings_desk::tell_admins(time_us now) const noexcept {
  try {
    raise_or_clear(now);
  } catch (const std::exception &) {
    // The change is done; the job looks again within minutes.
  }
}

void settings_desk::raise_or_clear(time_us now) const {
  const auto people = organisation_.now();
  const auto here = presence_now(store_, *people, now);
  const auto at = situation_now(store_, *people, here);
  const auto report = at.report(types_);
  complete_ = report.complete();
  if (notifications_ == nullptr) return;
  std::vector<access::gap> unseen, without_all;
  for (const auto &gap : report.gaps) (gap.leads > 0 ? unseen : without_all).push_back(gap);
  for (auto &gap : unseen) gap.no_all = false;
  auto open = sentences_for(unseen, types_, *people);
  if (!open.empty()) open.insert(open.begin(), {"Open leads are seen by nobody.", {}});
  ring({"leads:coverage", "bad", {"admin"}}, open);
  ring({"leads:coverage:all", "warn", {"admin"}}, sentences_for(without_all, types_, *people));
  ring_for_leavers(*people, here, at);
}

namespace {

message left_behind_words(const access::organisation &people, const access::presence &here, const std::string &user,
                          std::int64_t count) {
  const auto name = people.user_name(user), number = std::to_string(count);
  if (const auto *away = here.away(user); away != nullptr) {
    return {"{1} is away until {2}, and nobody represents {1}: {3} open leads wait. Name a deputy or hand them over.",
            {name, day_words(away->to), number}};
  }
  if (count == 1) return {"{1} works here no longer and still has one open lead. Assign it to somebody else.", {name}};
  return {"{1} works here no longer and still has {2} open leads. Assign them to somebody else.", {name, number}};
}

}  // namespace

/// Whoever leaves leaves his open leads behind: those who assign are told until somebody has them.
void settings_desk::ring_for_leavers(const access::organisation &people, const access::presence &here,
                                     const access::situation &at) const {
  const auto left_behind = leads_of_absent(at.leads, here);
  std::set<std::string> done;
  {
    const std::lock_guard lock(mutex_);
    done.swap(leavers_);
    // What was said before this process began is taken back once.
    if (!looked_for_leavers_) {
      for (const auto &user : people.users) done.insert(user.id);
    }
    looked_for_leavers_ = true;
    for (const auto &[user, count] : left_behind) leavers_.insert(user);
  }
  for (const auto &[user, count] : left_behind) {
    done.erase(user);
    const auto text = left_behind_words(people, here, user, count);
    ring({"leads:leaver:" + user,
          "warn",
          {"admin", "manager"},
          "leads.overview",
          {{"tab", "absent"}, {"assignee", user}},
          access::people_with_all(at.grants, people)},
         {text});
  }
  for (const auto &user : done) ring({"leads:leaver:" + user, "warn", {}}, {});
}

/// No sentence: the reason is gone. One that says something new rings anew.
void settings_desk::ring(const bell_line &line, const std::vector<message> &sentences) const {
  const std::lock_guard lock(mutex_);
  const dms::notifications bell(notifications_);
  const auto &key = line.key;
  const auto text = joined(sentences, words_ ? words_ : in_english);
  if (const auto told = told_.find(key); told != told_.end() && told->second == text && !text.empty()) return;
  bell.withdraw(key);
  told_.erase(key);
  if (text.empty()) return;
  const nlohmann::json notification{{"roles", line.roles},
                                    {"users", line.users},
                                    {"tone", line.tone},
                                    {"standing", line.tone == "bad"},
                                    {"text", text},
                                    {"texts", {{"en", joined(sentences, in_english)}}},
                                    {"link", {{"screen", line.screen}, {"params", line.params}}}};
  bell.notify(key, notification.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  told_[key] = text;
}

}  // namespace lead_system::processing
