// coverage_watch.cpp - the coverage guarantee where the host decides: it asks before, and hears of a gap after.
#include <nlohmann/json.hpp>

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

access::coverage_report settings_desk::coverage() const {
  return situation_now(store_, *organisation_.now()).report(types_);
}

std::vector<message> settings_desk::objection(const std::string &kind, const std::string &subject, time_us now) const {
  std::vector<access::gap> gaps;
  store_.write([&](store::transaction &inside) {
    const auto is = situation_in(inside, organisation_, now);
    auto then = is;
    std::erase(kind == "user" ? then.active_users : then.open_locations, subject);
    gaps = access::new_gaps(is.report(types_), then.report(types_));
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

void settings_desk::tell_admins() const noexcept {
  try {
    raise_or_clear();
  } catch (const std::exception &) {
    // The change is done; the job looks again within minutes.
  }
}

void settings_desk::raise_or_clear() const {
  const auto report = coverage();
  complete_ = report.complete();
  if (notifications_ == nullptr) return;
  std::vector<access::gap> unseen, without_all;
  for (const auto &gap : report.gaps) (gap.leads > 0 ? unseen : without_all).push_back(gap);
  for (auto &gap : unseen) gap.no_all = false;
  const auto people = organisation_.now();
  auto open = sentences_for(unseen, types_, *people);
  if (!open.empty()) open.insert(open.begin(), {"Open leads are seen by nobody.", {}});
  ring("leads:coverage", "bad", open);
  ring("leads:coverage:all", "warn", sentences_for(without_all, types_, *people));
}

/// No sentence: the reason is gone. One that says something new rings anew.
void settings_desk::ring(const std::string &key, const char *tone, const std::vector<message> &sentences) const {
  const std::lock_guard lock(mutex_);
  const dms::notifications bell(notifications_);
  const auto text = joined(sentences, words_ ? words_ : in_english);
  if (const auto told = told_.find(key); told != told_.end() && told->second == text && !text.empty()) return;
  bell.withdraw(key);
  told_.erase(key);
  if (text.empty()) return;
  const nlohmann::json notification{{"roles", {"admin"}},
                                    {"tone", tone},
                                    {"standing", std::string_view(tone) == "bad"},
                                    {"text", text},
                                    {"texts", {{"en", joined(sentences, in_english)}}},
                                    {"link", {{"screen", "leads.settings"}, {"params", nlohmann::json::object()}}}};
  bell.notify(key, notification.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  told_[key] = text;
}

}  // namespace lead_system::processing
