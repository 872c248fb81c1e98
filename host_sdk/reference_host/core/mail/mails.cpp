#include "reference_host/core/mail/mails.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "reference_host/core/json_lists.hpp"

namespace dms::reference {
namespace {

constexpr const char *mail_columns =
    "select id, owner, key, reference, document, message_id, state, problem, attempts, next_us, at_us, sent_us, change "
    "from mails ";

template <typename... Values>
std::vector<mail> select_mails(soci::session &sql, const std::string &condition, const Values &...values) {
  std::vector<mail> found;
  mail row;
  soci::statement rows(sql);
  rows.exchange(soci::into(row.id));
  for (auto *text : {&row.owner, &row.key, &row.reference, &row.document, &row.message_id, &row.state, &row.problem}) {
    rows.exchange(soci::into(*text));
  }
  for (auto *number : {&row.attempts, &row.next_us, &row.at_us, &row.sent_us, &row.change}) {
    rows.exchange(soci::into(*number));
  }
  (rows.exchange(soci::use(values)), ...);
  rows.alloc();
  rows.prepare(mail_columns + condition);
  rows.define_and_bind();
  rows.execute();
  while (rows.fetch()) found.push_back(row);
  return found;
}

template <typename... Values>
std::vector<mail> read_mails(const database &from, const std::string &condition, const Values &...values) {
  std::vector<mail> found;
  from.read([&](soci::session &sql) { found = select_mails(sql, condition, values...); });
  return found;
}

std::optional<mail> one_mail(std::vector<mail> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

/// Whoever changes a mail waits here for whoever does it at the same moment: so the numbers are seen in their order.
std::int64_t next_mail_change(soci::session &sql) {
  std::int64_t number = 0;
  sql << "update counters set value = value + 1 where name = 'mails' returning value", soci::into(number);
  return number;
}

/// Whoever wrote it keeps the text; here it is needed no longer.
std::string without_text(const std::string &document) {
  auto rest = nlohmann::json::parse(document, nullptr, false);
  if (!rest.is_object()) return "{}";
  return nlohmann::json{{"to", text_of(rest, "to")}, {"subject", text_of(rest, "subject")}}.dump();
}

}  // namespace

mail mails::add(const mail &item) {
  auto made = item;
  database_.write([&](soci::session &sql) {
    if (auto known = one_mail(select_mails(sql, "where key = :key", item.key))) {
      made = std::move(*known);
      return;
    }
    made = item;
    made.state = "waiting";
    made.change = next_mail_change(sql);
    sql << "insert into mails (owner, key, reference, document, message_id, state, problem, attempts, next_us, at_us, "
           "sent_us, change) values (:owner, :key, :reference, :document, :message, :state, '', 0, :next, :at, 0, "
           ":change) returning id",
        soci::use(made.owner), soci::use(made.key), soci::use(made.reference), soci::use(made.document),
        soci::use(made.message_id), soci::use(made.state), soci::use(made.next_us), soci::use(made.at_us),
        soci::use(made.change), soci::into(made.id);
  });
  return made;
}

std::optional<mail> mails::get(std::int64_t id) const {
  return one_mail(read_mails(database_, "where id = :id", id));
}

std::optional<mail> mails::with_message_id(const std::vector<std::string> &ids) const {
  std::optional<mail> newest;
  for (const auto &id : ids) {
    auto found = one_mail(read_mails(database_, "where message_id = :id", id));
    if (found && (!newest || found->id > newest->id)) newest = std::move(found);
  }
  return newest;
}

std::vector<mail> mails::page(std::int64_t before, int limit) const {
  const auto from = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  return read_mails(database_, "where id < :before order by id desc limit :limit", from, limit);
}

std::vector<mail> mails::due(std::int64_t now_us, int limit) const {
  // No pause is longer than an hour: what waits longer was put off by a clock that stood wrong.
  const auto ahead = now_us + std::int64_t{3'700} * 1'000'000;
  return read_mails(
      database_, "where state = 'waiting' and (next_us <= :now or next_us > :ahead) order by next_us, id limit :limit",
      now_us, ahead, limit);
}

bool mails::lease(const mail &item, std::int64_t until_us) {
  bool done = false;
  database_.write([&](soci::session &sql) {
    soci::statement update =
        (sql.prepare << "update mails set next_us = :until where id = :id and next_us = :seen and state = 'waiting'",
         soci::use(until_us), soci::use(item.id), soci::use(item.next_us));
    update.execute(true);
    done = update.get_affected_rows() > 0;
  });
  return done;
}

bool mails::settle(const mail &item) {
  bool done = false;
  const auto document = item.state == "sent" ? without_text(item.document) : item.document;
  database_.write([&](soci::session &sql) {
    const auto change = next_mail_change(sql);
    soci::statement update =
        (sql.prepare << "update mails set state = :state, problem = :problem, attempts = :attempts, next_us = :next, "
                        "sent_us = :sent, document = :document, change = :change where id = :id",
         soci::use(item.state), soci::use(item.problem), soci::use(item.attempts), soci::use(item.next_us),
         soci::use(item.sent_us), soci::use(document), soci::use(change), soci::use(item.id));
    update.execute(true);
    done = update.get_affected_rows() > 0;
  });
  return done;
}

bool mails::send_again(std::int64_t id, std::int64_t now_us) {
  bool done = false;
  database_.write([&](soci::session &sql) {
    const auto change = next_mail_change(sql);
    // What was sent once has no text any more: a bounce is answered by writing anew.
    soci::statement update =
        (sql.prepare << "update mails set state = 'waiting', problem = '', attempts = 0, next_us = :now, at_us = :at, "
                        "change = :change where id = :id and state = 'failed' and sent_us = 0",
         soci::use(now_us, "now"), soci::use(now_us, "at"), soci::use(change, "change"), soci::use(id, "id"));
    update.execute(true);
    done = update.get_affected_rows() > 0;
  });
  return done;
}

bool mails::take(const mail_reply &item) {
  bool fresh = false;
  database_.write([&](soci::session &sql) {
    std::int64_t known = 0;
    sql << "select count(*) from mail_replies where digest = :digest", soci::use(item.digest), soci::into(known);
    fresh = known == 0;
    if (!fresh) return;
    const auto change = next_mail_change(sql);
    sql << "insert into mail_replies (mail, owner, reference, digest, file, sender, subject, text, attachments, files, "
           "at_us, change) values (:mail, :owner, :reference, :digest, :file, :sender, :subject, :text, :attachments, "
           ":files, :at, :change)",
        soci::use(item.mail), soci::use(item.owner), soci::use(item.reference), soci::use(item.digest),
        soci::use(item.file), soci::use(item.from), soci::use(item.subject), soci::use(item.text),
        soci::use(item.attachments), soci::use(item.files), soci::use(item.at_us), soci::use(change);
  });
  return fresh;
}

std::int64_t mails::newest_change() const {
  std::int64_t number = 0;
  database_.read(
      [&](soci::session &sql) { sql << "select value from counters where name = 'mails'", soci::into(number); });
  return number;
}

std::vector<mail> mails::changed(std::string_view owner, std::int64_t after, std::int64_t upto, int limit) const {
  const std::string whose(owner);
  return read_mails(database_,
                    "where owner = :owner and change > :after and change <= :upto order by change limit :limit", whose,
                    after, upto, limit);
}

std::vector<mail_reply> mails::replies(std::string_view owner, std::int64_t after, std::int64_t upto, int limit) const {
  std::vector<mail_reply> found;
  const std::string whose(owner);
  database_.read([&](soci::session &sql) {
    found.clear();
    mail_reply row;
    soci::statement rows =
        (sql.prepare << "select id, mail, owner, reference, digest, file, sender, subject, text, attachments, files, "
                        "at_us, change from mail_replies where owner = :owner and change > :after and change <= :upto "
                        "order by change limit :limit",
         soci::use(whose), soci::use(after), soci::use(upto), soci::use(limit), soci::into(row.id),
         soci::into(row.mail), soci::into(row.owner), soci::into(row.reference), soci::into(row.digest),
         soci::into(row.file), soci::into(row.from), soci::into(row.subject), soci::into(row.text),
         soci::into(row.attachments), soci::into(row.files), soci::into(row.at_us), soci::into(row.change));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

void mails::keep_file(const mail &about, const std::string &file) {
  database_.write([&](soci::session &sql) {
    sql << "insert into mail_files (owner, reference, file) values (:owner, :reference, :file)", soci::use(about.owner),
        soci::use(about.reference), soci::use(file);
  });
}

std::vector<std::string> mails::files_of(std::string_view owner, std::string_view reference) const {
  std::vector<std::string> files;
  const std::string whose(owner), what(reference);
  database_.read([&](soci::session &sql) {
    files.clear();
    std::string file;
    soci::statement rows =
        (sql.prepare << "select file from mail_replies where owner = :owner and reference = :reference "
                        "union select file from mail_files where owner = :owner2 and reference = :reference2",
         soci::use(whose), soci::use(what), soci::use(whose), soci::use(what), soci::into(file));
    rows.execute();
    while (rows.fetch()) files.push_back(file);
  });
  return files;
}

void mails::forget(std::string_view owner, std::string_view reference) {
  const std::string whose(owner), what(reference);
  database_.write([&](soci::session &sql) {
    for (const auto *table : {"mail_files", "mail_replies"}) {
      sql << "delete from " + std::string(table) + " where owner = :owner and reference = :reference", soci::use(whose),
          soci::use(what);
    }
    sql << "delete from mails where owner = :owner and reference = :reference", soci::use(whose), soci::use(what);
  });
}

mails::counts mails::count() const {
  counts found;
  database_.read([&](soci::session &sql) {
    sql << "select count(*), coalesce(min(at_us), 0) from mails where state = 'waiting'", soci::into(found.waiting),
        soci::into(found.oldest_us);
    sql << "select count(*) from mails where state = 'failed'", soci::into(found.failed);
  });
  return found;
}

}  // namespace dms::reference
