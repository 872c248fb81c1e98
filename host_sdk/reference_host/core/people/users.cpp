#include "reference_host/core/people/users.hpp"

#include <algorithm>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/people/directory_change.hpp"
#include "reference_host/core/people/sign_in.hpp"

namespace dms::reference {
namespace {

constexpr std::size_t shortest_password = 8, shortest_demo_password = 4, longest_password = 1024;

bool good_login(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '@';
  });
}

void must_have_changed(const soci::statement &done, std::string_view id) {
  if (const_cast<soci::statement &>(done).get_affected_rows() == 0) {
    throw failure(dms_not_found, "There is no user \"" + std::string(id) + "\".");
  }
}

/// One statement that changes a user: bound values, then the login.
template <typename... Values>
void change_user(const database &in, std::string_view id, const char *statement, const Values &...values) {
  in.write([&](soci::session &sql) {
    const std::string login(id);
    soci::statement done(sql);
    (done.exchange(soci::use(values)), ...);
    done.exchange(soci::use(login));
    done.alloc();
    done.prepare(statement);
    done.define_and_bind();
    done.execute(true);
    must_have_changed(done, id);
    directory_changed(sql);
  });
}

std::vector<user> read_users(const database &from, const std::string &id) {
  std::vector<user> found;
  from.read([&](soci::session &sql) {
    found.clear();
    user item;
    std::string roles, sites;
    int active = 0;
    soci::statement rows =
        (sql.prepare << "select id, name, email, phone, roles, locations, locale, active from users "
                        "where :any = '' or id = :id order by name, id",
         soci::use(id), soci::use(id), soci::into(item.id), soci::into(item.name), soci::into(item.email),
         soci::into(item.phone), soci::into(roles), soci::into(sites), soci::into(item.locale), soci::into(active));
    rows.execute();
    while (rows.fetch()) {
      item.roles = to_list(roles);
      item.locations = to_list(sites);
      item.active = active != 0;
      found.push_back(item);
    }
  });
  return found;
}

}  // namespace

bool user::has_role(std::string_view role) const {
  return std::ranges::find(roles, role) != roles.end();
}

std::string rights_of(const user &item) {
  std::string text = "roles";
  for (const auto &role : item.roles) text += ' ' + role;
  if (!item.locations.empty()) text += ", locations";
  for (const auto &place : item.locations) text += ' ' + place;
  return text;
}

const std::vector<std::string> &role_names() {
  static const std::vector<std::string> names{"admin", "manager", "office", "sales"};
  return names;
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= longest_address &&
         std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '<' || c == '>' || c == '\x7F';
         });
}

bool is_phone(std::string_view text) {
  constexpr std::size_t fewest_digits = 3;
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(digits) >= fewest_digits && text.size() <= longest_phone &&
         text.find_first_not_of("+0123456789 ()/-.") == std::string_view::npos;
}

void check_password(std::string_view password, bool relaxed) {
  const auto shortest = relaxed ? shortest_demo_password : shortest_password;
  if (password.size() < shortest) {
    throw failure(dms_invalid, "The password needs at least " + std::to_string(shortest) + " characters.");
  }
  if (password.size() > longest_password) throw failure(dms_invalid, "The password is too long.");
}

std::vector<user> users::all() const {
  return read_users(database_, "");
}

std::optional<user> users::find(std::string_view id) const {
  if (id.empty()) return std::nullopt;
  auto found = read_users(database_, std::string(id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void users::check(const user &item) const {
  if (!good_login(item.id)) {
    throw failure(dms_invalid, "A login consists of a-z, 0-9 and . _ - @, at most 64 signs.");
  }
  if (item.name.empty() || item.name.size() > longest_user_name) throw failure(dms_invalid, "A user needs a name.");
  if (!item.email.empty() && !is_address(item.email)) throw failure(dms_invalid, "This is no e-mail address.");
  if (!item.phone.empty() && !is_phone(item.phone)) throw failure(dms_invalid, "This is no telephone number.");
  if (item.locale != "de-AT" && item.locale != "en") {
    throw failure(dms_invalid, "The language is \"de-AT\" or \"en\".");
  }
  for (const auto &role : item.roles) {
    if (std::ranges::find(role_names(), role) == role_names().end()) {
      throw failure(dms_invalid, "There is no role \"" + role + "\"; there are admin, manager, office and sales.");
    }
  }
  database_.read([&](soci::session &sql) {
    for (const auto &site : item.locations) {
      int known = 0;
      sql << "select count(*) from locations where id = :id", soci::use(site), soci::into(known);
      if (known == 0) throw failure(dms_invalid, "There is no location \"" + site + "\".");
    }
  });
}

void users::add(const user &item, const std::string &password) {
  check(item);
  const auto hash = hash_password(password);
  database_.write([&](soci::session &sql) {
    int known = 0;
    sql << "select count(*) from users where id = :id", soci::use(item.id), soci::into(known);
    if (known != 0) throw failure(dms_refused, "The login \"" + item.id + "\" is taken.");
    const auto roles = list_text(item.roles), sites = list_text(item.locations);
    const int active = item.active ? 1 : 0;
    sql << "insert into users (id, name, email, phone, roles, locations, locale, active, password) values (:id, :name, "
           ":email, :phone, :roles, :locations, :locale, :active, :password)",
        soci::use(item.id), soci::use(item.name), soci::use(item.email), soci::use(item.phone), soci::use(roles),
        soci::use(sites), soci::use(item.locale), soci::use(active), soci::use(hash);
    directory_changed(sql);
  });
}

void users::change(const user &item) {
  check(item);
  const auto roles = list_text(item.roles), sites = list_text(item.locations);
  change_user(database_, item.id,
              "update users set name = :name, email = :email, phone = :phone, roles = :roles, locations = :sites, "
              "locale = :locale where id = :id",
              item.name, item.email, item.phone, roles, sites, item.locale);
}

void users::set_locale(std::string_view id, std::string_view locale) {
  if (locale != "de-AT" && locale != "en") throw failure(dms_invalid, "The language is \"de-AT\" or \"en\".");
  change_user(database_, id, "update users set locale = :locale where id = :id", std::string(locale));
}

void users::set_password(std::string_view id, const std::string &password) {
  change_user(database_, id, "update users set password = :password where id = :id", hash_password(password));
}

void users::set_active(std::string_view id, bool active) {
  change_user(database_, id, "update users set active = :active where id = :id", active ? 1 : 0);
}

std::string users::password_hash(std::string_view id) const {
  std::string hash;
  database_.read([&](soci::session &sql) {
    const std::string login(id);
    sql << "select password from users where id = :id and active = 1", soci::use(login), soci::into(hash);
    if (!sql.got_data()) hash.clear();
  });
  return hash;
}

std::int64_t directory_generation(const database &of) {
  std::int64_t value = 0;
  of.read([&](soci::session &sql) { sql << "select value from counters where name = 'directory'", soci::into(value); });
  return value;
}

}  // namespace dms::reference
