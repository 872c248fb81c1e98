#include "processing/settings_desk.hpp"

#include <algorithm>

#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr int longest_minutes = 60 * 10 * 100;  // a hundred working days
constexpr int longest_months = 12 * 30;

bool in_range(int value, int most) {
  return value >= 0 && value <= most;
}

}  // namespace

settings_desk::settings_desk(store::store &store, const catalog &types, const access::organisation_source &organisation,
                             const dms_notifications *notifications, std::function<std::string(const message &)> words,
                             cutover_rule cutover)
    : store_(store),
      types_(types),
      organisation_(organisation),
      notifications_(notifications),
      words_(std::move(words)),
      cutover_(std::move(cutover)) {}

outcome settings_desk::lead_type(const actor &who, const store::lead_type_setting &wanted, const seen_before &seen) {
  const auto *type = types_.find_type(wanted.type);
  if (type == nullptr) return invalid("type", {"This lead type does not exist.", {}});
  if (wanted.active_from < 0) return invalid("active_from", {"Give a date.", {}});
  if (!in_range(wanted.reminder_minutes, longest_minutes)) {
    return invalid("reminder_minutes", {"Give between 0 and {1} minutes.", {std::to_string(longest_minutes)}});
  }
  if (!in_range(wanted.escalation_minutes, longest_minutes)) {
    return invalid("escalation_minutes", {"Give between 0 and {1} minutes.", {std::to_string(longest_minutes)}});
  }
  if (wanted.reminder_minutes > 0 && wanted.escalation_minutes > 0 &&
      wanted.escalation_minutes < wanted.reminder_minutes) {
    return invalid("escalation_minutes", {"The escalation must not come before the reminder.", {}});
  }
  if (!in_range(wanted.follow_up_reminder_minutes, longest_minutes)) {
    return invalid("follow_up_reminder_minutes",
                   {"Give between 0 and {1} minutes.", {std::to_string(longest_minutes)}});
  }
  if (!in_range(wanted.follow_up_escalation_minutes, longest_minutes)) {
    return invalid("follow_up_escalation_minutes",
                   {"Give between 0 and {1} minutes.", {std::to_string(longest_minutes)}});
  }
  const auto holds = store::minutes_of(types_, {wanted}, wanted.type);
  if (holds.follow_up_escalation < holds.follow_up_reminder) {
    return invalid("follow_up_escalation_minutes", {"The escalation must not come before the reminder.", {}});
  }
  if (!in_range(wanted.retention_months, longest_months)) {
    return invalid("retention_months", {"Give between 0 and {1} months.", {std::to_string(longest_months)}});
  }
  if (cutover_) {
    if (auto no = cutover_(wanted.type, wanted.active_from, who.now); no.result != verdict::done) return no;
  }
  outcome result;
  store_.write([&](store::transaction &inside) {
    result = {};
    std::string is;
    for (const auto &one : inside.lead_type_settings()) {
      if (one.type == wanted.type) is = written(one);
    }
    if (seen && *seen != is) {
      result.result = verdict::conflict;
      result.text = {"The settings of “{1}” have been changed meanwhile, by {2}.",
                     {type->title, organisation_.now()->user_name(inside.last_changed_by("lead_type", wanted.type))}};
      return;
    }
    inside.set_lead_type(wanted, who.user, who.now);
  });
  return result;
}

outcome settings_desk::undo(const actor &who, std::int64_t change, bool together) {
  auto changes = store_.changes_with(change);
  if (!together) std::erase_if(changes, [&](const auto &one) { return one.id != change; });
  if (changes.empty()) return not_found();
  const auto &first = changes.front();
  if (first.kind == "grant") return undo_grants(who, changes);
  if (first.kind == "lead_type") {
    return lead_type(who, store::lead_type_setting_from(first.subject, first.was), first.is);
  }
  if (first.kind == "dealer_code") {
    const auto slash = first.subject.find(" / ");
    if (slash != std::string::npos) {
      return dealer_code(who, {first.subject.substr(0, slash), first.subject.substr(slash + 3), first.was}, first.is);
    }
  }
  return refused({"This change cannot be undone here. Set it anew where it stands.", {}});
}

}  // namespace lead_system::processing
