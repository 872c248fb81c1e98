// sales.hpp - "Abgleich": the host's sales beside the leads, and what of both may go together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/calendar.hpp"
#include "processing/sales_desk.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

constexpr std::string_view sales_id = "leads.sales";

std::unique_ptr<dms::screen> make_sales(const parts &with);

/// "confirm_sale" and "refuse_sale" {deal, lead, version}, on this page and on the lead's; nothing for another action.
std::optional<dms::answer> act_on_sale(const request &by, std::string_view action, const parameters &input);

/// Where a sale of the host and a lead stand to each other.
enum class sale_standing : std::size_t {
  offered,       ///< they may go together: somebody says yes or no
  without_lead,  ///< sold, and no lead is known of it
  without_sale,  ///< a lead is sold, and the host has no sale of it
  matched        ///< both are there
};
constexpr std::size_t sale_standings = 4;
std::string_view key(sale_standing how) noexcept;
std::optional<sale_standing> sale_standing_from(std::string_view key) noexcept;
std::string_view title(sale_standing how) noexcept;  ///< English, a gettext key

/// One sale, or one lead without one.
struct sale_row {
  sale_standing how = sale_standing::without_lead;
  int day = 0;       ///< local, of the sale
  std::string make;  ///< as it is written; empty: none is known
  std::optional<store::kept_deal> sold;
  std::vector<processing::sales_desk::offer> offers;  ///< the best first
  std::optional<lead> item;                           ///< of matched and without_sale
};
/// Those of [from, to) that whoever asks may see, the newest first (sales_rows.cpp).
std::vector<sale_row> sale_rows(const request &by, const evaluation::day_span &days);

/// The cells and actions that this page and the lead's have in common (sales_rows.cpp).
json sold_on_cell(const request &by, const deal &sold);
json sold_vehicle_cell(const deal &sold);
json offer_actions(const request &by, const processing::sales_desk::offer &one);

}  // namespace lead_system::screens
