#include "screens/sales/sales.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {
namespace {

using evaluation::calendar, evaluation::day_span;

constexpr std::size_t rows_a_list = 100;
constexpr int months_offered = 12;

// --- what is asked for ---

struct sales_query {
  std::string period;  ///< "2026-11", year, or empty: the last three months
  day_span days;
  std::optional<std::string> make;  ///< folded; "" means: none is known
  std::string make_sent;
  std::optional<sale_standing> only;
};

/// First day of the month that lies `back` months before that of `day`.
int month_begin(int day, int back) {
  const int months = calendar::year_of(day) * 12 + calendar::month_of(day) - 1 - back;
  const auto month = months % 12 + 1;
  const auto iso = std::to_string(months / 12) + (month < 10 ? "-0" : "-") + std::to_string(month) + "-01";
  return calendar::parse(iso).value_or(0);
}

std::string month_key(int day) {
  return calendar::iso(day).substr(0, 7);
}

std::string month_word(const request &by, int day) {
  return by.say.rules().months[static_cast<std::size_t>(calendar::month_of(day) - 1)] + " " +
         std::to_string(calendar::year_of(day));
}

sales_query read_sales_query(const request &by, const parameters &sent, int today) {
  sales_query result;
  result.period = sent.one("period");
  const int next_month = month_begin(today, -1);
  if (result.period.empty()) {
    result.days = {month_begin(today, 2), next_month};
  } else if (result.period == "year") {
    result.days = {month_begin(today, months_offered - 1), next_month};
  } else {
    const auto day = calendar::parse(result.period + "-01");
    if (!day) refuse_value(by, "period", result.period);
    result.days = {*day, month_begin(*day, -1)};
  }
  result.make_sent = sent.one("make");
  if (!result.make_sent.empty()) result.make = make_key(from_choice(result.make_sent));
  if (const auto show = sent.one("show"); !show.empty()) {
    result.only = sale_standing_from(show);
    if (!result.only) refuse_value(by, "show", show);
  }
  return result;
}

json sales_filters(const request &by, const sales_query &query, const std::vector<sale_row> &rows, int today) {
  json months = json::array({option("", by.say("Last 3 months")), option("year", by.say("Last 12 months"))});
  for (int back = 0; back < months_offered; ++back) {
    const auto day = month_begin(today, back);
    months.push_back(option(month_key(day), month_word(by, day)));
  }
  std::map<std::string, std::string> makes;
  for (const auto &one : rows) makes.emplace(make_key(one.make), one.make);
  json names = json::array({option("", by.say("All"))});
  for (const auto &[folded, name] : makes) {
    if (!folded.empty()) names.push_back(option(to_choice(name), name));
  }
  if (makes.contains("")) names.push_back(option("none", by.say("None named")));
  json shown = json::array({option("", by.say("All"))});
  for (std::size_t at = 0; at < sale_standings; ++at) {
    const auto how = static_cast<sale_standing>(at);
    shown.push_back(option(std::string(key(how)), by.say(title(how))));
  }
  auto period = choice("period", by.say("Period"), query.period, std::move(months));
  period["wide"] = true;
  return {{"type", "filters"},
          {"id", "filters"},
          {"label", by.say("Filter the sales")},
          {"submit", by.say("Apply")},
          {"fields", json::array({std::move(period), choice("make", by.say("Make"), query.make_sent, std::move(names)),
                                  choice("show", by.say("Show"), query.only ? std::string(key(*query.only)) : "",
                                         std::move(shown))})}};
}

// --- how many, by month and make ---

struct sale_counts {
  int day = 0;  ///< of the month
  std::string make;
  std::array<std::int64_t, sale_standings> of{};
};

json sale_count(const request &by, std::int64_t count, const sales_query &query, const std::string &month,
                const std::string &make, sale_standing how) {
  auto result = cell_value(by.say.number(count), count);
  if (count == 0) {
    result["quiet"] = true;
    return result;
  }
  json params{{"show", key(how)}};
  if (!month.empty()) {
    params["period"] = month;
  } else if (!query.period.empty()) {
    params["period"] = query.period;
  }
  if (!make.empty()) params["make"] = make;
  auto there = link_to(by.say.number(count), sales_id, std::move(params));
  there["anchor"] = key(how);
  result["link"] = std::move(there);
  return result;
}

json counts_table(const request &by, const sales_query &query, const std::vector<sale_row> &rows) {
  std::map<std::pair<int, std::string>, sale_counts> groups;
  sale_counts total;
  for (const auto &one : rows) {
    const auto month = month_begin(one.day, 0);
    auto &group = groups[{-month, make_key(one.make)}];
    group.day = month;
    group.make = one.make;
    ++group.of[static_cast<std::size_t>(one.how)];
    ++total.of[static_cast<std::size_t>(one.how)];
  }
  json columns = json::array({column("month", by.say("Month")), column("make", by.say("Make"))});
  for (std::size_t at = 0; at < sale_standings; ++at) {
    const auto how = static_cast<sale_standing>(at);
    auto one = column(key(how), by.say(title(how)));
    one["number"] = true;
    columns.push_back(std::move(one));
  }
  auto block = table("counts", by.say("By month and make"), std::move(columns));
  block["layout"] = "aligned";
  const auto cells_of = [&](const sale_counts &group, const std::string &month, const std::string &make) {
    json cells = json::object();
    for (std::size_t at = 0; at < sale_standings; ++at) {
      const auto how = static_cast<sale_standing>(at);
      cells[std::string(key(how))] = sale_count(by, group.of[at], query, month, make, how);
    }
    return cells;
  };
  for (const auto &[place, group] : groups) {
    auto cells = cells_of(group, month_key(group.day), to_choice(group.make));
    cells["month"] = cell_value(month_word(by, group.day), month_key(group.day));
    cells["make"] = group.make.empty() ? no_cell() : cell(group.make);
    block["rows"].push_back({{"id", month_key(group.day) + "/" + place.second}, {"cells", std::move(cells)}});
  }
  if (!groups.empty()) {
    block["totals"] = cells_of(total, {}, query.make_sent);
    block["totals"]["month"] = by.say("Total");
  }
  block["empty"] = {{"title", by.say("Nothing was sold in this period.")}};
  return block;
}

// --- the lists ---

json found_lead_cell(const request &by, const lead &item) {
  const auto name = prospect_name(by, item);
  auto result =
      cell_value(name, item.id,
                 {{"detail", by.say("{1}, received {2}", by.say(title(item.state)), by.write.date(item.created_at))}});
  result["link"] = lead_link(name, item.id);
  return result;
}

json customer_cell(const std::string &customer) {
  if (customer.empty()) return no_cell();
  auto result = cell(customer);
  result["link"] = link_to_host(customer, "customer", {{"id", customer}});
  return result;
}

json person_cell(const request &by, const std::string &user, const std::string &place) {
  const auto name = by.people->user_name(user);
  const auto where = place.empty() ? std::string{} : by.people->location_name(place);
  if (name.empty() && where.empty()) return no_cell();
  return cell(name.empty() ? "–" : name, {{"detail", where}});
}

std::string found_by(const request &by, const store::kept_deal &sold) {
  if (sold.tied_how == "confirmed") return by.say("Confirmed by {1}", by.people->user_name(sold.tied_by));
  for (const auto sign : {sale_sign::same_vehicle, sale_sign::same_make}) {
    if (key(sign) == sold.tied_how) return by.say(meaning(sign));
  }
  return sold.tied_how;
}

json cells_of(const request &by, const sale_row &row) {
  json cells = json::object();
  if (row.sold) {
    cells = {{"sold_on", sold_on_cell(by, row.sold->of)},
             {"vehicle", sold_vehicle_cell(row.sold->of)},
             {"customer", customer_cell(row.sold->of.customer)},
             {"salesperson", person_cell(by, row.sold->of.salesperson, row.sold->of.location)}};
  } else {
    const auto &wanted = row.item->content.wanted;
    const auto car = wanted.empty() ? std::string{} : vehicle_text(wanted.front(), true);
    cells = {{"sold_on", cell_value(by.write.date(row.item->ended_at), calendar::iso(row.day))},
             {"vehicle", car.empty() ? no_cell() : cell(car)},
             {"customer", customer_cell(row.item->customer)},
             {"salesperson", person_cell(by, row.item->assignee, row.item->location)}};
  }
  return cells;
}

void add_rows(const request &by, const sale_row &row, json &rows) {
  if (row.how == sale_standing::offered) {
    for (const auto &offer : row.offers) {
      auto cells = cells_of(by, row);
      cells["lead"] = found_lead_cell(by, offer.item);
      cells["why"] = by.say(meaning(offer.sign));
      rows.push_back({{"id", offer.of.id + "/" + std::to_string(offer.item.id)},
                      {"cells", std::move(cells)},
                      {"actions", offer_actions(by, offer)}});
    }
    return;
  }
  auto cells = cells_of(by, row);
  if (row.how != sale_standing::without_lead) cells["lead"] = row.item ? found_lead_cell(by, *row.item) : no_cell();
  if (row.how == sale_standing::matched) cells["why"] = found_by(by, *row.sold);
  rows.push_back({{"id", row.sold ? row.sold->of.id : std::to_string(row.item->id)}, {"cells", std::move(cells)}});
}

json list_of_sales(const request &by, sale_standing how, const std::vector<const sale_row *> &rows) {
  json columns =
      json::array({column("sold_on", by.say("Sold on"), "time"), column("vehicle", by.say("Vehicle")),
                   column("customer", by.say("Customer")), column("salesperson", by.say("Salesperson"), "person")});
  if (how != sale_standing::without_lead) columns.push_back(column("lead", by.say("Lead")));
  if (how == sale_standing::offered || how == sale_standing::matched) {
    auto why = column("why", how == sale_standing::offered ? by.say("Why") : by.say("Found by"));
    why["width"] = "wide";
    columns.push_back(std::move(why));
  }
  auto block = table(key(how), by.say(title(how)), std::move(columns));
  block["layout"] = "plain";
  block["total"] = rows.size();
  for (std::size_t at = 0; at < std::min(rows.size(), rows_a_list); ++at) add_rows(by, *rows[at], block["rows"]);
  if (rows.size() > rows_a_list) {
    block["count_text"] = by.say("The first {1} of {2}. Choose a month or a make to see the others.",
                                 by.say.number(rows_a_list), by.say.number(static_cast<std::int64_t>(rows.size())));
  } else {
    block["note"] = by.say.number(static_cast<std::int64_t>(rows.size()));
  }
  return block;
}

json empty_note(const request &by, sale_standing how) {
  constexpr std::array<std::string_view, sale_standings> sentences{
      "No match waits for an answer.", "Each sale has its lead.", "Each sold lead has its sale.",
      "No sale has a lead yet."};
  return {{"title", by.say(sentences[static_cast<std::size_t>(how)])}};
}

void add_lists(json &blocks, const request &by, const sales_query &query, const std::vector<sale_row> &rows) {
  std::array<std::vector<const sale_row *>, sale_standings> lists;
  for (const auto &one : rows) lists[static_cast<std::size_t>(one.how)].push_back(&one);
  for (std::size_t at = 0; at < sale_standings; ++at) {
    const auto how = static_cast<sale_standing>(at);
    // What is in order is shown where somebody asks for it.
    if (query.only ? *query.only != how : how == sale_standing::matched) continue;
    auto block = list_of_sales(by, how, lists[at]);
    block["empty"] = empty_note(by, how);
    blocks.push_back(std::move(block));
  }
}

/// The rule, in words.
json rule_block(const request &by) {
  const auto item = [&](std::string label, std::string text) {
    return json{{"label", std::move(label)}, {"value", {{"text", std::move(text)}}}};
  };
  const auto sure = std::to_string(sure_days), possible = std::to_string(possible_days);
  return facts(
      "rule", by.say("How a sale finds its lead"),
      json::array(
          {item(
               by.say("By itself"),
               by.say("The same customer, and the vehicle that was asked for (VIN or stock number), else its make; the "
                      "lead arrived on the day of the sale or at most {1} days before it; and no other lead of the "
                      "customer fits as well. Open leads, and such that somebody marked as sold, go before those that "
                      "have ended.",
                      sure)),
           item(by.say("Offered"),
                by.say("Any other lead of the same customer of the last {1} days before the sale, the likeliest first. "
                       "Somebody says yes or no. Invalid and anonymised leads are never meant.",
                       possible)),
           item(by.say("What happens"),
                by.say("The lead is sold on the day of the contract, also where it had ended before, and the "
                       "manufacturer hears of it. Each sale has one lead at most, and each lead one sale.")),
           item(
               by.say("Cancelled"),
               by.say("A sale that is cancelled in the DMS is taken back, and the manufacturer hears of that: the lead "
                      "is open again, or has ended as it had before.")),
           item(by.say("Corrected"), by.say("“Take the sale back” on the lead's page separates the two. They are not "
                                            "tied by themselves again, but "
                                            "offered, until somebody says yes or no."))}));
}

class sales_screen : public dms::screen {
 public:
  explicit sales_screen(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(sales_id); }
  std::string right() const override { return "leads.sales"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    auto result = document(sales_id, by.say("Sales and leads"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "sales"}})});
    result["export"] = {"csv", "xlsx"};
    auto &blocks = result["blocks"];
    if (with_.sales == nullptr || !with_.sales->hears()) {
      blocks.push_back(notice("left_out", "warn",
                              by.say("This DMS does not tell of its sales, so that there is nothing to compare."),
                              by.say("Mark leads as sold by hand. Your vendor knows whether the DMS can tell.")));
      return text_of(result);
    }
    const calendar when({}, by.now);
    const auto query = read_sales_query(by, parameters(text), when.today());
    auto rows = sale_rows(by, query.days);
    blocks.push_back(sales_filters(by, query, rows, when.today()));
    if (query.make) {
      std::erase_if(rows, [&](const sale_row &one) { return make_key(one.make) != *query.make; });
    }
    blocks.push_back(counts_table(by, query, rows));
    add_lists(blocks, by, query, rows);
    blocks.push_back(rule_block(by));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    return act_on_sale(by, action_name, parameters(input)).value_or(unknown_action(by));
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_sales(const parts &with) {
  return std::make_unique<sales_screen>(with);
}

std::optional<dms::answer> act_on_sale(const request &by, std::string_view action, const parameters &input) {
  const bool confirms = action == "confirm_sale";
  if (!confirms && action != "refuse_sale") return std::nullopt;
  if (by.with.sales == nullptr) return unknown_action(by);
  const auto deal = input.one("deal");
  const auto id = input.integer("lead"), version = input.integer("version");
  if (deal.empty() || !id) {
    return invalid_input(by, {{"deal", {"Name the sale and the lead.", {}}}});
  }
  if (!confirms) {
    auto came = by.with.sales->refuse(by.actor(), deal, *id);
    if (came.result == processing::verdict::done) came.text = {"The two are not offered to each other any more.", {}};
    return answer_of(by, came);
  }
  if (!version) return invalid_input(by, {{"version", {"Send the version of the lead that you saw.", {}}}});
  auto came = by.with.sales->confirm(by.actor(), by.who, deal, *id, *version);
  if (came.result == processing::verdict::done) {
    came.text = came.reported ? message{"The lead is sold. The manufacturer hears of it.", {}}
                              : message{"The lead is sold.", {}};
    by.with.wake_feedback();
  }
  return answer_of(by, came);
}

}  // namespace lead_system::screens
