// lead_sales.cpp - the sale in the DMS that the lead became, or those that it may have become.
#include "screens/lead/lead_blocks.hpp"
#include "screens/sales/sales.hpp"

namespace lead_system::screens {
namespace {

json sales_table(const request &by, std::string_view id, std::string title) {
  auto block = table(id, std::move(title),
                     json::array({column("sold_on", by.say("Sold on"), "time"), column("vehicle", by.say("Vehicle")),
                                  column("why", by.say("Why"))}));
  block["layout"] = "plain";
  return block;
}

}  // namespace

json sale_block(const lead_view &view) {
  const auto &by = view.by;
  if (by.with.sales == nullptr || !by.with.sales->hears() || view.item.state == lead_state::erased) return nullptr;
  if (const auto sold = by.with.sales->rows().of_lead(view.item.id)) {
    auto block = sales_table(by, "sale", by.say("Sale in the DMS"));
    const auto why = sold->tied_how == "confirmed" ? by.say("Confirmed by {1}", by.people->user_name(sold->tied_by))
                                                   : by.say("Found by itself: sale {1}", sold->of.id);
    block["rows"].push_back(
        {{"id", sold->of.id},
         {"cells", {{"sold_on", sold_on_cell(by, sold->of)}, {"vehicle", sold_vehicle_cell(sold->of)}, {"why", why}}}});
    return block;
  }
  const auto offers = by.with.sales->offers_for(view.item, by.sees());
  if (offers.empty()) return nullptr;
  auto block = sales_table(by, "sale_offers", by.say("Is this the sale of the lead?"));
  for (const auto &one : offers) {
    block["rows"].push_back({{"id", one.of.id},
                             {"cells",
                              {{"sold_on", sold_on_cell(by, one.of)},
                               {"vehicle", sold_vehicle_cell(one.of)},
                               {"why", by.say(meaning(one.sign))}}},
                             {"actions", offer_actions(by, one)}});
  }
  return block;
}

}  // namespace lead_system::screens
