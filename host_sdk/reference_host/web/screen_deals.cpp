// Sales: the cars that were sold, entered and cancelled by hand. A real DMS has its contracts here; plugins hear of
// them in the same way (dms/ext/sales.h).
#include <algorithm>
#include <array>

#include "reference_host/web/master_lists.hpp"
#include "reference_host/web/times.hpp"

namespace dms::reference::web {
namespace {

constexpr int deals_a_page = 50;
constexpr std::size_t longest_text = 100;

struct text_field {
  const char *name, *label;
  std::string deal::*member;
};
constexpr std::array vehicle_fields{text_field{"make", "Make", &deal::make}, text_field{"model", "Model", &deal::model},
                                    text_field{"vin", "VIN", &deal::vin},
                                    text_field{"stock_number", "Stock number", &deal::stock_number}};

std::string vehicle_of(const deal &item) {
  return item.make + (item.make.empty() || item.model.empty() ? "" : " ") + item.model;
}

/// "30.11.2026"; what is no day stays as it is.
std::string written_date(const std::string &day, const std::string &locale) {
  const auto at = start_of_day(day);
  if (!at) return day;
  const auto text = written_time(*at, locale);
  return text.substr(0, text.find(','));
}

std::string today(std::int64_t now_us) {
  constexpr std::size_t day = 10;
  return sortable_time(now_us).substr(0, day);
}

class screen_of_deals : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto found = by.dms.data().deals.page(number_of(by.of("cursor")), deals_a_page + 1);
    const bool more = found.size() > static_cast<std::size_t>(deals_a_page);
    if (more) found.pop_back();
    json rows = json::array();
    for (const auto &item : found) rows.push_back(row_of(by, item));
    auto list = plain_table(by, "deals",
                            {{"sold_on", "Day of the sale"},
                             {"vehicle", "Vehicle"},
                             {"customer", "Customer"},
                             {"salesperson", "Salesperson"},
                             {"location", "Location"},
                             {"state", "State"}},
                            rows);
    list["empty"] = {{"title", by.say("No sales yet.")}};
    list["next"] = nullptr;
    if (more) {
      const auto cursor = std::to_string(found.back().id);
      list["next"] = cursor;
      list["next_link"] = make_link(by.say("Older"), "host.deals", {{"cursor", cursor}});
    }
    auto document = make_screen("host.deals", by.say("Vehicle sales"));
    document["actions"] = json::array({add_action(by)});
    document["blocks"].push_back(std::move(list));
    document["export"] = {"csv", "xlsx"};
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action == "add") return add(by);
    if (action != "cancel") return own_screen::act_on(by, action);
    by.dms.cancel_deal(*by.call(), number_of(by.of("deal")));
    return by.say("The sale is cancelled.");
  }

 private:
  static json row_of(const asked &by, const deal &item) {
    const auto id = std::to_string(item.id);
    const auto buyer = by.dms.data().customers.get(item.customer);
    const auto seller = by.dms.data().users.find(item.salesperson);
    const auto place = by.dms.data().locations.find(item.location);
    const auto name = buyer ? buyer->display_name() : std::to_string(item.customer);
    const auto vehicle = vehicle_of(item);
    const auto numbers = item.vin.empty() ? item.stock_number : item.vin;
    json row{{"id", id},
             {"label", name},
             {"cells",
              {{"sold_on", {{"text", written_date(item.sold_on, by.locale)}, {"value", item.sold_on}}},
               {"vehicle", {{"text", vehicle.empty() ? "–" : vehicle}, {"detail", numbers}}},
               {"customer",
                {{"text", name},
                 {"quiet_text", std::to_string(item.customer)},
                 {"link", make_link(name, "host.customer", {{"id", std::to_string(item.customer)}})}}},
               {"salesperson", seller ? seller->name : item.salesperson},
               {"location", place ? place->name : item.location},
               {"state", state_cell(by, !item.cancelled, "Sold", "Cancelled")}}}};
    if (!item.cancelled) {
      row["actions"] = json::array({{{"action", "cancel"},
                                     {"label", by.say("Cancel the sale")},
                                     {"style", "danger"},
                                     {"confirm", true},
                                     {"input", {{"deal", id}}},
                                     {"title", by.say("Cancel the sale")},
                                     {"text", by.say("Plugins hear of it, and take back what followed from it.")}}});
    }
    return row;
  }

  static json add_action(const asked &by) {
    auto customer = required_field("customer", "text", by.say("Customer number"));
    customer["max_length"] = 18;
    auto day = required_field("sold_on", "date", by.say("Day of the sale"));
    day["value"] = today(by.who.now_us());
    json fields = json::array({std::move(customer), std::move(day)});
    for (const auto &one : vehicle_fields) {
      fields.push_back(std::string_view(one.name) == "make" ? required_field(one.name, "text", by.say(one.label))
                                                            : optional_field(one.name, "text", by.say(one.label)));
      fields.back()["max_length"] = longest_text;
    }
    auto seller = make_field("salesperson", "select", by.say("Salesperson"));
    seller["options"] = json::array({make_option("", "–")});
    for (const auto &each : by.dms.data().users.all()) {
      if (each.active && (each.has_role("sales") || each.has_role("manager"))) {
        seller["options"].push_back(make_option(each.id, each.name));
      }
    }
    auto place = make_field("location", "select", by.say("Location"));
    place["options"] = json::array({make_option("", "–")});
    for (const auto &each : by.dms.data().locations.all()) {
      if (each.open) place["options"].push_back(make_option(each.id, each.name));
    }
    fields.push_back(std::move(seller));
    fields.push_back(std::move(place));
    return {{"action", "add"},
            {"label", by.say("Enter a sale")},
            {"style", "primary"},
            {"submit", by.say("Save")},
            {"fields", std::move(fields)}};
  }

  static std::string add(const asked &by) {
    deal item;
    item.customer = number_of(by.of("customer"));
    if (item.customer == 0 || !by.dms.data().customers.get(item.customer)) {
      throw field_failure("customer", by.say("There is no customer of this number."));
    }
    for (const auto &one : vehicle_fields) {
      item.*one.member = by.of(one.name);
      if ((item.*one.member).size() > longest_text) throw field_failure(one.name, by.say("This is too long."));
    }
    if (item.make.empty()) throw field_failure("make", by.say("Please enter the make."));
    item.sold_on = by.of("sold_on");
    if (!is_day(item.sold_on)) {
      throw field_failure("sold_on", by.say("Give the day of the sale, for example 2026-11-30."));
    }
    if (item.sold_on > today(by.who.now_us())) throw field_failure("sold_on", by.say("This day is still to come."));
    item.salesperson = by.of("salesperson");
    if (!item.salesperson.empty() && !by.dms.data().users.find(item.salesperson)) {
      throw field_failure("salesperson", by.say("Please choose from the list."));
    }
    item.location = by.of("location");
    if (!item.location.empty() && !by.dms.data().locations.find(item.location)) {
      throw field_failure("location", by.say("Please choose from the list."));
    }
    by.dms.enter_deal(*by.call(), item);
    return by.say("The sale is saved.");
  }
};

}  // namespace

std::unique_ptr<dms::screen> deals_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_deals>(of, std::move(say), "host.deals", "host.deals");
}

}  // namespace dms::reference::web
