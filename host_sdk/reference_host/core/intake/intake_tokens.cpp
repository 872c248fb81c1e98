#include "reference_host/core/intake/intake_tokens.hpp"

#include "dms/cpp/basics.hpp"
#include "reference_host/core/people/sessions.hpp"

namespace dms::reference {

std::string intake_tokens::add(std::string_view source, std::string_view label, std::int64_t now_us) {
  auto token = random_hex(32);
  const auto key = digest_hex(token);
  const std::string of(source), name(label);
  database_.write([&](soci::session &sql) {
    sql << "insert into intake_tokens (token, source, label, created_us, used_us) "
           "values (:token, :source, :label, :now, 0)",
        soci::use(key), soci::use(of), soci::use(name), soci::use(now_us);
  });
  return token;
}

std::vector<intake_token> intake_tokens::all() const {
  std::vector<intake_token> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    intake_token row;
    soci::statement rows =
        (sql.prepare << "select id, source, label, created_us, used_us from intake_tokens order by id",
         soci::into(row.id), soci::into(row.source), soci::into(row.label), soci::into(row.created_us),
         soci::into(row.used_us));
    rows.execute();
    while (rows.fetch()) found.push_back(row);
  });
  return found;
}

void intake_tokens::change(std::int64_t id, std::string_view source, std::string_view label) {
  const std::string of(source), name(label);
  database_.write([&](soci::session &sql) {
    sql << "update intake_tokens set source = :source, label = :label where id = :id", soci::use(of), soci::use(name),
        soci::use(id);
  });
}

bool intake_tokens::revoke(std::int64_t id) {
  bool known = false;
  database_.write([&](soci::session &sql) {
    soci::statement done = (sql.prepare << "delete from intake_tokens where id = :id", soci::use(id));
    done.execute(true);
    known = done.get_affected_rows() > 0;
  });
  return known;
}

bool intake_tokens::accepts(std::string_view source, std::string_view token, std::int64_t now_us) {
  if (token.empty() || token.size() > 256) return false;
  // Looked up by its digest: how long that takes tells nothing about the token.
  const auto key = digest_hex(token);
  std::string of;
  std::int64_t id = 0, used_us = 0;
  bool known = false;
  database_.read([&](soci::session &sql) {
    sql << "select id, source, used_us from intake_tokens where token = :token", soci::use(key), soci::into(id),
        soci::into(of), soci::into(used_us);
    known = sql.got_data();
  });
  if (!known || (of != "*" && of != source)) return false;
  // Once a minute is enough to show an admin that it is in use.
  if (now_us - used_us > 60'000'000) {
    try {
      database_.write_lightly([&](soci::session &sql) {
        sql << "update intake_tokens set used_us = :now where id = :id", soci::use(now_us), soci::use(id);
      });
    } catch (const failure &reason) {
      // The token is right all the same; whether the payload can be stored is said by who stores it.
      if (reason.status() != dms_unavailable) throw;
    }
  }
  return true;
}

}  // namespace dms::reference
