// sales_desk.hpp - the host's deals and the leads that they are the sale of (plugin/README.md "A sale in the DMS").
// What the rule of lead/sale.hpp is sure of is done; everything else is offered, and somebody says yes or no.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "processing/lead_desk.hpp"
#include "store/deal_rows.hpp"

namespace lead_system::processing {

class sales_desk {
 public:
  /// `sales` may be empty: then nothing is told, and nothing is done.
  sales_desk(store::deal_rows &rows, lead_desk &desk, dms::sales sales, dms::log log)
      : rows_(rows), desk_(desk), sales_(sales), log_(log) {}

  /// Whether the host tells of its deals.
  bool hears() const noexcept { return static_cast<bool>(sales_); }
  /// Takes over what the host has told of since the last time, and ties or takes back what follows from it. Again
  /// changes nothing. Returns for how many leads.
  int take_news(const dms::call &call) const;
  /// The same, and looks again at the deals that have no lead: somebody may have been linked with his customer since,
  /// or two customers may have been merged unheard; of those some hundreds are asked for in each run. One run at a
  /// time.
  int look_again(const dms::call &call) const;

  /// The host has merged that customer with another one: leads and deals of the two belong to who is left, and those
  /// that go together surely are tied. Asks the host who it is; again, or where he was not merged, changes nothing.
  /// Returns for how many leads. [any] Throws dms::failure where the host cannot say.
  int customer_merged(const dms::call &call, const std::string &customer) const;

  /// A deal and a lead that may go together, and why.
  struct offer {
    deal of;
    lead item;
    sale_sign sign = sale_sign::other_make;
  };
  /// What a deal without a lead may be the sale of, as far as `who` sees the leads; the best first.
  std::vector<offer> offers_of(const deal &sold, const access::visibility &who) const;
  /// The deals that may be the sale of the lead; newest first.
  std::vector<offer> offers_for(const lead &item, const access::visibility &who) const;
  /// One of these is right, or is not. Refused where the two are not offered to whoever says so, whether they exist or
  /// not; a stale version is a conflict.
  outcome confirm(const actor &who, const dms::call &call, const std::string &deal, std::int64_t lead_id,
                  std::int64_t version) const;
  outcome refuse(const actor &who, const std::string &deal, std::int64_t lead_id) const;

  store::deal_rows &rows() const noexcept { return rows_; }

 private:
  std::map<std::string, deal> read_news(time_us oldest) const;
  int settle(const dms::call &call, const deal &sold) const;
  std::string customer_of(const deal &told) const;
  bool follow(const dms::call &call, const std::string &customer, const std::string &now) const;
  void look_for_merged(const dms::call &call) const;
  std::optional<offer> offered(const actor &who, const std::string &deal, std::int64_t lead_id) const;

  store::deal_rows &rows_;
  lead_desk &desk_;
  dms::sales sales_;
  dms::log log_;
  mutable std::string asked_for_;  ///< up to which customer look_again() has asked; empty: it begins anew
};

/// Reads a deal document of dms/ext/sales.h; nothing where it has no id, no customer or no day.
std::optional<deal> deal_from_json(const nlohmann::json &document);

}  // namespace lead_system::processing
