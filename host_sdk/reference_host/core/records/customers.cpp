#include "reference_host/core/records/customers.hpp"

#include <algorithm>
#include <tuple>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/records/customer_rows.hpp"
#include "reference_host/core/records/deals.hpp"
#include "reference_host/core/records/folding.hpp"

namespace dms::reference {
namespace {

/// Collects ids in the order in which they were found, each once.
class found_ids {
 public:
  explicit found_ids(soci::session &sql, int limit) : sql_(sql), limit_(static_cast<std::size_t>(limit)) {}
  template <typename... Values>
  void add(const std::string &query, const Values &...values) {
    if (ids_.size() >= limit_) return;
    std::int64_t id = 0;
    const auto limit = static_cast<int>(limit_);
    soci::statement rows(sql_);
    rows.exchange(soci::into(id));
    (rows.exchange(soci::use(values)), ...);
    rows.exchange(soci::use(limit));
    rows.alloc();
    rows.prepare(query);
    rows.define_and_bind();
    rows.execute();
    while (rows.fetch()) {
      if (ids_.size() < limit_ && std::ranges::find(ids_, id) == ids_.end()) ids_.push_back(id);
    }
  }
  const std::vector<std::int64_t> &get() const { return ids_; }

 private:
  soci::session &sql_;
  std::size_t limit_;
  std::vector<std::int64_t> ids_;
};

std::int64_t number(const std::string &text) {
  if (text.empty() || text.size() > 18 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return 0;
  }
  return std::stoll(text);
}

void collect(found_ids &into, const customer_query &query, engine kind) {
  for (const auto &id : query.ids) into.add("select id from customers where id = :id limit :limit", number(id));
  for (const auto &vin : query.vins) into.add("select customer from vehicles where vin = :vin limit :limit", vin);
  for (const auto &email : query.emails) {
    into.add("select id from customers where email_folded = :email and email_folded <> '' limit :limit", folded(email));
  }
  for (const auto &phone : query.phones) {
    into.add("select customer from customer_phones where number = :number limit :limit", phone);
  }
  if (!query.name.empty()) {
    const auto name = folded(query.name);
    into.add("select id from customers where name_folded = :name and postal_code = :code limit :limit", name,
             query.postal_code);
    into.add("select id from customers where name_folded = :name limit :limit", name);
  }
  if (!query.text.empty()) {
    into.add("select id from customers where " + contains(kind, "searched", ":text") +
                 " and merged_into is null order by id desc limit :limit",
             folded(query.text));
  }
}

bool same(const customer &a, const customer &b) {
  const auto texts = [](const customer &one) {
    return std::tie(one.kind, one.salutation, one.title, one.first_name, one.last_name, one.company, one.email,
                    one.phones, one.street, one.postal_code, one.city, one.country, one.language, one.salesperson,
                    one.refused);
  };
  return texts(a) == texts(b) && std::ranges::equal(a.vehicles, b.vehicles, [](const vehicle &x, const vehicle &y) {
           return std::tie(x.vin, x.make, x.model) == std::tie(y.vin, y.make, y.model);
         });
}

}  // namespace

bool customer::allows(std::string_view channel) const {
  return std::ranges::find(refused, channel) == refused.end();
}

std::string customer::display_name() const {
  std::string name;
  for (const auto &part : {title, first_name, last_name}) {
    if (!part.empty()) name += (name.empty() ? "" : " ") + part;
  }
  return name.empty() ? company : name;
}

std::vector<customer> customers::find(const customer_query &query) const {
  std::vector<customer> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    found_ids ids(sql, std::clamp(query.limit, 1, 200));
    collect(ids, query, database_.kind());
    for (const auto id : ids.get()) {
      auto item = customer_rows::read(sql, id);
      // A merged one may lead to one that was found already.
      if (item && std::ranges::none_of(found, [&](const customer &other) { return other.id == item->id; })) {
        found.push_back(std::move(*item));
      }
    }
  });
  return found;
}

std::vector<customer> customers::page(std::string_view text, std::int64_t before, int limit) const {
  std::vector<customer> found;
  database_.read([&](soci::session &sql) {
    found.clear();
    const auto wanted = folded(text);
    found_ids ids(sql, limit);
    ids.add(
        "select id from customers where merged_into is null and (cast(:before as bigint) = 0 or id < :before2) "
        "and (:text = '' or " +
            contains(database_.kind(), "searched", ":text2") + ") order by id desc limit :limit",
        before, before, wanted, wanted);
    for (const auto id : ids.get()) {
      if (auto item = customer_rows::read(sql, id)) found.push_back(std::move(*item));
    }
  });
  return found;
}

std::optional<customer> customers::get(std::int64_t id) const {
  std::optional<customer> found;
  database_.read([&](soci::session &sql) { found = customer_rows::read(sql, id); });
  return found;
}

customer customers::create(const customer &item, std::string_view key, std::int64_t now_us) {
  customer_rows::check(item);
  std::optional<customer> made;
  database_.write([&](soci::session &sql) {
    if (const auto earlier = customer_rows::seen(sql, key, "customer"); earlier != 0) {
      made = customer_rows::read(sql, earlier);
      if (made) return;
    }
    auto wanted = item;
    wanted.id = 0;
    wanted.created_us = now_us;
    wanted.revision = 1;
    customer_rows::write(sql, wanted);
    customer_rows::remember(sql, key, "customer", wanted.id);
    made = std::move(wanted);
  });
  return *made;
}

customer customers::update(const customer &item, std::string_view key) {
  customer_rows::check(item);
  auto written = item;
  database_.write([&](soci::session &sql) {
    auto before = customer_rows::read(sql, item.id);
    if (!before) throw failure(dms_not_found, "There is no customer \"" + std::to_string(item.id) + "\".");
    if (customer_rows::seen(sql, key, "customer.update") != 0) {
      written = std::move(*before);
      return;
    }
    written.id = before->id;
    customer_rows::write(sql, written);
    customer_rows::remember(sql, key, "customer.update", written.id);
  });
  return written;
}

std::string customers::change(std::int64_t id, std::int64_t revision, std::string_view key,
                              const std::function<void(customer &)> &how,
                              const std::function<std::string(const customer &, const customer &)> &answer) {
  std::string said;
  database_.write([&](soci::session &sql) {
    const std::string wanted(key);
    sql << "select answer from customer_changes where key = :key", soci::use(wanted), soci::into(said);
    if (sql.got_data()) return;
    const auto was = customer_rows::read(sql, id);
    if (!was) throw failure(dms_not_found, "There is no customer \"" + std::to_string(id) + "\".");
    if (was->id != id || was->revision != revision) {
      throw failure(dms_conflict, "Customer \"" + std::to_string(id) + "\" has been changed meanwhile.");
    }
    auto changed = *was;
    how(changed);
    if (same(changed, *was)) {
      said = answer(*was, *was);
      return;
    }
    customer_rows::check(changed);
    customer_rows::write(sql, changed);
    said = answer(*was, *customer_rows::read(sql, id));
    sql << "insert into customer_changes values (:key, :customer, :answer)", soci::use(wanted), soci::use(id),
        soci::use(said);
  });
  return said;
}

void customers::forget_changes(std::string_view key) {
  const std::string from = std::string(key) + ':', to = std::string(key) + ';';  // ';' follows ':'
  database_.write([&](soci::session &sql) {
    sql << "update customer_changes set answer = '{}' where key >= :from and key < :to", soci::use(from), soci::use(to);
  });
}

void customers::take_back(std::int64_t id, std::int64_t revision, std::string_view reference) {
  const std::string own(reference);
  database_.write([&](soci::session &sql) {
    const auto item = customer_rows::read(sql, id);
    if (!item) throw failure(dms_not_found, "There is no customer \"" + std::to_string(id) + "\".");
    if (item->id != id || item->revision != revision) {
      throw failure(dms_conflict, "Customer \"" + std::to_string(id) + "\" has been changed meanwhile.");
    }
    const auto refuse_where = [&](const char *question, const char *what) {
      std::int64_t count = 0;
      sql << question, soci::use(id, "id"), soci::use(own, "own"), soci::into(count);
      if (count > 0) {
        throw failure(dms_refused, "Customer " + std::to_string(id) + " has " + what + " of his own by now.");
      }
    };
    refuse_where("select count(*) from contacts where customer = :id and reference <> :own", "contacts");
    refuse_where("select count(*) from documents where customer = :id and reference <> :own", "documents");
    refuse_where("select count(*) from deals where customer = :id and cast(:own as text) is not null", "sales");
    refuse_where("select count(*) from customers where merged_into = :id and cast(:own as text) is not null",
                 "other records");
    sql << "update contacts set customer = 0 where customer = :id", soci::use(id);
    customer_rows::forget(sql, id);
  });
}

std::vector<std::int64_t> customers::merge(std::int64_t from, std::int64_t into) {
  if (from == into) throw failure(dms_invalid, "A customer cannot be merged with himself.");
  std::vector<std::int64_t> moved;
  database_.write([&](soci::session &sql) {
    const auto source = customer_rows::read(sql, from), target = customer_rows::read(sql, into);
    if (!source || !target || source->id == target->id || source->id != from) {
      throw failure(dms_not_found, "There are no two customers with these numbers.");
    }
    for (const char *statement : {"update vehicles set customer = :into where customer = :from",
                                  "update documents set customer = :into where customer = :from",
                                  "update contacts set customer = :into where customer = :from",
                                  "update customers set merged_into = :into where id = :from"}) {
      sql << statement, soci::use(target->id), soci::use(from);
    }
    moved = move_deals(sql, from, target->id);
    auto whole = *customer_rows::read(sql, target->id);
    // What one of the two does not want, the person does not want.
    for (const auto &channel : source->refused) {
      if (whole.allows(channel)) whole.refused.push_back(channel);
    }
    customer_rows::write(sql, whole);
  });
  return moved;
}

std::optional<vehicle> customers::find_vehicle(std::string_view vin) const {
  std::optional<vehicle> found;
  database_.read([&](soci::session &sql) {
    const std::string wanted(vin);
    vehicle row;
    sql << "select vin, make, model, registration, customer from vehicles where vin = :vin", soci::use(wanted),
        soci::into(row.vin), soci::into(row.make), soci::into(row.model), soci::into(row.registration),
        soci::into(row.customer);
    if (sql.got_data()) found = row;
  });
  return found;
}

std::int64_t customers::count() const {
  std::int64_t count = 0;
  database_.read([&](soci::session &sql) {
    sql << "select count(*) from customers where merged_into is null", soci::into(count);
  });
  return count;
}

}  // namespace dms::reference
