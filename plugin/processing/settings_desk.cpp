#include "processing/settings_desk.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "processing/coverage_check.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr std::string_view gap_notification = "leads:coverage";
constexpr int longest_minutes = 60 * 10 * 100;  // a hundred working days
constexpr int longest_months = 12 * 30;
constexpr std::array<std::string_view, 4> transports{"https", "sftp", "directory", "none"};

/// Takes back what a transaction has written, when only the result shows that it must not be.
struct refusal : std::exception {};

outcome check_grant(const access::grant &wanted, const catalog &types, const access::organisation &people) {
  if (people.find_user(wanted.user) == nullptr) return invalid("user", {"This user does not exist.", {}});
  const bool known =
      wanted.on_category ? types.find_category(wanted.subject) != nullptr : types.find_type(wanted.subject) != nullptr;
  if (!known) {
    return wanted.on_category ? invalid("category", {"This category does not exist.", {}})
                              : invalid("type", {"This lead type does not exist.", {}});
  }
  if (wanted.on_category && wanted.reach == access::scope::inherit) {
    return invalid("scope", {"A category has nothing to inherit from. Choose none, locations or ALLE.", {}});
  }
  if (wanted.reach != access::scope::locations) return {};
  if (wanted.locations.empty()) return invalid("locations", {"Choose at least one location.", {}});
  for (const auto &location : wanted.locations) {
    if (people.find_location(location) == nullptr) {
      return invalid("locations", {"The location “{1}” does not exist.", {location}});
    }
  }
  return {};
}

bool in_range(int value, int most) {
  return value >= 0 && value <= most;
}

/// A name that stays inside the drop folder's parent, or an absolute path that an admin chose.
bool usable_directory(const std::string &directory) {
  return directory.find("..") == std::string::npos && directory.find('\0') == std::string::npos;
}

outcome check_channel(const store::feedback_channel &wanted) {
  if (std::find(transports.begin(), transports.end(), wanted.transport) == transports.end()) {
    return invalid("transport", {"Choose HTTPS, SFTP, drop folder or none.", {}});
  }
  const auto setting = [&](const char *name) {
    const auto found = wanted.settings.find(name);
    return found == wanted.settings.end() ? std::string{} : found->second;
  };
  const auto url = setting("url");
  if (std::any_of(url.begin(), url.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; })) {
    return invalid("url", {"Give the address without blanks and line breaks.", {}});
  }
  if (wanted.transport == "https" && !url.starts_with("https://") && !url.starts_with("http://")) {
    return invalid("url", {"Give the address with https://.", {}});
  }
  if (wanted.transport == "sftp" && !url.starts_with("sftp://")) {
    return invalid("url", {"Give the address with sftp://.", {}});
  }
  if (wanted.transport == "directory" && !usable_directory(setting("directory"))) {
    return invalid("directory", {"Give a folder without “..”.", {}});
  }
  return {};
}

}  // namespace

settings_desk::settings_desk(store::store &store, const catalog &types, const access::organisation_source &organisation,
                             const dms_notifications *notifications, std::function<std::string(const message &)> words)
    : store_(store),
      types_(types),
      organisation_(organisation),
      notifications_(notifications),
      words_(std::move(words)) {}

outcome settings_desk::grant(const actor &who, const access::grant &wanted) {
  const auto people = organisation_.now();
  auto result = check_grant(wanted, types_, *people);
  if (result.result != verdict::done) return result;
  auto kept = wanted;
  if (kept.reach != access::scope::locations) kept.locations.clear();
  store_.write([&](store::transaction &inside) {
    result = {};
    // First of all: it locks, and what is read before it may be out of date when the lock comes.
    auto grants = inside.grants();
    coverage_question now(*people, std::move(grants), inside.open_groups());
    auto then = now;
    then.grants = with_grant(now.grants, kept);
    const auto before = now.answer(types_), after = then.answer(types_);
    if (const auto *gap = new_gap(before, after)) {
      result = refused(sentence_for(*gap, types_, *people));
      return;
    }
    inside.set_grant(kept, who.user, who.now);
  });
  if (result.result == verdict::done) tell_admins();
  return result;
}

outcome settings_desk::lead_type(const actor &who, const store::lead_type_setting &wanted) {
  if (types_.find_type(wanted.type) == nullptr) return invalid("type", {"This lead type does not exist.", {}});
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
  if (!in_range(wanted.retention_months, longest_months)) {
    return invalid("retention_months", {"Give between 0 and {1} months.", {std::to_string(longest_months)}});
  }
  store_.write([&](store::transaction &inside) { inside.set_lead_type(wanted, who.user, who.now); });
  return {};
}

outcome settings_desk::dealer_code(const actor &who, const store::dealer_code &wanted) {
  const auto people = organisation_.now();
  if (wanted.source.empty()) return invalid("source", {"Choose a source.", {}});
  if (wanted.code.empty()) return invalid("code", {"Give the dealer code.", {}});
  if (!wanted.location.empty()) {
    const auto *location = people->find_location(wanted.location);
    if (location == nullptr) return invalid("location", {"This location does not exist.", {}});
    if (!location->open) return invalid("location", {"This location is closed. Choose an open one.", {}});
  }
  outcome result;
  const auto map_it = [&](store::transaction &inside) {
    result = {};
    const auto grants = inside.grants();
    const auto before = coverage_question(*people, grants, inside.open_groups()).answer(types_);
    inside.set_dealer_code(wanted, who.user, who.now);
    inside.locate_leads(wanted, who.now);
    const auto after = coverage_question(*people, grants, inside.open_groups()).answer(types_);
    if (const auto *gap = new_gap(before, after)) {
      result = refused(sentence_for(*gap, types_, *people));
      throw refusal{};
    }
  };
  try {
    store_.write(map_it);
  } catch (const refusal &) {
    return result;
  }
  tell_admins();
  return result;
}

outcome settings_desk::feedback_channel(const actor &who, const store::feedback_channel &wanted) {
  if (wanted.source.empty()) return invalid("source", {"Choose a source.", {}});
  if (auto failed = check_channel(wanted); failed.result != verdict::done) return failed;
  store_.write([&](store::transaction &inside) { inside.set_feedback_channel(wanted, who.user, who.now); });
  return {};
}

access::coverage_report settings_desk::coverage() const {
  return coverage_question(*organisation_.now(), store_.grants(), store_.open_groups()).answer(types_);
}

message settings_desk::effect_of(const access::grant &wanted) const {
  const auto people = organisation_.now();
  coverage_question now(*people, store_.grants(), store_.open_groups());
  auto then = now;
  then.grants = with_grant(now.grants, wanted);
  const auto before = now.answer(types_), after = then.answer(types_);
  if (const auto *gap = new_gap(before, after)) return sentence_for(*gap, types_, *people);

  const auto sees_of = [&](const std::vector<access::grant> &grants) {
    const auto seen = access::visible_to(wanted.user, grants, types_);
    std::int64_t sum = 0;
    lead item;
    for (const auto &group : now.leads) {
      item.content.type = group.type;
      item.location = group.location;
      item.assignee = group.assignee;
      if (access::sees(seen, item)) sum += group.count;
    }
    return sum;
  };
  const auto difference = sees_of(then.grants) - sees_of(now.grants);
  const auto name = people->user_name(wanted.user);
  if (difference > 0) return {"Open leads that {1} will see as well: {2}.", {name, std::to_string(difference)}};
  if (difference < 0) {
    return {"Open leads that {1} will see no longer: {2}; others still cover them.",
            {name, std::to_string(-difference)}};
  }
  return {"{1} will see the same open leads as now.", {name}};
}

message settings_desk::objection_to_deactivating(const std::string &user) const {
  const auto people = organisation_.now();
  coverage_question now(*people, store_.grants(), store_.open_groups());
  auto then = now;
  std::erase(then.active_users, user);
  const auto before = now.answer(types_), after = then.answer(types_);
  const auto *gap = new_gap(before, after);
  return gap == nullptr ? message{} : sentence_for(*gap, types_, *people);
}

message settings_desk::objection_to_closing(const std::string &location) const {
  const auto people = organisation_.now();
  coverage_question now(*people, store_.grants(), store_.open_groups());
  auto then = now;
  std::erase(then.open_locations, location);
  const auto before = now.answer(types_), after = then.answer(types_);
  const auto *gap = new_gap(before, after);
  return gap == nullptr ? message{} : sentence_for(*gap, types_, *people);
}

void settings_desk::tell_admins() const {
  try {
    raise_or_clear();
  } catch (const std::exception &) {
    // The change is done; the job looks again within minutes.
  }
}

void settings_desk::raise_or_clear() const {
  if (notifications_ == nullptr) return;
  const dms::notifications bell(notifications_);
  std::int64_t unseen = 0;
  const auto report = coverage();
  for (const auto &gap : report.gaps) unseen += gap.leads;
  // A type that nobody has ALLE on yet is shown in the settings; the bell is for leads that nobody sees.
  if (unseen == 0) return bell.withdraw(gap_notification);
  const message text{"Open leads that nobody sees: {1}. Change the rights in the lead settings.",
                     {std::to_string(unseen)}};
  const nlohmann::json notification{{"roles", {"admin"}},
                                    {"tone", "bad"},
                                    {"text", words_ ? words_(text) : in_english(text)},
                                    {"texts", {{"en", in_english(text)}}},
                                    {"link", {{"screen", "leads.settings"}, {"params", nlohmann::json::object()}}}};
  bell.notify(gap_notification, notification.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace lead_system::processing
