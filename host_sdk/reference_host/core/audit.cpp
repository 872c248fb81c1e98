#include "reference_host/core/audit.hpp"

namespace dms::reference {

void audit::write(const audit_entry &entry) const {
  database_.write([&](soci::session &sql) {
    sql << "insert into audit (at_us, user, channel, action, subject, detail) "
           "values (:at, :user, :channel, :action, :subject, :detail)",
        soci::use(entry.at_us), soci::use(entry.user), soci::use(entry.channel), soci::use(entry.action),
        soci::use(entry.subject), soci::use(entry.detail);
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
                        "order by id desc limit :limit",
         soci::use(wanted.before), soci::use(wanted.before), soci::use(wanted.user), soci::use(wanted.user),
         soci::use(wanted.action), soci::use(wanted.action), soci::use(wanted.text), soci::use(wanted.text),
         soci::use(wanted.text), soci::use(wanted.limit), soci::into(row.id), soci::into(row.at_us),
         soci::into(row.user), soci::into(row.channel), soci::into(row.action), soci::into(row.subject),
         soci::into(row.detail));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

}  // namespace dms::reference
