#include "store/definition_rows.hpp"

#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/settings_history.hpp"

namespace lead_system::store {

namespace {

constexpr auto definition_fields = fields_of<own_definition>(
    field("id", &own_definition::id), field("title", &own_definition::title), field("base", &own_definition::base),
    field("base_digest", &own_definition::base_digest), field("active_version", &own_definition::active),
    field("last_version", &own_definition::last));

/// A version without its text.
constexpr auto version_head = fields_of<definition_version>(
    field("source", &definition_version::source), field("version", &definition_version::version),
    field("note", &definition_version::note), field("made_by", &definition_version::made_by),
    field("made_at", &definition_version::made_at), field("activated_at", &definition_version::activated_at));
constexpr auto version_fields = version_head + fields_of<definition_version>(field("text", &definition_version::text));

std::optional<own_definition> definition_with(connection &on, const std::string &id) {
  return definition_fields.first(on, "FROM own_definition WHERE id = :a1", {id});
}

void tell_hosts(connection &on) {
  on.change("UPDATE own_definition_news SET revision = revision + 1 WHERE id = :a1", {1});
}

/// Writers of one definition wait for each other here, so that what was read stays true: SQLite has one writer anyway.
void lock_definitions(connection &on) {
  tell_hosts(on);
}

/// As the settings' history tells it; empty: none.
std::string written(std::int64_t version) {
  return version == 0 ? std::string{} : std::to_string(version);
}

}  // namespace

std::int64_t definition_rows::revision() {
  return in_.inside().read(
      [](connection &on) { return on.number("SELECT revision FROM own_definition_news WHERE id = :a1", {1}); });
}

std::vector<own_definition> definition_rows::all() {
  return in_.inside().read([](connection &on) { return definition_fields.all(on, "FROM own_definition ORDER BY id"); });
}

std::optional<own_definition> definition_rows::find(const std::string &id) {
  return in_.inside().read([&](connection &on) { return definition_with(on, id); });
}

std::vector<definition_version> definition_rows::versions(const std::string &id) {
  return in_.inside().read([&](connection &on) {
    return version_head.all(on, "FROM own_definition_version WHERE source = :a1 ORDER BY version DESC LIMIT 500", {id});
  });
}

std::optional<definition_version> definition_rows::version(const std::string &id, std::int64_t number) {
  return in_.inside().read([&](connection &on) {
    return version_fields.first(on, "FROM own_definition_version WHERE source = :a1 AND version = :a2", {id, number});
  });
}

std::optional<std::int64_t> definition_rows::save(const own_definition &of, const definition_version &made,
                                                  std::int64_t seen_last) {
  return in_.inside().write([&](connection &on) -> std::optional<std::int64_t> {
    lock_definitions(on);
    const auto before = definition_with(on, of.id);
    if ((before ? before->last : 0) != seen_last) return std::nullopt;
    const auto number = seen_last + 1;
    if (before) {
      on.change("UPDATE own_definition SET title = :a1, last_version = :a2 WHERE id = :a3", {of.title, number, of.id});
    } else {
      on.change(definition_fields.insert("own_definition"),
                definition_fields.values({of.id, of.title, of.base, of.base_digest, 0, number}));
    }
    on.change(version_fields.insert("own_definition_version"),
              version_fields.values({of.id, number, made.text, made.note, made.made_by, made.made_at, 0}));
    return number;
  });
}

bool definition_rows::activate(const std::string &id, std::int64_t number, std::int64_t seen_active,
                               const std::string &actor, time_us at) {
  return in_.inside().write([&](connection &on) {
    lock_definitions(on);
    const auto before = definition_with(on, id);
    if (!before || before->active != seen_active) return false;
    if (before->active == number) return true;
    if (number != 0) {
      const auto there =
          on.run("SELECT version FROM own_definition_version WHERE source = :a1 AND version = :a2", {id, number}, "i")
              .next();
      if (!there) return false;
      on.change(
          "UPDATE own_definition_version SET activated_at = :a1 WHERE source = :a2 AND version = :a3 AND activated_at "
          "= 0",
          {at, id, number});
    }
    on.change("UPDATE own_definition SET active_version = :a1 WHERE id = :a2", {number, id});
    note(on, {0, at, actor, "definition", id, written(before->active), written(number)});
    return true;
  });
}

bool definition_rows::drop_draft(const std::string &id, std::int64_t number) {
  return in_.inside().write([&](connection &on) {
    lock_definitions(on);
    const auto gone = on.change(
        "DELETE FROM own_definition_version WHERE source = :a1 AND version = :a2 AND activated_at = 0", {id, number});
    if (gone == 0) return false;
    on.change(
        "DELETE FROM own_definition WHERE id = :a1 AND NOT EXISTS (SELECT 1 FROM own_definition_version WHERE source = "
        ":a2)",
        {id, id});
    return true;
  });
}

void definition_rows::note_base(const std::string &id, const std::string &digest) {
  in_.inside().write([&](connection &on) {
    on.change("UPDATE own_definition SET base_digest = :a1 WHERE id = :a2", {digest, id});
  });
}

}  // namespace lead_system::store
