// sales_rows.cpp - what the page "Abgleich" is made of, as far as whoever asks may see it.
#include <algorithm>
#include <array>

#include "screens/lead/lead_words.hpp"
#include "screens/sales/sales.hpp"

namespace lead_system::screens {
namespace {

struct standing_row {
  std::string_view key, title;
};
constexpr std::array<standing_row, sale_standings> standing_rows{{{"offered", "Offered matches"},
                                                                  {"without_lead", "Sales without a lead"},
                                                                  {"without_sale", "Leads sold without a sale"},
                                                                  {"matched", "Matched"}}};

/// More than a dealership sells in a year.
constexpr int most_deals = 20'000;
constexpr std::size_t leads_at_once = 500;

/// Whoever would see a lead of it: his own sale, one at a location whose leads he sees, or everything of a type.
bool sees_deal(const access::visibility &who, const deal &sold) {
  if (access::works_for(who, sold.salesperson)) return true;
  return who.everything || std::any_of(who.types.begin(), who.types.end(), [&](const access::type_visibility &one) {
           return access::sees(who, one.type, sold.location, {});
         });
}

/// The leads behind deals, as far as one sees them.
std::map<std::int64_t, lead> leads_of(const request &by, const access::visibility &who,
                                      const std::vector<store::kept_deal> &deals) {
  std::map<std::int64_t, lead> result;
  std::vector<std::int64_t> ids;
  const auto read = [&] {
    for (auto &item : by.with.store.leads(ids, who)) result.emplace(item.id, std::move(item));
    ids.clear();
  };
  for (const auto &one : deals) {
    if (one.lead_id != 0) ids.push_back(one.lead_id);
    if (ids.size() == leads_at_once) read();
  }
  read();
  return result;
}

/// Leads that are sold, or were when they were anonymised, by the day of the sale.
std::vector<lead> sold_leads(const request &by, const access::visibility &who, time_us from, time_us to) {
  store::lead_query query;
  query.filter.by_sale = true;
  query.filter.outcomes = {std::string(key(lead_state::won))};
  query.filter.from = from;
  query.filter.to = to;
  query.limit = static_cast<int>(leads_at_once);
  std::vector<lead> result;
  do {
    auto page = by.with.leads.list(query, who, by.now);
    std::move(page.leads.begin(), page.leads.end(), std::back_inserter(result));
    query.cursor = page.next;
  } while (!query.cursor.empty());
  return result;
}

void add_deals(const request &by, const access::visibility &who, const evaluation::calendar &days, time_us from,
               time_us to, std::vector<sale_row> &into) {
  const auto &desk = *by.with.sales;
  const auto deals = desk.rows().sold_between(from, to, most_deals);
  auto leads = leads_of(by, who, deals);
  for (const auto &one : deals) {
    if (one.of.cancelled) continue;
    sale_row row{sale_standing::without_lead, days.day_of(noon_of(one.of.sold_on)), one.of.make, one, {}, {}};
    if (one.lead_id != 0) {
      row.how = sale_standing::matched;
      if (const auto found = leads.find(one.lead_id); found != leads.end()) row.item = std::move(found->second);
    } else {
      row.offers = desk.offers_of(one.of, who);
      if (!row.offers.empty()) row.how = sale_standing::offered;
    }
    if (row.item || !row.offers.empty() || sees_deal(who, one.of)) into.push_back(std::move(row));
  }
}

void add_leads(const request &by, const access::visibility &who, const evaluation::calendar &days, time_us from,
               time_us to, std::vector<sale_row> &into) {
  auto leads = sold_leads(by, who, from, to);
  for (std::size_t at = 0; at < leads.size(); at += leads_at_once) {
    const auto end = std::min(leads.size(), at + leads_at_once);
    std::vector<std::int64_t> ids;
    for (auto one = at; one < end; ++one) ids.push_back(leads[one].id);
    const auto known = by.with.sales->rows().with_deal(ids);
    for (auto one = at; one < end; ++one) {
      auto &item = leads[one];
      if (known.contains(item.id)) continue;
      const auto make = item.content.wanted.empty() ? std::string{} : item.content.wanted.front().make;
      into.push_back({sale_standing::without_sale, days.day_of(item.ended_at), make, {}, {}, std::move(item)});
    }
  }
}

}  // namespace

std::string_view key(sale_standing how) noexcept {
  return standing_rows[static_cast<std::size_t>(how)].key;
}

std::optional<sale_standing> sale_standing_from(std::string_view key) noexcept {
  for (std::size_t at = 0; at < sale_standings; ++at) {
    if (standing_rows[at].key == key) return static_cast<sale_standing>(at);
  }
  return std::nullopt;
}

std::string_view title(sale_standing how) noexcept {
  return standing_rows[static_cast<std::size_t>(how)].title;
}

std::vector<sale_row> sale_rows(const request &by, const evaluation::day_span &days) {
  const evaluation::calendar when({}, by.now);
  const auto who = by.sees();
  const auto from = when.moment(days.from), to = when.moment(days.to);
  std::vector<sale_row> result;
  add_deals(by, who, when, from, to, result);
  add_leads(by, who, when, from, to, result);
  std::stable_sort(result.begin(), result.end(),
                   [](const auto &left, const auto &right) { return left.day > right.day; });
  return result;
}

json sold_on_cell(const request &by, const deal &sold) {
  return cell_value(by.write.iso_date(sold.sold_on), sold.sold_on);
}

json sold_vehicle_cell(const deal &sold) {
  auto name = vehicle_of(sold);
  return cell(name.empty() ? "–" : std::move(name), {{"detail", sold.vin.empty() ? sold.stock_number : sold.vin}});
}

json offer_actions(const request &by, const processing::sales_desk::offer &one) {
  json result = json::array();
  if (!by.who.may("leads.process")) return result;
  const json input{
      {"deal", one.of.id}, {"lead", std::to_string(one.item.id)}, {"version", std::to_string(one.item.version)}};
  auto yes = action("confirm_sale", by.say("Yes, this sale"), "second");
  yes["id"] = "confirm_sale_" + one.of.id + "_" + std::to_string(one.item.id);
  yes["input"] = input;
  auto no = action("refuse_sale", by.say("No"), "second");
  no["id"] = "refuse_sale_" + one.of.id + "_" + std::to_string(one.item.id);
  no["input"] = input;
  result.push_back(std::move(yes));
  result.push_back(std::move(no));
  return result;
}

}  // namespace lead_system::screens
