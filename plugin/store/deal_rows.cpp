#include "store/deal_rows.hpp"

#include <algorithm>

#include "store/database.hpp"
#include "store/fields.hpp"
#include "store/lead_rows.hpp"

namespace lead_system::store {

namespace {

/// What the host tells of a deal.
constexpr auto told_deal_fields = fields_of<deal>(
    field("id", &deal::id), field("customer", &deal::customer), field("make", &deal::make),
    field("model", &deal::model), field("vin", &deal::vin), field("stock_number", &deal::stock_number),
    field("salesperson", &deal::salesperson), field("location", &deal::location), field("sold_on", &deal::sold_on),
    field("cancelled", &deal::cancelled), field("change_number", &deal::change));
constexpr auto tie_fields =
    fields_of<kept_deal>(field("lead_id", &kept_deal::lead_id), field("tied_how", &kept_deal::tied_how),
                         field("tied_by", &kept_deal::tied_by), field("forgotten", &kept_deal::forgotten));

std::vector<kept_deal> deals_where(connection &on, const std::string &rest, std::vector<value> values) {
  static const auto columns = "SELECT " + told_deal_fields.columns() + ", " + tie_fields.columns();
  std::vector<kept_deal> result;
  auto &rows =
      on.run(columns + " FROM deal WHERE " + rest, std::move(values), told_deal_fields.kinds_with(tie_fields.kinds()));
  while (rows.next()) {
    told_deal_fields.read(rows, result.emplace_back().of);
    tie_fields.read(rows, result.back(), told_deal_fields.count);
  }
  return result;
}

std::optional<kept_deal> one_deal(connection &on, const std::string &condition, std::vector<value> values) {
  auto found = deals_where(on, condition, std::move(values));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void take_one(connection &on, const deal &one) {
  // Of a deal whose lead was anonymised only what is counted is kept, however often the host tells of it.
  on.change(
      told_deal_fields.insert("deal", {"sold_at"}) +
          " ON CONFLICT (id) DO UPDATE SET customer = CASE WHEN deal.forgotten = 1 THEN '' ELSE excluded.customer END, "
          "make = excluded.make, model = excluded.model, "
          "vin = CASE WHEN deal.forgotten = 1 THEN '' ELSE excluded.vin END, "
          "stock_number = CASE WHEN deal.forgotten = 1 THEN '' ELSE excluded.stock_number END, "
          "salesperson = excluded.salesperson, location = excluded.location, sold_on = excluded.sold_on, "
          "sold_at = excluded.sold_at, cancelled = excluded.cancelled, change_number = excluded.change_number "
          "WHERE deal.change_number < excluded.change_number",
      told_deal_fields.values(one, noon_of(one.sold_on)));
}

}  // namespace

std::int64_t deal_rows::known_change() {
  return in_.inside().read(
      [](connection &on) -> std::int64_t { return on.number("SELECT change_number FROM deal_news WHERE id = 1"); });
}

void deal_rows::take(const std::vector<deal> &news, std::int64_t known) {
  in_.inside().write([&](connection &on) {
    for (const auto &one : news) take_one(on, one);
    on.change("UPDATE deal_news SET change_number = :a1 WHERE id = 1 AND change_number < :a2", {known, known});
  });
}

std::optional<kept_deal> deal_rows::find(const std::string &id) {
  return in_.inside().read([&](connection &on) { return one_deal(on, "id = :a1", {id}); });
}

std::optional<kept_deal> deal_rows::of_lead(std::int64_t lead_id) {
  return in_.inside().read([&](connection &on) { return one_deal(on, "lead_id = :a1 AND lead_id <> 0", {lead_id}); });
}

std::vector<kept_deal> deal_rows::of_customer(const std::string &customer, int limit) {
  if (customer.empty()) return {};
  return in_.inside().read([&](connection &on) {
    return deals_where(on, "customer = :a1 ORDER BY sold_at DESC, id LIMIT :a2", {customer, limit});
  });
}

std::vector<kept_deal> deal_rows::sold_between(time_us from, time_us to, int limit) {
  return in_.inside().read([&](connection &on) {
    return deals_where(on, "sold_at >= :a1 AND sold_at < :a2 ORDER BY sold_at DESC, id LIMIT :a3", {from, to, limit});
  });
}

std::vector<kept_deal> deal_rows::without_lead(time_us since, const std::string &after, int limit) {
  return in_.inside().read([&](connection &on) {
    return deals_where(on, "id > :a1 AND sold_at >= :a2 AND lead_id = 0 AND cancelled = 0 ORDER BY id LIMIT :a3",
                       {after, since, limit});
  });
}

std::vector<kept_deal> deal_rows::fallen_through(int limit) {
  return in_.inside().read([&](connection &on) {
    return deals_where(on, "cancelled = 1 AND lead_id <> 0 AND forgotten = 0 ORDER BY id LIMIT :a1", {limit});
  });
}

std::vector<lead> deal_rows::candidates(const deal &of, int limit, taken_back which) {
  if (of.customer.empty()) return {};
  return in_.inside().read([&](connection &on) {
    static const std::string sql =
        "SELECT " + lead_columns +
        " FROM lead WHERE customer = :a1 AND customer <> '' AND NOT EXISTS (SELECT 1 FROM "
        "deal WHERE deal.lead_id = lead.id AND deal.lead_id <> 0) AND NOT EXISTS (SELECT 1 "
        "FROM deal_refusal WHERE deal_refusal.lead_id = lead.id AND deal_id = :a2 AND still_offered < :a3) ORDER BY "
        "created_at DESC, id DESC LIMIT :a4";
    std::vector<lead> result;
    auto &rows = on.run(sql, {of.customer, of.id, which == taken_back::too ? 1 : 2, limit}, lead_column_kinds);
    while (rows.next()) result.push_back(read_lead(rows, false));
    return result;
  });
}

std::set<std::int64_t> deal_rows::with_deal(const std::vector<std::int64_t> &leads) {
  return in_.inside().read([&](connection &on) {
    std::set<std::int64_t> result;
    if (leads.empty()) return result;
    arguments in;
    const auto list = in.numbers(leads);
    statement rows(on.session(), "SELECT lead_id FROM deal WHERE lead_id <> 0 AND lead_id IN (" + list + ")", in, "i");
    for (rows.execute(); rows.next();) result.insert(rows.number(0));
    return result;
  });
}

// Each side reads its page in the order of an index: PostgreSQL would gather all customers before it sorts them.
std::string customers_sql() {
  return "SELECT customer FROM (SELECT DISTINCT customer FROM lead WHERE customer <> '' AND customer > :a1 AND "
         "created_at >= :a2 ORDER BY customer LIMIT :a3) of_leads UNION SELECT customer FROM (SELECT DISTINCT customer "
         "FROM deal WHERE customer <> '' AND customer > :a4 AND lead_id = 0 ORDER BY customer LIMIT :a5) of_deals "
         "ORDER BY 1 LIMIT :a6";
}

std::vector<std::string> deal_rows::customers(time_us since, const std::string &after, int limit) {
  return in_.inside().read([&](connection &on) {
    std::vector<std::string> result;
    auto &rows = on.run(customers_sql(), {after, since, limit, after, limit, limit}, "t");
    while (rows.next()) result.push_back(rows.text(0));
    return result;
  });
}

void deal_rows::move_customer(const std::string &former, const std::string &customer) {
  in_.inside().write([&](connection &on) {
    on.change("UPDATE deal SET customer = :a1 WHERE customer = :a2 AND forgotten = 0", {customer, former});
  });
}

namespace {

/// `still_offered`: only the rule is not to tie them.
void add_refusal(connection &on, const std::string &deal, std::int64_t lead_id, bool still_offered,
                 const std::string &actor, time_us at) {
  on.change(
      "INSERT INTO deal_refusal (deal_id, lead_id, refused_by, refused_at, still_offered) VALUES (:a1, :a2, :a3, :a4, "
      ":a5) ON CONFLICT (deal_id, lead_id) DO UPDATE SET refused_by = excluded.refused_by, refused_at = "
      "excluded.refused_at, still_offered = excluded.still_offered",
      {deal, lead_id, actor, at, still_offered ? 1 : 0});
}

}  // namespace

void deal_rows::drop_before(time_us at) {
  in_.inside().write([&](connection &on) {
    on.change(
        "DELETE FROM deal_refusal WHERE deal_id IN (SELECT id FROM deal WHERE sold_at < :a1 AND lead_id = 0 AND "
        "forgotten = 0)",
        {at});
    on.change("DELETE FROM deal WHERE sold_at < :a1 AND lead_id = 0 AND forgotten = 0", {at});
  });
}

void deal_rows::refuse(const std::string &deal, std::int64_t lead_id, const std::string &actor, time_us at) {
  in_.inside().write([&](connection &on) { add_refusal(on, deal, lead_id, false, actor, at); });
}

bool transaction::tie_deal(const std::string &deal, std::int64_t lead_id, const std::string &how,
                           const std::string &actor, time_us at) {
  if (one_deal(on_, "lead_id = :a1 AND lead_id <> 0", {lead_id})) return false;
  return on_.change(
             "UPDATE deal SET lead_id = :a1, tied_how = :a2, tied_by = :a3, tied_at = :a4 WHERE id = :a5 AND lead_id = "
             "0 AND cancelled = 0 AND forgotten = 0",
             {lead_id, how, actor, at, deal}) == 1;
}

std::string transaction::untie_deal(std::int64_t lead_id, bool taken_back, const std::string &actor, time_us at) {
  const auto tied = one_deal(on_, "lead_id = :a1 AND lead_id <> 0", {lead_id});
  if (!tied) return {};
  on_.change("UPDATE deal SET lead_id = 0, tied_how = '', tied_by = '', tied_at = 0 WHERE id = :a1", {tied->of.id});
  if (taken_back) add_refusal(on_, tied->of.id, lead_id, true, actor, at);
  return tied->of.id;
}

void forget_deal(connection &on, std::int64_t lead_id, const std::string &customer) {
  const std::string forget = "UPDATE deal SET customer = '', vin = '', stock_number = '', forgotten = 1 WHERE ";
  on.change(forget + "lead_id = :a1 AND lead_id <> 0", {lead_id});
  if (!customer.empty()) on.change(forget + "customer = :a1", {customer});
  on.change("DELETE FROM deal_refusal WHERE lead_id = :a1", {lead_id});
}

}  // namespace lead_system::store
