// sale.hpp - when a car that was sold in the host is the sale of a lead: the one rule, in words on the page "Abgleich"
// (plugin/README.md "A sale in the DMS").
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lead/lead.hpp"
#include "lead/working_time.hpp"

namespace lead_system {

/// A deal as the host tells of it (dms/ext/sales.h).
struct deal {
  std::string id, customer;
  std::string make, model, vin, stock_number;
  std::string salesperson, location;
  std::string sold_on;  ///< ISO date
  bool cancelled = false;
  std::int64_t change = 0;  ///< the host's number of its last change
};

/// "Nissan Juke", or what is known of it.
std::string vehicle_of(const deal &sold);

/// A lead that arrived so long before the sale may be its lead without anybody's word, and may at all.
constexpr int sure_days = 183, possible_days = 730;

/// How a lead and a deal of its customer go together, the surest first.
enum class sale_sign {
  same_vehicle,  ///< the vehicle that was asked for, by VIN or stock number
  same_make,     ///< the make that was asked for
  no_make,       ///< the lead names no vehicle, or the deal none
  other_make     ///< another make was asked for
};
std::string_view key(sale_sign sign) noexcept;
/// One sentence, English, a gettext key.
std::string_view meaning(sale_sign sign) noexcept;
sale_sign sign_of(const deal &sold, const lead_content &asked);
/// A key under which all writings of a make are one: "VW" is "Volkswagen", "Mercedes" is "Mercedes-Benz".
std::string make_key(std::string_view make);

/// When the enquiry was made: when the sender took it, where that is known and earlier.
time_us arrived_at(const lead &item) noexcept;

/// Which of the leads of its customer a deal may be the sale of. `leads` are those that have no deal yet, and that
/// nobody has refused for this one. Places in `leads`:
struct sale_judgement {
  std::optional<std::size_t> sure;    ///< needs nobody's word
  std::vector<std::size_t> possible;  ///< the best first; with `sure` as well
};
/// Sure is a lead that asked for the same vehicle, else for the same make, and arrived on the day of the sale or at
/// most sure_days before it, where there is only one such lead. Of several those count that are open, or that somebody
/// has marked as sold; where there are none, all that have ended. Leads that are invalid or anonymised are never meant.
sale_judgement judge(const deal &sold, std::span<const lead> leads);

}  // namespace lead_system
