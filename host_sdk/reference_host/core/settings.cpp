#include "reference_host/core/settings.hpp"

#include "reference_host/core/people/sessions.hpp"

namespace dms::reference {

std::optional<std::string> settings::get(std::string_view scope, std::string_view key) const {
  std::optional<std::string> found;
  database_.read([&](soci::session &sql) {
    const std::string of(scope), name(key);
    std::string value;
    sql << "select value from settings where scope = :scope and key = :key", soci::use(of), soci::use(name),
        soci::into(value);
    if (sql.got_data()) found = value;
  });
  return found;
}

void settings::set(std::string_view scope, std::string_view key, std::string_view value) {
  const std::string of(scope), name(key), text(value);
  database_.write([&](soci::session &sql) {
    if (text.empty()) {
      sql << "delete from settings where scope = :scope and key = :key", soci::use(of), soci::use(name);
    } else {
      sql << "insert into settings values (:scope, :key, :value) "
             "on conflict (scope, key) do update set value = excluded.value",
          soci::use(of), soci::use(name), soci::use(text);
    }
  });
}

std::string settings::made_once(std::string_view scope, std::string_view key, std::size_t bytes) {
  if (auto known = get(scope, key)) return *known;
  const std::string of(scope), name(key), fresh = random_hex(bytes);
  database_.write([&](soci::session &sql) {
    sql << "insert into settings values (:scope, :key, :value) on conflict (scope, key) do nothing", soci::use(of),
        soci::use(name), soci::use(fresh);
  });
  return get(scope, key).value_or("");
}

std::map<std::string, std::string> settings::all(std::string_view scope) const {
  std::map<std::string, std::string> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    const std::string of(scope);
    std::string key, value;
    soci::statement rows = (sql.prepare << "select key, value from settings where scope = :scope", soci::use(of),
                            soci::into(key), soci::into(value));
    rows.execute();
    while (rows.fetch()) found[key] = value;
  });
  return found;
}

}  // namespace dms::reference
