#include "reference_host/core/people/role_rights.hpp"

namespace dms::reference {

std::vector<role_right> role_rights::all() const {
  std::vector<role_right> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    role_right row;
    int granted = 0;
    soci::statement rows = (sql.prepare << "select role, \"right\", granted from role_rights", soci::into(row.role),
                            soci::into(row.right), soci::into(granted));
    rows.execute();
    while (rows.fetch()) {
      row.granted = granted != 0;
      found.push_back(row);
    }
  });
  return found;
}

void role_rights::set(std::string_view role, std::string_view right, bool granted) {
  const std::string of(role), what(right);
  const int value = granted ? 1 : 0;
  database_.write([&](soci::session &sql) {
    sql << "insert into role_rights values (:role, :right, :granted) "
           "on conflict (role, \"right\") do update set granted = excluded.granted",
        soci::use(of), soci::use(what), soci::use(value);
  });
}

}  // namespace dms::reference
