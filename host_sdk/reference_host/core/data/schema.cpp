// The host's own schema, step by step. Steps are only ever added.
#include <array>
#include <string_view>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/data/database.hpp"

namespace dms::reference {
namespace {

// Lists (roles, locations, hours) are JSON text: the host always reads them whole.
constexpr std::array steps{
    std::string_view{R"(
create table users (id {key} primary key, name {key} not null, email text not null, roles text not null,
  locations text not null, locale text not null, active bigint not null, password text not null);
create table locations (position {id}, id {key} not null unique, name {key} not null,
  street text not null, postal_code {key} not null, city text not null, time_zone text not null, region text not null,
  open bigint not null, hours text not null);
create table counters (name {key} primary key, value bigint not null);
insert into counters values ('directory', 1);
create table customers (id {id}, kind text not null, salutation text not null, title text not null,
  first_name text not null, last_name text not null, company text not null, email text not null,
  street text not null, postal_code {key} not null, city text not null, country text not null, language text not null,
  salesperson text not null, created_us bigint not null, email_folded {key} not null, name_folded {key} not null,
  searched text not null, merged_into bigint);
create index customers_by_email on customers (email_folded);
create index customers_by_name on customers (name_folded, postal_code);
create table customer_phones (customer bigint not null references customers (id), position bigint not null,
  number {key} not null, primary key (customer, position));
create index customer_phones_by_number on customer_phones (number);
create table vehicles (vin {key} primary key, make text not null, model text not null, registration text not null,
  customer bigint not null references customers (id));
create index vehicles_by_customer on vehicles (customer);
create table documents (id {id}, customer bigint not null references customers (id),
  name {key} not null, media_type text not null, reference {key} not null, at_us bigint not null, bytes {bytes} not null);
create index documents_by_customer on documents (customer);
create table contacts (id {id}, "user" {key} not null, customer bigint not null, name {key} not null,
  due_us bigint not null, kind text not null, note text not null, reference {key} not null, link text not null,
  done_us bigint not null, result text not null);
create index contacts_by_user on contacts ("user", done_us, due_us);
create index contacts_by_reference on contacts (reference);
create index contacts_by_customer on contacts (customer);
create table idempotency (key {key} primary key, kind text not null, id bigint not null);
create table notifications (id {id}, key {key} not null, "user" {key} not null, tone text not null,
  text text not null, link text not null, at_us bigint not null, read_us bigint not null, unique (key, "user"));
create index notifications_by_user on notifications ("user", id);
create table audit (id {id}, at_us bigint not null, "user" {key} not null, channel text not null,
  action {key} not null, subject text not null, detail text not null);
create index audit_by_user on audit ("user", id);
create table sessions (token {key} primary key, "user" {key} not null, csrf text not null, created_us bigint not null,
  expires_us bigint not null);
create index sessions_by_user on sessions ("user");
create table failed_sign_ins ("user" {key} primary key, count bigint not null, last_us bigint not null);
create table intake_tokens (id {id}, token {key} not null unique, source text not null,
  label text not null, created_us bigint not null, used_us bigint not null);
create table settings (scope {key} not null, key {key} not null, value text not null, primary key (scope, key));
create table role_rights (role {key} not null, "right" {key} not null, granted bigint not null,
  primary key (role, "right"));
create table plugins (id {key} primary key, wanted bigint not null, wish bigint not null, done bigint not null,
  state text not null, reason text not null, changed_us bigint not null);
)"},
    // The text of a notification in other languages than the dealership's: {"en": "…"}.
    std::string_view{"alter table notifications add column texts text not null default '{}';"},
    // Changes that can be taken back: the customer's revision, and what each change of a plugin replaced.
    std::string_view{R"(
alter table customers add column revision bigint not null default 1;
create table customer_changes (key {key} primary key, customer bigint not null, answer text not null);
create index idempotency_by_id on idempotency (kind, id);
)"},
    // 1: stands on every page of its user until it is withdrawn.
    std::string_view{"alter table notifications add column standing bigint not null default 0;"},
    std::string_view{
        "create index audit_by_action on audit (action, id); create index audit_by_time on audit (at_us, id);"},
    // Numbers that several hosts give: {customer_numbers}. How each host that serves is with each plugin.
    std::string_view{R"({customer_numbers}
create table plugin_states (host {key} not null, plugin {key} not null, done bigint not null, state text not null,
  reason text not null, changed_us bigint not null, primary key (host, plugin));
insert into plugin_states select '', id, done, state, reason, changed_us from plugins;
)"},
    // What an action came to: JSON for the next page of the session, whichever host sends it.
    std::string_view{"alter table sessions add column told text not null default '';"},
    std::string_view{"alter table contacts add column done_by text not null default '';"},
    // Channels by which somebody does not want to be reached: ["phone"].
    std::string_view{R"(
alter table contacts add column refused text not null default '[]';
alter table customers add column refused text not null default '[]';
)"},
    // Forms of ended sessions, for their people to find again.
    std::string_view{R"(
create table kept_forms (id {key} primary key, "user" {key} not null, at_us bigint not null, form text not null);
create index kept_forms_by_user on kept_forms ("user", at_us);
)"},
    // What payloads were answered, for who asks again with the same key.
    std::string_view{R"(
create table intake_answers (key {key} primary key, digest text not null, answer text not null, at_us bigint not null);
create index intake_answers_by_time on intake_answers (at_us);
)"},
    // Who somebody is for whom a sign-in service vouches.
    std::string_view{R"(create table vouched_people (subject {key} primary key, "user" {key} not null);)"},
    // Cars that were sold; each change takes the next number of the counter, which lets one change at a time through.
    std::string_view{R"(
create table deals (id {id}, customer bigint not null references customers (id), make text not null, model text not null,
  vin {key} not null, stock_number {key} not null, salesperson {key} not null, location {key} not null,
  sold_on {key} not null, cancelled bigint not null, change bigint not null unique);
create index deals_by_customer on deals (customer);
insert into counters values ('deals', 0);
)"},
    // Who is away, from when until when: days as 2026-12-05, both included.
    std::string_view{R"(
create table absences (id {id}, "user" {key} not null, from_day {key} not null, to_day {key} not null,
  deputy {key} not null);
create index absences_by_end on absences (to_day);
insert into counters values ('absences', 1);
)"},
    // E-mails to people outside: the outbox of the plugins, and what people answered.
    std::string_view{R"(
create table mails (id {id}, owner {key} not null, key {key} not null unique, reference {key} not null,
  document text not null, message_id {key} not null unique, state {key} not null, problem text not null,
  attempts bigint not null, next_us bigint not null, at_us bigint not null, sent_us bigint not null,
  change bigint not null unique);
create index mails_due on mails (state, next_us);
create index mails_by_change on mails (owner, change);
create index mails_by_reference on mails (owner, reference);
create table mail_replies (id {id}, mail bigint not null references mails (id), owner {key} not null,
  reference {key} not null, digest {key} not null unique, file text not null, sender text not null,
  subject text not null, text text not null, attachments bigint not null, at_us bigint not null,
  change bigint not null unique);
create index mail_replies_by_change on mail_replies (owner, change);
create index mail_replies_by_mail on mail_replies (mail);
create index mail_replies_by_reference on mail_replies (owner, reference);
insert into counters values ('mails', 0);
)"},
    // Messages about a mail that are no answers (bounces, holiday notes, copies): they go with the person too.
    std::string_view{R"(
create table mail_files (id {id}, owner {key} not null, reference {key} not null, file text not null);
create index mail_files_by_reference on mail_files (owner, reference);
)"},
    // Telephone numbers of users. What came with an answer: [{"name": "…", "bytes": 1}].
    std::string_view{R"(
alter table users add column phone text not null default '';
alter table mail_replies add column files text not null default '[]';
)"},
};

/// SQLite runs only the first statement of a text: split at the semicolons (the schema has none elsewhere).
template <typename Run>
void each_statement(std::string_view text, Run &&run) {
  while (true) {
    const auto end = text.find(';');
    if (end == std::string_view::npos) return;
    run(std::string(text.substr(0, end)));
    text.remove_prefix(end + 1);
  }
}

}  // namespace

void migrate(database &to) {
  to.write_schema([kind = to.kind()](soci::session &sql) {
    sql << "create table if not exists schema_version (version bigint not null)";
    int version = 0;
    soci::indicator known{};
    sql << "select max(version) from schema_version", soci::into(version, known);
    if (known == soci::i_null) version = 0;
    if (version > static_cast<int>(steps.size())) {
      throw failure(dms_refused, "The data directory was made by a newer version of this program; install that one.");
    }
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
      each_statement(fill_in(steps[step], kind), [&](const std::string &statement) { sql << statement; });
      const auto reached = static_cast<int>(step + 1);
      sql << "insert into schema_version values (:reached)", soci::use(reached);
    }
  });
}

}  // namespace dms::reference
