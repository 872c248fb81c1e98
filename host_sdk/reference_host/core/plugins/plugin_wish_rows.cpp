#include "reference_host/core/plugins/plugin_wish_rows.hpp"

namespace dms::reference {

using host_core::plugin_wish;

std::vector<plugin_wish> plugin_wish_rows::all() const {
  std::vector<plugin_wish> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    plugin_wish row;
    int wanted = 0;
    soci::statement rows =
        (sql.prepare << "select plugins.id, plugins.wanted, plugins.wish, coalesce(here.done, 0), "
                        "coalesce(here.state, 'disabled'), coalesce(here.reason, ''), coalesce(here.changed_us, 0) "
                        "from plugins left join plugin_states here on here.plugin = plugins.id and here.host = :host",
         soci::use(host_), soci::into(row.id), soci::into(wanted), soci::into(row.wish), soci::into(row.done),
         soci::into(row.state), soci::into(row.reason), soci::into(row.changed_us));
    rows.execute();
    while (rows.fetch()) {
      row.wanted = wanted != 0;
      found.push_back(row);
    }
  });
  return found;
}

std::int64_t plugin_wish_rows::wish(std::string_view id, bool wanted) {
  std::int64_t number = 0;
  const std::string which(id);
  const int value = wanted ? 1 : 0;
  database_.write([&](soci::session &sql) {
    sql << "insert into plugins values (:id, :wanted, 1, 0, 'disabled', '', 0) "
           "on conflict (id) do update set wanted = excluded.wanted, wish = plugins.wish + 1",
        soci::use(which), soci::use(value);
    sql << "select wish from plugins where id = :id", soci::use(which), soci::into(number);
  });
  return number;
}

void plugin_wish_rows::settle(const plugin_wish &item) {
  database_.write([&](soci::session &sql) {
    sql << "insert into plugin_states values (:host, :plugin, :done, :state, :reason, :changed) "
           "on conflict (host, plugin) do update set state = excluded.state, reason = excluded.reason, "
           "changed_us = excluded.changed_us, "
           "done = case when excluded.done > plugin_states.done then excluded.done else plugin_states.done end",
        soci::use(host_), soci::use(item.id), soci::use(item.done), soci::use(item.state), soci::use(item.reason),
        soci::use(item.changed_us);
  });
}

}  // namespace dms::reference
