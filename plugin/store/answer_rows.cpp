#include "store/answer_rows.hpp"

#include "store/fields.hpp"
#include "store/place_rules.hpp"
#include "store/settings_history.hpp"

namespace lead_system::store {

namespace {

constexpr place_setting receipt_setting{"receipt_rule", "receipts"};

/// What an admin writes of a template.
constexpr auto template_texts =
    fields_of<answer_template>(field("kind", &answer_template::kind), field("language", &answer_template::language),
                               field("reach", &answer_template::reach), field("title", &answer_template::title),
                               field("subject", &answer_template::subject), field("body", &answer_template::body),
                               field("active", &answer_template::active));
constexpr auto template_fields = fields_of<answer_template>(field("id", &answer_template::id)) + template_texts +
                                 fields_of<answer_template>(field("version", &answer_template::version),
                                                            field("changed_by", &answer_template::changed_by),
                                                            field("changed_at", &answer_template::changed_at));

constexpr auto footer_fields =
    fields_of<answer_footer>(field("location", &answer_footer::location), field("language", &answer_footer::language),
                             field("body", &answer_footer::body));

constexpr auto mail_fields = fields_of<queued_mail>(
    field("mail_key", &queued_mail::key), field("lead_id", &queued_mail::lead_id),
    field("document", &queued_mail::document), field("next_attempt_at", &queued_mail::next_attempt_at),
    field("attempts", &queued_mail::attempts), field("problem", &queued_mail::problem));

std::optional<answer_template> template_of(connection &on, std::int64_t id) {
  return template_fields.first(on, "FROM answer_template WHERE id = :a1", {id});
}

/// As the history tells it: what it is, not the whole text.
std::string written_template(const answer_template &item) {
  return item.title + " (" + item.language + ", " + item.kind + ", " + (item.reach.empty() ? "*" : item.reach) +
         (item.active ? ", on)" : ", off)");
}

std::int64_t insert_template(connection &on, const answer_template &item, const std::string &actor, time_us at) {
  static const auto sql =
      template_texts.insert("answer_template", {"version", "changed_by", "changed_at"}) + " RETURNING id";
  return on.number(sql, template_texts.values(item, 1, actor, at));
}

}  // namespace

std::vector<answer_template> answer_rows::templates() {
  return in_.inside().read([](connection &on) {
    return template_fields.all(on, "FROM answer_template ORDER BY kind DESC, language, title, id");
  });
}

std::optional<answer_template> answer_rows::find(std::int64_t id) {
  return in_.inside().read([&](connection &on) { return template_of(on, id); });
}

std::optional<std::int64_t> answer_rows::save(const answer_template &item, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) -> std::optional<std::int64_t> {
    if (item.id == 0) {
      const auto id = insert_template(on, item, actor, at);
      note(on, {0, at, actor, "answer_template", std::to_string(id), {}, written_template(item)});
      return id;
    }
    const auto before = template_of(on, item.id);
    if (!before || before->version != item.version) return std::nullopt;
    const auto placeholder = [](std::size_t behind) { return ":a" + std::to_string(template_texts.count + behind); };
    on.change("UPDATE answer_template SET " + template_texts.assignments() + ", version = version + 1, changed_by = " +
                  placeholder(1) + ", changed_at = " + placeholder(2) + " WHERE id = " + placeholder(3),
              template_texts.values(item, actor, at, item.id));
    note(on,
         {0, at, actor, "answer_template", std::to_string(item.id), written_template(*before), written_template(item)});
    return item.id;
  });
}

bool answer_rows::remove(std::int64_t id, std::int64_t version, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    const auto before = template_of(on, id);
    if (!before || before->version != version) return false;
    on.change("DELETE FROM answer_template WHERE id = :a1", {id});
    note(on, {0, at, actor, "answer_template", std::to_string(id), written_template(*before), {}});
    return true;
  });
}

std::vector<answer_footer> answer_rows::footers() {
  return in_.inside().read(
      [](connection &on) { return footer_fields.all(on, "FROM answer_footer ORDER BY location, language"); });
}

bool answer_rows::set_footer(const answer_footer &item, const std::string &seen, const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    const auto was = on.text("SELECT body FROM answer_footer WHERE location = :a1 AND language = :a2",
                             {item.location, item.language});
    if (was != seen) return false;
    if (was == item.body) return true;
    on.change("DELETE FROM answer_footer WHERE location = :a1 AND language = :a2", {item.location, item.language});
    if (!item.body.empty()) on.change(footer_fields.insert("answer_footer"), footer_fields.values(item));
    note(on, {0, at, actor, "answer_footer", item.location + ":" + item.language, was, item.body});
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
    return on.numbers(without_receipt_sql(), {rule.type, rule.location, since, limit});
  });
}

time_us answer_rows::arrival_of(std::int64_t lead_id) {
  return in_.inside().read(
      [&](connection &on) -> time_us { return on.number("SELECT created_at FROM lead WHERE id = :a1", {lead_id}); });
}

std::vector<queued_mail> answer_rows::due(time_us now, int limit) {
  in_.inside().mend_clock_jumps(now);
  return in_.inside().read([&](connection &on) {
    return mail_fields.all(
        on, "FROM mail_queue WHERE next_attempt_at <= :a1 ORDER BY next_attempt_at, mail_key LIMIT :a2", {now, limit});
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
  return in_.inside().read(
      [](connection &on) -> std::int64_t { return on.number("SELECT change_number FROM mail_known WHERE id = 1"); });
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
  on_.change(mail_fields.insert("mail_queue") + " ON CONFLICT DO NOTHING",
             mail_fields.values({key, lead_id, document, at, 0, {}}));
}

bool transaction::take_mail_news(const std::string &id, std::int64_t lead_id) {
  return on_.change("INSERT INTO mail_news (id, lead_id) VALUES (:a1, :a2) ON CONFLICT DO NOTHING", {id, lead_id}) == 1;
}

}  // namespace lead_system::store
