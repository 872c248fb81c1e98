#include "reference_host/core/people/absences.hpp"

#include <charconv>
#include <chrono>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

void bump_absences(soci::session &sql) {
  sql << "update counters set value = value + 1 where name = 'absences'";
}

void must_be_user(soci::session &sql, const std::string &login) {
  std::int64_t count = 0;
  sql << "select count(*) from users where id = :id", soci::use(login), soci::into(count);
  if (count == 0) throw failure(dms_not_found, "There is no user \"" + login + "\".");
}

}  // namespace

std::vector<absence> absences::since(std::string_view day) const {
  std::vector<absence> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    const std::string first(day);
    absence item;
    soci::statement rows = (sql.prepare << "select id, \"user\", from_day, to_day, deputy from absences "
                                           "where to_day >= :first order by from_day, id",
                            soci::use(first), soci::into(item.id), soci::into(item.user), soci::into(item.from),
                            soci::into(item.to), soci::into(item.deputy));
    rows.execute();
    while (rows.fetch()) found.push_back(item);
  });
  return found;
}

std::int64_t absences::add(const absence &item) {
  if (!is_day(item.from) || !is_day(item.to)) throw failure(dms_invalid, "Write days as 2026-12-05.");
  if (item.to < item.from) throw failure(dms_invalid, "The last day is before the first.");
  if (item.deputy == item.user) throw failure(dms_invalid, "Nobody represents himself.");
  std::int64_t id = 0;
  database_.write([&](soci::session &sql) {
    must_be_user(sql, item.user);
    if (!item.deputy.empty()) must_be_user(sql, item.deputy);
    sql << "insert into absences (\"user\", from_day, to_day, deputy) values (:user, :from, :to, :deputy) returning id",
        soci::use(item.user), soci::use(item.from), soci::use(item.to), soci::use(item.deputy), soci::into(id);
    bump_absences(sql);
  });
  return id;
}

void absences::remove(std::int64_t id) {
  database_.write([&](soci::session &sql) {
    soci::statement done = (sql.prepare << "delete from absences where id = :id", soci::use(id));
    done.execute(true);
    if (done.get_affected_rows() == 0) throw failure(dms_not_found, "There is no absence with this number.");
    bump_absences(sql);
  });
}

std::int64_t absences::generation() const {
  std::int64_t value = 0;
  database_.read(
      [&](soci::session &sql) { sql << "select value from counters where name = 'absences'", soci::into(value); });
  return value;
}

}  // namespace dms::reference
