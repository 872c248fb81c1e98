#include "reference_host/core/records/audit.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dms::reference {
namespace {

/// What was cut in the middle of a sign, or came from outside, may be no text that a database keeps.
std::string kept(const std::string &text) {
  using json = nlohmann::json;
  auto clean = json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
  std::ranges::replace(clean, '\0', ' ');
  return clean;
}

}  // namespace

std::int64_t audit::write(const audit_entry &entry) const {
  const auto user = kept(entry.user), subject = kept(entry.subject), detail = kept(entry.detail);
  std::int64_t id = 0;
  database_.write([&](soci::session &sql) {
    sql << "insert into audit (at_us, \"user\", channel, action, subject, detail) "
           "values (:at, :user, :channel, :action, :subject, :detail) returning id",
        soci::use(entry.at_us), soci::use(user), soci::use(entry.channel), soci::use(entry.action), soci::use(subject),
        soci::use(detail), soci::into(id);
  });
  return id;
}

void audit::change_detail(const audit_entry &entry) const {
  const auto detail = kept(entry.detail);
  database_.write([&](soci::session &sql) {
    sql << "update audit set detail = :detail where id = :id", soci::use(detail), soci::use(entry.id);
  });
}

std::vector<audit_entry> audit::list(const query &wanted) const {
  std::vector<audit_entry> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    audit_entry row;
    const auto kind = database_.kind();
    const auto text = contains(kind, "subject", ":text2") + " or " + contains(kind, "detail", ":text3");
    soci::statement rows =
        (sql.prepare << "select id, at_us, \"user\", channel, action, subject, detail from audit "
                        "where (cast(:before as bigint) = 0 or id < :before2) and (:user = '' or \"user\" = :user2) "
                        "and (:action = '' or action = :action2) "
                        "and (:text = '' or " +
                            text +
                            ") and at_us >= :from and (cast(:to as bigint) = 0 or at_us < :to2) "
                            "order by id desc limit :limit",
         soci::use(wanted.before), soci::use(wanted.before), soci::use(wanted.user), soci::use(wanted.user),
         soci::use(wanted.action), soci::use(wanted.action), soci::use(wanted.text), soci::use(wanted.text),
         soci::use(wanted.text), soci::use(wanted.from_us), soci::use(wanted.to_us), soci::use(wanted.to_us),
         soci::use(wanted.limit), soci::into(row.id), soci::into(row.at_us), soci::into(row.user),
         soci::into(row.channel), soci::into(row.action), soci::into(row.subject), soci::into(row.detail));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

std::vector<std::string> audit::actions() const {
  std::vector<std::string> found;
  database_.read([&](soci::session &sql) {
    // One step of the index for each action, however long the log is.
    found.clear();
    std::string action;
    soci::statement rows =
        (sql.prepare << "with recursive known (action) as (select min(action) from audit union all "
                        "select (select min(action) from audit where action > known.action) from known "
                        "where known.action is not null) select action from known where action is not null",
         soci::into(action));
    rows.execute();
    while (rows.fetch()) found.push_back(action);
  });
  return found;
}

}  // namespace dms::reference
