#include "store/settings.hpp"

#include <algorithm>
#include <array>

#include "store/events.hpp"

namespace lead_system::store {

namespace {

constexpr std::array<std::string_view, 4> scope_keys{"inherit", "none", "all", "locations"};
constexpr int most_rows = 500;

access::scope scope_from(std::string_view key) noexcept {
  const auto found = std::find(scope_keys.begin(), scope_keys.end(), key);
  // An unknown one comes from a newer plugin in a rolling upgrade: grant nothing on a guess.
  return found == scope_keys.end() ? access::scope::none : static_cast<access::scope>(found - scope_keys.begin());
}

std::string written(const access::grant &grant) {
  std::string text(key(grant.reach));
  for (const auto &location : grant.locations) text += (&location == &grant.locations.front() ? ": " : ", ") + location;
  return text;
}

std::string written(const lead_type_setting &setting) {
  return "active_from " + std::to_string(setting.active_from) + ", reminder " +
         std::to_string(setting.reminder_minutes) + ", escalation " + std::to_string(setting.escalation_minutes) +
         ", retention " + std::to_string(setting.retention_months);
}

void note(connection &on, const settings_change &change) {
  on.change("INSERT INTO settings_change (at, actor, kind, subject, was, is_now) VALUES (:a1, :a2, :a3, :a4, :a5, :a6)",
            {change.at, change.actor, change.kind, change.subject, change.was, change.is});
}

template <typename Item, typename Condition>
std::string written_before(const std::vector<Item> &items, Condition &&is_it) {
  const auto found = std::find_if(items.begin(), items.end(), is_it);
  return found == items.end() ? std::string{} : written(*found);
}

}  // namespace

std::string_view key(access::scope reach) noexcept {
  return scope_keys[static_cast<std::size_t>(reach)];
}

std::vector<access::grant> grants(connection &on) {
  std::vector<access::grant> result;
  auto &rows = on.run(
      "SELECT g.user_id, g.on_category, g.subject, g.scope, COALESCE(l.location, '') FROM grant_entry g LEFT JOIN "
      "grant_location l ON l.user_id = g.user_id AND l.on_category = g.on_category AND l.subject = g.subject "
      "ORDER BY g.user_id, g.on_category, g.subject, l.location",
      {}, "tittt");
  while (rows.next()) {
    const bool on_category = rows.number(1) != 0;
    const bool same = !result.empty() && result.back().user == rows.text(0) &&
                      result.back().on_category == on_category && result.back().subject == rows.text(2);
    if (!same) result.push_back({rows.text(0), on_category, rows.text(2), scope_from(rows.text(3)), {}});
    if (!rows.text(4).empty()) result.back().locations.push_back(rows.text(4));
  }
  return result;
}

void set_grant(connection &on, const access::grant &grant, const std::string &actor, time_us at) {
  const auto was = written_before(grants(on), [&](const access::grant &one) {
    return one.user == grant.user && one.on_category == grant.on_category && one.subject == grant.subject;
  });
  const int level = grant.on_category ? 1 : 0;
  // Child rows by hand too: what SQLite does on its own hangs on a setting of the session.
  for (const char *table : {"grant_location", "grant_entry"}) {
    on.change("DELETE FROM " + std::string(table) + " WHERE user_id = :a1 AND on_category = :a2 AND subject = :a3",
              {grant.user, level, grant.subject});
  }
  if (grant.reach != access::scope::inherit) {
    on.change("INSERT INTO grant_entry (user_id, on_category, subject, scope) VALUES (:a1, :a2, :a3, :a4)",
              {grant.user, level, grant.subject, std::string(key(grant.reach))});
  }
  if (grant.reach == access::scope::locations) {
    for (const auto &location : grant.locations) {
      on.change(
          "INSERT INTO grant_location (user_id, on_category, subject, location) VALUES (:a1, :a2, :a3, :a4) ON "
          "CONFLICT DO NOTHING",
          {grant.user, level, grant.subject, location});
    }
  }
  note(on, {0, at, actor, "grant", grant.user + " / " + grant.subject, was, written(grant)});
}

std::vector<lead_type_setting> lead_type_settings(connection &on) {
  std::vector<lead_type_setting> result;
  auto &rows = on.run(
      "SELECT type, active_from, reminder_minutes, escalation_minutes, retention_months FROM lead_type_setting "
      "ORDER BY type",
      {}, "tiiii");
  while (rows.next()) {
    result.push_back({rows.text(0), rows.number(1), rows.small(2), rows.small(3), rows.small(4)});
  }
  return result;
}

void set_lead_type(connection &on, const lead_type_setting &setting, const std::string &actor, time_us at) {
  const auto was =
      written_before(lead_type_settings(on), [&](const lead_type_setting &one) { return one.type == setting.type; });
  on.change(
      "INSERT INTO lead_type_setting (type, active_from, reminder_minutes, escalation_minutes, retention_months) "
      "VALUES (:a1, :a2, :a3, :a4, :a5) ON CONFLICT (type) DO UPDATE SET active_from = excluded.active_from, "
      "reminder_minutes = excluded.reminder_minutes, escalation_minutes = excluded.escalation_minutes, "
      "retention_months = excluded.retention_months",
      {setting.type, setting.active_from, setting.reminder_minutes, setting.escalation_minutes,
       setting.retention_months});
  note(on, {0, at, actor, "lead_type", setting.type, was, written(setting)});
}

std::vector<dealer_code> dealer_codes(connection &on) {
  std::vector<dealer_code> result;
  auto &rows = on.run("SELECT source, code, location FROM dealer_code ORDER BY source, code", {}, "ttt");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1), rows.text(2)});
  return result;
}

std::vector<dealer_code> unmapped_dealer_codes(connection &on) {
  std::vector<dealer_code> result;
  auto &rows = on.run(
      "SELECT DISTINCT source, dealer_code FROM lead WHERE is_open = 1 AND location = '' AND dealer_code <> '' "
      "ORDER BY source, dealer_code",
      {}, "tt");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1), {}});
  return result;
}

void set_dealer_code(connection &on, const dealer_code &code, const std::string &actor, time_us at) {
  std::string was;
  if (auto &known =
          on.run("SELECT location FROM dealer_code WHERE source = :a1 AND code = :a2", {code.source, code.code}, "t");
      known.next()) {
    was = known.text(0);
  }
  if (code.location.empty()) {
    on.change("DELETE FROM dealer_code WHERE source = :a1 AND code = :a2", {code.source, code.code});
  } else {
    on.change(
        "INSERT INTO dealer_code (source, code, location) VALUES (:a1, :a2, :a3) ON CONFLICT (source, code) DO UPDATE "
        "SET location = excluded.location",
        {code.source, code.code, code.location});
  }
  note(on, {0, at, actor, "dealer_code", code.source + " / " + code.code, was, code.location});
}

std::int64_t locate_leads(connection &on, const dealer_code &code, time_us at) {
  const std::string those = " FROM lead WHERE source = :a1 AND dealer_code = :a2 AND is_open = 1 AND location = ''";
  if (code.location.empty()) return 0;
  const auto data = texts_to_json({{"location", code.location}, {"dealer_code", code.code}});
  on.change(
      "INSERT INTO lead_event (lead_id, lead_version, at, kind, actor, actor_name, comment, data) SELECT id, version + "
      "1, "
      "CAST(:a3 AS BIGINT), 'located', '', '', '', CAST(:a4 AS TEXT)" +
          those,
      {code.source, code.code, at, data});
  return on.change(
      "UPDATE lead SET location = :a3, updated_at = :a4, version = version + 1 WHERE source = :a1 AND "
      "dealer_code = :a2 AND is_open = 1 AND location = ''",
      {code.source, code.code, code.location, at});
}

std::vector<feedback_channel> feedback_channels(connection &on) {
  std::vector<feedback_channel> result;
  auto &rows = on.run("SELECT source, transport, settings FROM feedback_channel ORDER BY source", {}, "ttt");
  while (rows.next()) result.push_back({rows.text(0), rows.text(1), texts_from_json(rows.text(2))});
  return result;
}

std::string feedback_transport(connection &on, const std::string &source) {
  auto &rows = on.run("SELECT transport FROM feedback_channel WHERE source = :a1", {source}, "t");
  return rows.next() ? rows.text(0) : std::string{};
}

void set_feedback_channel(connection &on, const feedback_channel &channel, const std::string &actor, time_us at) {
  const auto now = channel.transport + " " + texts_to_json(channel.settings);
  std::string was;
  for (const auto &one : feedback_channels(on)) {
    if (one.source == channel.source) was = one.transport + " " + texts_to_json(one.settings);
  }
  on.change(
      "INSERT INTO feedback_channel (source, transport, settings) VALUES (:a1, :a2, :a3) ON CONFLICT (source) DO "
      "UPDATE SET transport = excluded.transport, settings = excluded.settings",
      {channel.source, channel.transport, texts_to_json(channel.settings)});
  // What waited for the channel need not wait any longer.
  on.change("UPDATE feedback_message SET next_attempt_at = :a1 WHERE source = :a2 AND status = 'waiting'",
            {at, channel.source});
  if (channel.transport == "none") {
    on.change(
        "UPDATE feedback_message SET status = 'given_up', answered_at = :a1 WHERE source = :a2 AND status = 'waiting'",
        {at, channel.source});
  }
  note(on, {0, at, actor, "feedback_channel", channel.source, was, now});
}

std::vector<settings_change> settings_history(connection &on, int limit) {
  std::vector<settings_change> result;
  auto &rows =
      on.run("SELECT id, at, actor, kind, subject, was, is_now FROM settings_change ORDER BY id DESC LIMIT :a1",
             {std::clamp(limit, 1, most_rows)}, "iittttt");
  while (rows.next()) {
    result.push_back(
        {rows.number(0), rows.number(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)});
  }
  return result;
}

}  // namespace lead_system::store
