#include "reference_host/core/people/kept_forms.hpp"

#include "reference_host/core/people/sessions.hpp"

namespace dms::reference {

std::string kept_forms::keep(const std::string &user, const std::string &form, std::int64_t now_us) {
  if (form.size() > largest) return {};
  const auto id = random_hex(32);
  database_.write([&](soci::session &sql) {
    const auto key = digest_hex(id);
    const auto forgotten = now_us - longest_us;
    const int others = most_of_one - 1;
    sql << "delete from kept_forms where at_us <= :forgotten", soci::use(forgotten);
    sql << "delete from kept_forms where \"user\" = :user and id not in (select id from kept_forms where \"user\" = "
           ":same order by at_us desc, id limit :others)",
        soci::use(user), soci::use(user), soci::use(others);
    sql << "insert into kept_forms (id, \"user\", at_us, form) values (:id, :user, :at, :form)", soci::use(key),
        soci::use(user), soci::use(now_us), soci::use(form);
  });
  return id;
}

std::string kept_forms::owner(const std::string &id, std::int64_t now_us) const {
  if (id.size() != 64) return {};
  std::string user;
  database_.read([&](soci::session &sql) {
    const auto key = digest_hex(id);
    const auto forgotten = now_us - longest_us;
    sql << "select \"user\" from kept_forms where id = :id and at_us > :forgotten", soci::use(key),
        soci::use(forgotten), soci::into(user);
    if (!sql.got_data()) user.clear();
  });
  return user;
}

std::optional<std::string> kept_forms::find(const std::string &id, const std::string &user, std::int64_t now_us) const {
  if (user.empty() || owner(id, now_us) != user) return std::nullopt;
  std::string form;
  database_.read([&](soci::session &sql) {
    const auto key = digest_hex(id);
    sql << "select form from kept_forms where id = :id", soci::use(key), soci::into(form);
    if (!sql.got_data()) form.clear();
  });
  return form.empty() ? std::nullopt : std::optional(form);
}

void kept_forms::drop(const std::string &id) {
  database_.write([&](soci::session &sql) {
    const auto key = digest_hex(id);
    sql << "delete from kept_forms where id = :id", soci::use(key);
  });
}

void kept_forms::drop_all() {
  database_.write([](soci::session &sql) { sql << "delete from kept_forms"; });
}

}  // namespace dms::reference
