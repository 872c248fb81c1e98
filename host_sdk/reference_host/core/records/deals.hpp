// deals.hpp - cars that were sold: what a DMS knows, and a plugin asks for (dms/ext/sales.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"
#include "reference_host/core/records/days.hpp"

namespace dms::reference {

struct deal {
  std::int64_t id = 0;
  std::int64_t customer = 0;
  std::string make, model, vin, stock_number;
  std::string salesperson, location;  ///< login and id, or empty
  std::string sold_on;                ///< "2026-11-30"
  bool cancelled = false;
  std::int64_t change = 0;  ///< grows with every change of any deal
};

class deals {
 public:
  explicit deals(database &in) : database_(in) {}
  /// Everything but id and change is taken as it stands. See host::enter_deal, which also tells the plugins.
  deal add(const deal &item);
  /// False where there is none, or it was cancelled before. See host::cancel_deal.
  bool cancel(std::int64_t id);
  std::optional<deal> get(std::int64_t id) const;
  /// In the order of their changes.
  std::vector<deal> changed(std::int64_t after, int limit) const;
  /// The last that were sold, newest first; behind the id `before` (0: from the newest).
  std::vector<deal> page(std::int64_t before, int limit) const;

 private:
  database &database_;
};

/// Two customers became one: each of his deals has changed. Returns which.
std::vector<std::int64_t> move_deals(soci::session &sql, std::int64_t from, std::int64_t into);

}  // namespace dms::reference
