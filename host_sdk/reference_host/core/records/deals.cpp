#include "reference_host/core/records/deals.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace dms::reference {
namespace {

constexpr const char *deal_columns =
    "select id, customer, make, model, vin, stock_number, salesperson, location, sold_on, cancelled, change from "
    "deals ";

template <typename... Values>
std::vector<deal> select_deals(const database &from, const std::string &condition, const Values &...values) {
  std::vector<deal> found;
  from.read([&](soci::session &sql) {
    found.clear();
    deal row;
    std::int64_t cancelled = 0;
    soci::statement rows(sql);
    rows.exchange(soci::into(row.id));
    rows.exchange(soci::into(row.customer));
    for (auto *text :
         {&row.make, &row.model, &row.vin, &row.stock_number, &row.salesperson, &row.location, &row.sold_on}) {
      rows.exchange(soci::into(*text));
    }
    rows.exchange(soci::into(cancelled));
    rows.exchange(soci::into(row.change));
    (rows.exchange(soci::use(values)), ...);
    rows.alloc();
    rows.prepare(deal_columns + condition);
    rows.define_and_bind();
    rows.execute();
    while (rows.fetch()) {
      row.cancelled = cancelled != 0;
      found.push_back(row);
    }
  });
  return found;
}

/// Whoever changes a deal waits here for whoever does it at the same moment: so the numbers are seen in their order.
std::int64_t next_change(soci::session &sql) {
  std::int64_t number = 0;
  sql << "update counters set value = value + 1 where name = 'deals' returning value", soci::into(number);
  return number;
}

}  // namespace

std::vector<std::int64_t> move_deals(soci::session &sql, std::int64_t from, std::int64_t into) {
  std::vector<std::int64_t> moved;
  while (true) {
    std::int64_t id = 0;
    sql << "select id from deals where customer = :from order by id limit 1", soci::use(from), soci::into(id);
    if (!sql.got_data()) return moved;
    moved.push_back(id);
    const auto change = next_change(sql);
    sql << "update deals set customer = :into, change = :change where id = :id", soci::use(into), soci::use(change),
        soci::use(id);
  }
}

deal deals::add(const deal &item) {
  auto made = item;
  database_.write([&](soci::session &sql) {
    made.change = next_change(sql);
    const std::int64_t cancelled = made.cancelled ? 1 : 0;
    sql << "insert into deals (customer, make, model, vin, stock_number, salesperson, location, sold_on, cancelled, "
           "change) values (:customer, :make, :model, :vin, :stock, :salesperson, :location, :sold, :cancelled, "
           ":change) "
           "returning id",
        soci::use(made.customer), soci::use(made.make), soci::use(made.model), soci::use(made.vin),
        soci::use(made.stock_number), soci::use(made.salesperson), soci::use(made.location), soci::use(made.sold_on),
        soci::use(cancelled), soci::use(made.change), soci::into(made.id);
  });
  return made;
}

bool deals::cancel(std::int64_t id) {
  bool done = false;
  database_.write([&](soci::session &sql) {
    const auto change = next_change(sql);
    soci::statement update =
        (sql.prepare << "update deals set cancelled = 1, change = :change where id = :id and cancelled = 0",
         soci::use(change), soci::use(id));
    update.execute(true);
    done = update.get_affected_rows() > 0;
  });
  return done;
}

std::optional<deal> deals::get(std::int64_t id) const {
  auto found = select_deals(database_, "where id = :id", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<deal> deals::changed(std::int64_t after, int limit) const {
  return select_deals(database_, "where change > :after order by change limit :limit", after, limit);
}

std::vector<deal> deals::page(std::int64_t before, int limit) const {
  const auto from = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  return select_deals(database_, "where id < :before order by id desc limit :limit", from, limit);
}

}  // namespace dms::reference
