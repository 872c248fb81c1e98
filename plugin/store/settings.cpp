// settings.cpp - Lead Einstellungen: grants, types, dealer codes, channels, and the history of their changes.
#include <algorithm>
#include <sstream>

#include "access/grant_text.hpp"
#include "lead/texts.hpp"
#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/settings_history.hpp"

namespace lead_system::store {

std::string written(const lead_type_setting &setting) {
  return "active_from " + std::to_string(setting.active_from) + ", reminder " +
         std::to_string(setting.reminder_minutes) + ", escalation " + std::to_string(setting.escalation_minutes) +
         ", retention " + std::to_string(setting.retention_months) +
         (setting.follow_up_reminder_minutes == 0
              ? ""
              : ", follow_up_reminder " + std::to_string(setting.follow_up_reminder_minutes)) +
         (setting.follow_up_escalation_minutes == 0
              ? ""
              : ", follow_up_escalation " + std::to_string(setting.follow_up_escalation_minutes));
}

deadline_minutes minutes_of(const catalog &types, const std::vector<lead_type_setting> &settings,
                            const std::string &type) {
  const auto *known = types.find_type(type);
  const auto declared = known == nullptr ? lead_type{} : *known;
  deadline_minutes result{declared.reminder_minutes, declared.escalation_minutes, declared.follow_up_reminder_minutes,
                          declared.follow_up_escalation_minutes};
  const auto set = std::find_if(settings.begin(), settings.end(), [&](const auto &one) { return one.type == type; });
  if (set == settings.end()) return result;
  const auto take = [](int &into, int minutes) { into = minutes > 0 ? minutes : into; };
  take(result.reminder, set->reminder_minutes);
  take(result.escalation, set->escalation_minutes);
  take(result.follow_up_reminder, set->follow_up_reminder_minutes);
  take(result.follow_up_escalation, set->follow_up_escalation_minutes);
  return result;
}

lead_type_setting lead_type_setting_from(const std::string &type, const std::string &text) {
  lead_type_setting result;
  result.type = type;
  std::istringstream parts(text);
  long long number = 0;
  for (std::string name, rest; parts >> name >> number; std::getline(parts, rest, ',')) {
    if (name == "active_from") result.active_from = number;
    if (name == "reminder") result.reminder_minutes = static_cast<int>(number);
    if (name == "escalation") result.escalation_minutes = static_cast<int>(number);
    if (name == "retention") result.retention_months = static_cast<int>(number);
    if (name == "follow_up_reminder") result.follow_up_reminder_minutes = static_cast<int>(number);
    if (name == "follow_up_escalation") result.follow_up_escalation_minutes = static_cast<int>(number);
  }
  return result;
}

namespace {

constexpr auto new_change_fields =
    fields_of<settings_change>(field("at", &settings_change::at), field("actor", &settings_change::actor),
                               field("kind", &settings_change::kind), field("subject", &settings_change::subject),
                               field("was", &settings_change::was), field("is_now", &settings_change::is));
constexpr auto change_fields = fields_of<settings_change>(field("id", &settings_change::id)) + new_change_fields;

constexpr auto type_limits = fields_of<lead_type_setting>(
    field("active_from", &lead_type_setting::active_from),
    field("reminder_minutes", &lead_type_setting::reminder_minutes),
    field("escalation_minutes", &lead_type_setting::escalation_minutes),
    field("retention_months", &lead_type_setting::retention_months),
    field("follow_up_reminder_minutes", &lead_type_setting::follow_up_reminder_minutes),
    field("follow_up_escalation_minutes", &lead_type_setting::follow_up_escalation_minutes));
constexpr auto type_fields = fields_of<lead_type_setting>(field("type", &lead_type_setting::type)) + type_limits;

constexpr auto dealer_code_fields =
    fields_of<dealer_code>(field("source", &dealer_code::source), field("code", &dealer_code::code),
                           field("location", &dealer_code::location));

constexpr auto unmapped_fields =
    fields_of<unmapped_code>(field("source", &unmapped_code::source), field("dealer_code", &unmapped_code::code),
                             field("COUNT(*)", &unmapped_code::leads));

constexpr auto channel_settings = fields_of<feedback_channel>(field("transport", &feedback_channel::transport),
                                                              field("settings", &feedback_channel::settings));
constexpr auto channel_fields =
    fields_of<feedback_channel>(field("source", &feedback_channel::source)) + channel_settings;

constexpr auto departure_fields = fields_of<departure>(
    field("kind", &departure::kind), field("subject", &departure::subject), field("until_at", &departure::until));

/// A grant without its locations.
constexpr auto grant_fields =
    fields_of<access::grant>(field("user_id", &access::grant::user), field("on_category", &access::grant::on_category),
                             field("subject", &access::grant::subject), field("scope", &access::grant::reach));

using access::written;

template <typename Item, typename Condition>
std::string written_before(const std::vector<Item> &items, Condition &&is_it) {
  const auto found = std::find_if(items.begin(), items.end(), is_it);
  return found == items.end() ? std::string{} : written(*found);
}

std::vector<access::grant> read_grants(connection &on, const std::string &where, std::vector<value> values) {
  std::vector<access::grant> result;
  auto &rows = on.run("SELECT " + grant_fields.columns("g.") +
                          ", COALESCE(l.location, '') FROM grant_entry g LEFT JOIN grant_location l ON l.user_id = "
                          "g.user_id AND l.on_category = g.on_category AND l.subject = g.subject " +
                          where + " ORDER BY g.user_id, g.on_category, g.subject, l.location",
                      std::move(values), grant_fields.kinds_with("t"));
  while (rows.next()) {
    auto one = grant_fields.read(rows);
    if (result.empty() || !same_cell(result.back(), one)) result.push_back(std::move(one));
    const auto &location = rows.text(grant_fields.count);
    if (!location.empty()) result.back().locations.push_back(location);
  }
  return result;
}

std::vector<access::grant> grants_of_user(connection &on, const std::string &user) {
  return read_grants(on, "WHERE g.user_id = :a1", {user});
}

std::vector<lead_type_setting> read_lead_types(connection &on) {
  return type_fields.all(on, "FROM lead_type_setting ORDER BY type");
}

std::vector<dealer_code> read_dealer_codes(connection &on) {
  return dealer_code_fields.all(on, "FROM dealer_code ORDER BY source, code");
}

std::vector<feedback_channel> read_channels(connection &on) {
  return channel_fields.all(on, "FROM feedback_channel ORDER BY source");
}

}  // namespace

void note(connection &on, const settings_change &change) {
  on.change(new_change_fields.insert("settings_change"), new_change_fields.values(change));
}

std::vector<access::grant> store::grants() {
  return inside_->read([](connection &on) { return read_grants(on, {}, {}); });
}

std::vector<access::grant> transaction::grants() {
  lock_grants();
  return read_grants(on_, {}, {});
}

void transaction::lock_grants() {
  lead_system::store::lock_grants(on_.session(), on_.kind());
}

std::vector<access::grant> store::grants_of(const std::string &user) {
  return inside_->read([&](connection &on) { return grants_of_user(on, user); });
}

std::vector<departure> transaction::departures(time_us now) {
  return departure_fields.all(on_, "FROM departure WHERE until_at > :a1", {now});
}

void transaction::add_departure(const departure &one) {
  on_.change(
      departure_fields.insert("departure") + " ON CONFLICT (kind, subject) DO UPDATE SET until_at = excluded.until_at",
      departure_fields.values(one));
}

void transaction::set_grant(const access::grant &grant, const std::string &actor, time_us at) {
  const auto was =
      written_before(grants_of_user(on_, grant.user), [&](const access::grant &one) { return same_cell(one, grant); });
  const int level = grant.on_category ? 1 : 0;
  // Child rows by hand too: what SQLite does on_ its own hangs on_ a setting of the session.
  for (const char *table : {"grant_location", "grant_entry"}) {
    on_.change("DELETE FROM " + std::string(table) + " WHERE user_id = :a1 AND on_category = :a2 AND subject = :a3",
               {grant.user, level, grant.subject});
  }
  if (grant.reach != access::scope::inherit) {
    on_.change(grant_fields.insert("grant_entry"), grant_fields.values(grant));
  }
  if (grant.reach == access::scope::locations) {
    for (const auto &location : grant.locations) {
      on_.change(
          "INSERT INTO grant_location (user_id, on_category, subject, location) VALUES (:a1, :a2, :a3, :a4) ON "
          "CONFLICT DO NOTHING",
          {grant.user, level, grant.subject, location});
    }
  }
  note(on_, {0, at, actor, "grant", access::cell_name(grant), was, written(grant)});
}

std::vector<lead_type_setting> store::lead_type_settings() {
  return inside_->read([](connection &on) { return read_lead_types(on); });
}

std::vector<lead_type_setting> transaction::lead_type_settings() {
  return read_lead_types(on_);
}

void transaction::set_lead_type(const lead_type_setting &setting, const std::string &actor, time_us at) {
  const auto was =
      written_before(read_lead_types(on_), [&](const lead_type_setting &one) { return one.type == setting.type; });
  on_.change(type_fields.insert("lead_type_setting") + " ON CONFLICT (type) DO UPDATE SET " + type_limits.replaced(),
             type_fields.values(setting));
  note(on_, {0, at, actor, "lead_type", setting.type, was, written(setting)});
}

std::vector<dealer_code> store::dealer_codes() {
  return inside_->read([](connection &on) { return read_dealer_codes(on); });
}

std::vector<dealer_code> transaction::dealer_codes() {
  return read_dealer_codes(on_);
}

std::vector<unmapped_code> store::unmapped_dealer_codes() {
  return inside_->read([&](connection &on) {
    return unmapped_fields.all(on,
                               "FROM lead WHERE is_open = 1 AND location = '' AND dealer_code <> '' GROUP BY source, "
                               "dealer_code ORDER BY source, dealer_code");
  });
}

void transaction::set_dealer_code(const dealer_code &code, const std::string &actor, time_us at) {
  const auto was =
      on_.text("SELECT location FROM dealer_code WHERE source = :a1 AND code = :a2", {code.source, code.code});
  if (code.location.empty()) {
    on_.change("DELETE FROM dealer_code WHERE source = :a1 AND code = :a2", {code.source, code.code});
  } else {
    on_.change(dealer_code_fields.insert("dealer_code") +
                   " ON CONFLICT (source, code) DO UPDATE SET location = excluded.location",
               dealer_code_fields.values(code));
  }
  note(on_, {0, at, actor, "dealer_code", code.source + " / " + code.code, was, code.location});
}

std::vector<std::int64_t> transaction::unplaced_leads(const std::string &source, const std::string &code) {
  return on_.numbers(
      "SELECT id FROM lead WHERE source = :a1 AND dealer_code = :a2 AND is_open = 1 AND location = '' ORDER BY id",
      {source, code});
}

std::vector<feedback_channel> store::feedback_channels() {
  return inside_->read([](connection &on) { return read_channels(on); });
}

std::string transaction::feedback_transport(const std::string &source) {
  const auto [known, fresh] = transports_.try_emplace(source);
  if (fresh) {
    auto &rows = on_.run_beside("SELECT transport FROM feedback_channel WHERE source = :a1", {source}, "t");
    if (rows.next()) known->second = rows.text(0);
  }
  return known->second;
}

void transaction::set_feedback_channel(const feedback_channel &channel, const std::string &actor, time_us at) {
  transports_.clear();
  const auto now = channel.transport + " " + texts_to_json(channel.settings);
  std::string was;
  for (const auto &one : read_channels(on_)) {
    if (one.source == channel.source) was = one.transport + " " + texts_to_json(one.settings);
  }
  on_.change(
      channel_fields.insert("feedback_channel") + " ON CONFLICT (source) DO UPDATE SET " + channel_settings.replaced(),
      channel_fields.values(channel));
  // What waited for the channel need not wait any longer.
  on_.change("UPDATE feedback_message SET next_attempt_at = :a1 WHERE source = :a2 AND status = 'waiting'",
             {at, channel.source});
  if (channel.transport == "none") {
    on_.change(
        "UPDATE feedback_message SET status = 'given_up', answered_at = :a1, decided_by = :a2 WHERE source = :a3 AND "
        "status = 'waiting'",
        {at, actor, channel.source});
  }
  note(on_, {0, at, actor, "feedback_channel", channel.source, was, now});
}

namespace {

std::vector<settings_change> read_changes(connection &on, const std::string &which, std::vector<value> values) {
  return change_fields.all(on, "FROM settings_change " + which, std::move(values));
}

}  // namespace

std::string transaction::last_changed_by(const std::string &kind, const std::string &subject) {
  return on_.text("SELECT actor FROM settings_change WHERE kind = :a1 AND subject = :a2 ORDER BY id DESC LIMIT 1",
                  {kind, subject});
}

std::vector<settings_change> store::settings_history(int limit) {
  return inside_->read([&](connection &on) {
    return read_changes(on, "ORDER BY id DESC LIMIT :a1", {std::clamp(limit, 1, most_rows)});
  });
}

std::vector<settings_change> store::changes_with(std::int64_t id) {
  return inside_->read([&](connection &on) -> std::vector<settings_change> {
    const auto found = read_changes(on, "WHERE id = :a1", {id});
    if (found.empty()) return {};
    const auto &one = found.front();
    // Those of one act were written one after the other: a bound that keeps the search near them.
    constexpr std::int64_t most_together = 100'000;
    return read_changes(on, "WHERE id BETWEEN :a1 AND :a2 AND at = :a3 AND actor = :a4 AND kind = :a5 ORDER BY id",
                        {id - most_together, id + most_together, one.at, one.actor, one.kind});
  });
}

}  // namespace lead_system::store
