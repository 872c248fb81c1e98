#include "store/answer_rows.hpp"

#include "store/place_rules.hpp"

namespace lead_system::store {

namespace {

constexpr place_setting receipt_setting{"receipt_rule", "receipts"};

std::vector<answer_template> templates_where(connection &on, const std::string &rest, std::vector<value> values) {
  std::vector<answer_template> result;
  auto &rows = on.run(
      "SELECT id, kind, language, reach, title, subject, body, active, version, changed_by, changed_at FROM "
      "answer_template " +
          rest,
      std::move(values),
      "itttttt"
      "iiti");
  while (rows.next()) {
    result.push_back({rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
                      rows.text(6), rows.number(7) != 0, rows.number(8), rows.text(9), rows.number(10)});
  }
  return result;
}

std::optional<answer_template> template_of(connection &on, std::int64_t id) {
  auto found = templates_where(on, "WHERE id = :a1", {id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

/// As the history tells it: what it is, not the whole text.
std::string written_template(const answer_template &item) {
  return item.title + " (" + item.language + ", " + item.kind + ", " + (item.reach.empty() ? "*" : item.reach) +
         (item.active ? ", on)" : ", off)");
}

void note_answer_change(connection &on, const std::string &kind, const std::string &subject, const std::string &was,
                        const std::string &is, const std::string &actor, time_us at) {
  on.change("INSERT INTO settings_change (at, actor, kind, subject, was, is_now) VALUES (:a1, :a2, :a3, :a4, :a5, :a6)",
            {at, actor, kind, subject, was, is});
}

std::int64_t insert_template(connection &on, const answer_template &item, const std::string &actor, time_us at) {
  auto &made = on.run(
      "INSERT INTO answer_template (kind, language, reach, title, subject, body, active, version, changed_by, "
      "changed_at) VALUES (:a1, :a2, :a3, :a4, :a5, :a6, :a7, 1, :a8, :a9) RETURNING id",
      {item.kind, item.language, item.reach, item.title, item.subject, item.body, item.active ? 1 : 0, actor, at}, "i");
  return made.next() ? made.number(0) : 0;
}

}  // namespace

std::vector<answer_template> answer_rows::templates() {
  return in_.inside().read(
      [](connection &on) { return templates_where(on, "ORDER BY kind DESC, language, title, id", {}); });
}

std::optional<answer_template> answer_rows::find(std::int64_t id) {
  return in_.inside().read([&](connection &on) { return template_of(on, id); });
}

std::optional<std::int64_t> answer_rows::save(const answer_template &item, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) -> std::optional<std::int64_t> {
    if (item.id == 0) {
      const auto id = insert_template(on, item, actor, at);
      note_answer_change(on, "answer_template", std::to_string(id), {}, written_template(item), actor, at);
      return id;
    }
    const auto before = template_of(on, item.id);
    if (!before || before->version != item.version) return std::nullopt;
    on.change(
        "UPDATE answer_template SET kind = :a1, language = :a2, reach = :a3, title = :a4, subject = :a5, body = :a6, "
        "active = :a7, version = version + 1, changed_by = :a8, changed_at = :a9 WHERE id = :a10",
        {item.kind, item.language, item.reach, item.title, item.subject, item.body, item.active ? 1 : 0, actor, at,
         item.id});
    note_answer_change(on, "answer_template", std::to_string(item.id), written_template(*before),
                       written_template(item), actor, at);
    return item.id;
  });
}

bool answer_rows::remove(std::int64_t id, std::int64_t version, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    const auto before = template_of(on, id);
    if (!before || before->version != version) return false;
    on.change("DELETE FROM answer_template WHERE id = :a1", {id});
    note_answer_change(on, "answer_template", std::to_string(id), written_template(*before), {}, actor, at);
    return true;
  });
}

std::vector<answer_footer> answer_rows::footers() {
  return in_.inside().read([](connection &on) {
    std::vector<answer_footer> result;
    auto &rows = on.run("SELECT location, language, body FROM answer_footer ORDER BY location, language", {}, "ttt");
    while (rows.next()) result.push_back({rows.text(0), rows.text(1), rows.text(2)});
    return result;
  });
}

bool answer_rows::set_footer(const answer_footer &item, const std::string &seen, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    auto &rows = on.run("SELECT body FROM answer_footer WHERE location = :a1 AND language = :a2",
                        {item.location, item.language}, "t");
    const auto was = rows.next() ? rows.text(0) : std::string{};
    if (was != seen) return false;
    if (was == item.body) return true;
    on.change("DELETE FROM answer_footer WHERE location = :a1 AND language = :a2", {item.location, item.language});
    if (!item.body.empty()) {
      on.change("INSERT INTO answer_footer (location, language, body) VALUES (:a1, :a2, :a3)",
                {item.location, item.language, item.body});
    }
    note_answer_change(on, "answer_footer", item.location + ":" + item.language, was, item.body, actor, at);
    return true;
  });
}

std::vector<assignment_rule> answer_rows::receipt_rules() {
  return in_.inside().read([](connection &on) { return places_set(on, receipt_setting); });
}

bool answer_rows::set_receipts(const std::string &type, const std::vector<std::string> &locations,
                               const std::string *seen, const std::string &actor, time_us at) {
  return in_.inside().write(
      [&](connection &on) { return set_places(on, receipt_setting, type, locations, seen, actor, at); });
}

const std::string &without_receipt_sql() {
  static const std::string sql =
      "SELECT id FROM lead WHERE is_open = 1 AND type = :a1 AND location = :a2 AND created_at >= :a3 AND NOT EXISTS "
      "(SELECT 1 FROM receipt WHERE receipt.lead_id = lead.id) ORDER BY created_at, id LIMIT :a4";
  return sql;
}

std::vector<std::int64_t> answer_rows::without_receipt(const assignment_rule &rule, time_us since, int limit) {
  return in_.inside().read([&](connection &on) {
    std::vector<std::int64_t> result;
    auto &rows = on.run(without_receipt_sql(), {rule.type, rule.location, since, limit}, "i");
    while (rows.next()) result.push_back(rows.number(0));
    return result;
  });
}

time_us answer_rows::arrival_of(std::int64_t lead_id) {
  return in_.inside().read([&](connection &on) -> time_us {
    auto &rows = on.run("SELECT created_at FROM lead WHERE id = :a1", {lead_id}, "i");
    return rows.next() ? rows.number(0) : 0;
  });
}

std::vector<queued_mail> answer_rows::due(time_us now, int limit) {
  in_.inside().mend_clock_jumps(now);
  return in_.inside().read([&](connection &on) {
    std::vector<queued_mail> result;
    auto &rows = on.run(
        "SELECT mail_key, lead_id, document, next_attempt_at, attempts, problem FROM mail_queue WHERE next_attempt_at "
        "<= :a1 ORDER BY next_attempt_at, mail_key LIMIT :a2",
        {now, limit}, "titiit");
    while (rows.next()) {
      result.push_back({rows.text(0), rows.number(1), rows.text(2), rows.number(3), rows.small(4), rows.text(5)});
    }
    return result;
  });
}

void answer_rows::given(const std::string &key) {
  in_.inside().write([&](connection &on) { on.change("DELETE FROM mail_queue WHERE mail_key = :a1", {key}); });
}

void answer_rows::not_given(const queued_mail &item) {
  in_.inside().write([&](connection &on) {
    on.change("UPDATE mail_queue SET next_attempt_at = :a1, attempts = :a2, problem = :a3 WHERE mail_key = :a4",
              {item.next_attempt_at, item.attempts, item.problem, item.key});
  });
}

answer_rows::backlog answer_rows::count() {
  return in_.inside().read([](connection &on) {
    backlog result;
    auto &rows = on.run(
        "SELECT problem, (SELECT COUNT(*) FROM mail_queue WHERE attempts > 0) FROM mail_queue WHERE attempts > 0 ORDER "
        "BY attempts DESC, mail_key LIMIT 1",
        {}, "ti");
    if (rows.next()) {
      result.problem = rows.text(0);
      result.waiting = rows.number(1);
    }
    return result;
  });
}

std::int64_t answer_rows::known_change() {
  return in_.inside().read([](connection &on) -> std::int64_t {
    auto &rows = on.run("SELECT change_number FROM mail_known WHERE id = 1", {}, "i");
    return rows.next() ? rows.number(0) : 0;
  });
}

void answer_rows::know(std::int64_t change) {
  in_.inside().write([&](connection &on) {
    on.change("UPDATE mail_known SET change_number = :a1 WHERE id = 1 AND change_number < :a2", {change, change});
  });
}

bool transaction::decide_receipt(std::int64_t lead_id, const std::string &outcome, time_us at) {
  return on_.change("INSERT INTO receipt (lead_id, outcome, at) VALUES (:a1, :a2, :a3) ON CONFLICT DO NOTHING",
                    {lead_id, outcome, at}) == 1;
}

void transaction::queue_mail(std::int64_t lead_id, const std::string &key, const std::string &document, time_us at) {
  on_.change(
      "INSERT INTO mail_queue (mail_key, lead_id, document, next_attempt_at, attempts, problem) VALUES (:a1, :a2, :a3, "
      ":a4, 0, '') ON CONFLICT DO NOTHING",
      {key, lead_id, document, at});
}

bool transaction::take_mail_news(const std::string &id, std::int64_t lead_id) {
  return on_.change("INSERT INTO mail_news (id, lead_id) VALUES (:a1, :a2) ON CONFLICT DO NOTHING", {id, lead_id}) == 1;
}

}  // namespace lead_system::store
