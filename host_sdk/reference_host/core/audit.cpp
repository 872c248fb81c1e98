#include "reference_host/core/audit.hpp"

namespace dms::reference {

std::int64_t audit::write(const audit_entry &entry) const {
  std::int64_t id = 0;
  database_.write([&](soci::session &sql) {
    sql << "insert into audit (at_us, user, channel, action, subject, detail) "
           "values (:at, :user, :channel, :action, :subject, :detail) returning id",
        soci::use(entry.at_us), soci::use(entry.user), soci::use(entry.channel), soci::use(entry.action),
        soci::use(entry.subject), soci::use(entry.detail), soci::into(id);
  });
  return id;
}

void audit::change_detail(const audit_entry &entry) const {
  database_.write([&](soci::session &sql) {
    sql << "update audit set detail = :detail where id = :id", soci::use(entry.detail), soci::use(entry.id);
  });
}

std::vector<audit_entry> audit::list(const query &wanted) const {
  std::vector<audit_entry> found;
  database_.read([&](soci::session &sql) {
    audit_entry row;
    soci::statement rows =
        (sql.prepare << "select id, at_us, user, channel, action, subject, detail from audit "
                        "where (:before = 0 or id < :before2) and (:user = '' or user = :user2) "
                        "and (:action = '' or action = :action2) "
                        "and (:text = '' or instr(subject, :text2) > 0 or instr(detail, :text3) > 0) "
                        "and at_us >= :from and (:to = 0 or at_us < :to2) "
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
