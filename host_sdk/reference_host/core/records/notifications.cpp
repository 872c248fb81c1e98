#include "reference_host/core/records/notifications.hpp"

namespace dms::reference {

void notifications::notify(const notification &item, const std::vector<std::string> &users) {
  database_.write([&](soci::session &sql) {
    for (const auto &user : users) {
      sql << "insert into notifications (key, \"user\", tone, text, link, at_us, read_us, texts) "
             "values (:key, :user, :tone, :text, :link, :at, 0, :texts) on conflict (key, \"user\") do nothing",
          soci::use(item.key), soci::use(user), soci::use(item.tone), soci::use(item.text), soci::use(item.link),
          soci::use(item.at_us), soci::use(item.texts);
    }
  });
}

void notifications::withdraw(std::string_view key) {
  const std::string which(key);
  database_.write([&](soci::session &sql) { sql << "delete from notifications where key = :key", soci::use(which); });
}

void notifications::forget(std::string_view key) {
  const std::string which(key), from = which + ":", to = which + ";";  // ';' follows ':'
  database_.write([&](soci::session &sql) {
    sql << "delete from notifications where key = :key or (key >= :from and key < :to)", soci::use(which),
        soci::use(from), soci::use(to);
  });
}

std::vector<notification> notifications::of_user(std::string_view user, int limit) const {
  std::vector<notification> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    const std::string login(user);
    notification row;
    soci::statement rows =
        (sql.prepare << "select id, key, \"user\", tone, text, link, at_us, read_us, texts from notifications "
                        "where \"user\" = :user order by id desc limit :limit",
         soci::use(login), soci::use(limit), soci::into(row.id), soci::into(row.key), soci::into(row.user),
         soci::into(row.tone), soci::into(row.text), soci::into(row.link), soci::into(row.at_us),
         soci::into(row.read_us), soci::into(row.texts));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

std::int64_t notifications::count_unread(std::string_view user) const {
  std::int64_t count = 0;
  database_.read([&](soci::session &sql) {
    const std::string login(user);
    sql << "select count(*) from notifications where \"user\" = :user and read_us = 0", soci::use(login),
        soci::into(count);
  });
  return count;
}

int notifications::mark_seen(std::string_view user, std::int64_t now_us,
                             const std::function<bool(const std::string &)> &leads_here) {
  const std::string login(user);
  std::vector<std::int64_t> seen;
  database_.read([&](soci::session &sql) {
    seen.clear();
    std::int64_t id = 0;
    std::string link;
    soci::statement rows =
        (sql.prepare << "select id, link from notifications where \"user\" = :user and read_us = 0 and link <> ''",
         soci::use(login), soci::into(id), soci::into(link));
    rows.execute();
    while (rows.fetch()) {
      if (leads_here(link)) seen.push_back(id);
    }
  });
  if (seen.empty()) return 0;
  database_.write([&](soci::session &sql) {
    for (const auto id : seen) {
      sql << "update notifications set read_us = :now where id = :id and read_us = 0", soci::use(now_us), soci::use(id);
    }
  });
  return static_cast<int>(seen.size());
}

void notifications::mark_read(std::string_view user, std::int64_t now_us) {
  const std::string login(user);
  database_.write([&](soci::session &sql) {
    sql << "update notifications set read_us = :now where \"user\" = :user and read_us = 0", soci::use(now_us),
        soci::use(login);
  });
}

}  // namespace dms::reference
