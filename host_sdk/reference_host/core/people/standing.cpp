#include "reference_host/core/people/standing.hpp"

namespace dms::reference {

void make_standing(const database &in, const std::string &key) {
  in.write(
      [&](soci::session &sql) { sql << "update notifications set standing = 1 where key = :key", soci::use(key); });
}

std::vector<notification> standing_of(const database &in, const std::string &user, int limit) {
  std::vector<notification> found;
  in.read([&](soci::session &sql) {
    found.clear();
    notification row;
    soci::statement rows = (sql.prepare << "select id, key, tone, text, link, texts from notifications "
                                           "where \"user\" = :user and standing = 1 order by id desc limit :limit",
                            soci::use(user), soci::use(limit), soci::into(row.id), soci::into(row.key),
                            soci::into(row.tone), soci::into(row.text), soci::into(row.link), soci::into(row.texts));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

}  // namespace dms::reference
