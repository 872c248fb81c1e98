#include "reference_host/core/records/contacts.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/json_lists.hpp"
#include "reference_host/core/records/customer_rows.hpp"

namespace dms::reference {
namespace {

constexpr const char *columns =
    "select id, \"user\", customer, name, due_us, kind, note, reference, link, done_us, result, done_by, refused from "
    "contacts ";

template <typename... Values>
std::vector<contact> select(soci::session &sql, const std::string &condition, const Values &...values) {
  std::vector<contact> found;
  contact row;
  std::string refused;
  soci::statement rows(sql);
  rows.exchange(soci::into(row.id));
  rows.exchange(soci::into(row.user));
  rows.exchange(soci::into(row.customer));
  rows.exchange(soci::into(row.name));
  rows.exchange(soci::into(row.due_us));
  rows.exchange(soci::into(row.kind));
  rows.exchange(soci::into(row.note));
  rows.exchange(soci::into(row.reference));
  rows.exchange(soci::into(row.link));
  rows.exchange(soci::into(row.done_us));
  rows.exchange(soci::into(row.result));
  rows.exchange(soci::into(row.done_by));
  rows.exchange(soci::into(refused));
  (rows.exchange(soci::use(values)), ...);
  rows.alloc();
  rows.prepare(columns + condition);
  rows.define_and_bind();
  rows.execute();
  while (rows.fetch()) {
    row.refused = to_list(refused);
    found.push_back(row);
  }
  return found;
}

template <typename... Values>
std::vector<contact> select(const database &from, const std::string &condition, const Values &...values) {
  std::vector<contact> found;
  from.read([&](soci::session &sql) { found = select(sql, condition, values...); });
  return found;
}

}  // namespace

bool contact::allows(std::string_view channel) const {
  return std::ranges::find(refused, channel) == refused.end();
}

contact contacts::create(const contact &item, std::string_view key) {
  auto made = item;
  database_.write([&](soci::session &sql) {
    if (const auto earlier = customer_rows::seen(sql, key, "contact"); earlier != 0) {
      made = select(sql, "where id = :id", earlier).at(0);
      return;
    }
    int known = 0;
    sql << "select count(*) from users where id = :id and active = 1", soci::use(item.user), soci::into(known);
    if (known == 0) throw failure(dms_invalid, "There is no active user \"" + item.user + "\".");
    const auto refused = list_text(item.refused);
    sql << "insert into contacts (\"user\", customer, name, due_us, kind, note, reference, link, done_us, result, "
           "refused) "
           "values (:user, :customer, :name, :due, :kind, :note, :reference, :link, 0, '', :refused) returning id",
        soci::use(item.user), soci::use(item.customer), soci::use(item.name), soci::use(item.due_us),
        soci::use(item.kind), soci::use(item.note), soci::use(item.reference), soci::use(item.link), soci::use(refused),
        soci::into(made.id);
    customer_rows::remember(sql, key, "contact", made.id);
  });
  return made;
}

std::vector<contact> contacts::with_reference(std::string_view reference) const {
  return select(database_, "where reference = :reference order by id", std::string(reference));
}

std::vector<contact> contacts::of_customer(std::int64_t customer) const {
  return select(database_, "where customer = :customer order by id desc", customer);
}

std::vector<contact> contacts::of_user(std::string_view user, bool done, int limit) const {
  return select(database_,
                done ? "where \"user\" = :user and done_us > 0 order by done_us desc limit :limit"
                     : "where \"user\" = :user and done_us = 0 order by due_us, id limit :limit",
                std::string(user), limit);
}

std::vector<contact> contacts::of_users(const std::vector<std::string> &users, bool done, std::int64_t due_before,
                                        int limit) const {
  std::vector<contact> all;
  for (const auto &user : users) {
    auto his = of_user(user, done, limit);
    std::move(his.begin(), his.end(), std::back_inserter(all));
  }
  if (due_before != 0) std::erase_if(all, [&](const contact &one) { return one.due_us >= due_before; });
  std::ranges::sort(all, [&](const contact &a, const contact &b) {
    return done ? std::tie(b.done_us, b.id) < std::tie(a.done_us, a.id)
                : std::tie(a.due_us, a.id) < std::tie(b.due_us, b.id);
  });
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  return all;
}

std::int64_t contacts::count_open(std::string_view user) const {
  std::int64_t count = 0;
  database_.read([&](soci::session &sql) {
    const std::string login(user);
    sql << "select count(*) from contacts where \"user\" = :user and done_us = 0", soci::use(login), soci::into(count);
  });
  return count;
}

std::optional<contact> contacts::get(std::int64_t id) const {
  auto found = select(database_, "where id = :id", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void contacts::reassign(std::string_view reference, std::string_view to, std::int64_t now_us) {
  const std::string which(reference), user(to);
  database_.write([&](soci::session &sql) {
    if (user.empty()) {
      sql << "update contacts set done_us = :now where reference = :reference and done_us = 0", soci::use(now_us),
          soci::use(which);
    } else {
      sql << "update contacts set \"user\" = :user where reference = :reference and done_us = 0", soci::use(user),
          soci::use(which);
    }
  });
}

std::int64_t contacts::hand_over(std::string_view from, std::string_view to) {
  const std::string was(from), is(to);
  std::int64_t count = 0;
  database_.write([&](soci::session &sql) {
    sql << "select count(*) from contacts where \"user\" = :was and done_us = 0", soci::use(was), soci::into(count);
    sql << "update contacts set \"user\" = :is where \"user\" = :was and done_us = 0", soci::use(is), soci::use(was);
  });
  return count;
}

std::map<std::string, std::int64_t> contacts::open_by_user() const {
  std::map<std::string, std::int64_t> result;
  database_.read([&](soci::session &sql) {
    std::string user;
    std::int64_t count = 0;
    soci::statement rows =
        (sql.prepare << "select \"user\", count(*) from contacts where done_us = 0 group by \"user\"", soci::into(user),
         soci::into(count));
    rows.execute();
    while (rows.fetch()) result[user] = count;
  });
  return result;
}

void contacts::forget(std::string_view reference) {
  const std::string which(reference);
  database_.write([&](soci::session &sql) {
    sql << "update contacts set name = '–', note = '' where reference = :reference", soci::use(which);
  });
}

bool contacts::complete(std::int64_t id, std::string_view result, std::string_view note, std::int64_t now_us,
                        std::string_view by) {
  bool done = false;
  const std::string how(result), said(note), below = '\n' + said, whom(by);
  database_.write([&](soci::session &sql) {
    soci::statement update =
        (sql.prepare << "update contacts set done_us = :now, result = :result, done_by = :by, "
                        "note = case when :said = '' then note when note = '' then :said2 else note || :below end "
                        "where id = :id and done_us = 0",
         soci::use(now_us), soci::use(how), soci::use(whom), soci::use(said), soci::use(said), soci::use(below),
         soci::use(id));
    update.execute(true);
    done = update.get_affected_rows() > 0;
  });
  return done;
}

}  // namespace dms::reference
