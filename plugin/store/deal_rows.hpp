// deal_rows.hpp - deals of the host as it told of them, and the leads that they are the sale of.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "lead/sale.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// A deal with what became of it.
struct kept_deal {
  deal of;
  std::int64_t lead_id = 0;       ///< 0: none
  std::string tied_how, tied_by;  ///< how: a key of sale_sign, or "confirmed"; by: login, or empty for the rule
  bool forgotten = false;         ///< its lead was anonymised
};

/// [any] Throws as the store does. Nobody's rights are asked: whoever shows a lead asks them.
class deal_rows {
 public:
  explicit deal_rows(store &in) : in_(in) {}

  /// Up to which change of the host the deals are known.
  std::int64_t known_change();
  /// Keeps what the host says of the deals, and that everything up to `known` is known. What is older than what is kept
  /// already changes nothing.
  void take(const std::vector<deal> &news, std::int64_t known);

  std::optional<kept_deal> find(const std::string &id);
  std::optional<kept_deal> of_lead(std::int64_t lead_id);
  std::vector<kept_deal> of_customer(const std::string &customer, int limit);  ///< newest first
  /// Sold in [from, to), newest first.
  std::vector<kept_deal> sold_between(time_us from, time_us to, int limit);
  /// Not cancelled, without a lead and sold since then; behind the id `after`, by id.
  std::vector<kept_deal> without_lead(time_us since, const std::string &after, int limit);
  /// Cancelled, and their lead still counts as their sale.
  std::vector<kept_deal> fallen_through(int limit);

  /// The leads of the customer that have no deal and were not refused for this one, newest first; those whose sale by
  /// this one somebody has taken back only where they are wanted.
  enum class taken_back { not_these, too };
  std::vector<lead> candidates(const deal &of, int limit, taken_back which);
  /// Those of the leads that have a deal.
  std::set<std::int64_t> with_deal(const std::vector<std::int64_t> &leads);
  /// Customers of leads that came since then and of deals without a lead, behind the id `after`, by id.
  std::vector<std::string> customers(time_us since, const std::string &after, int limit);
  /// The deals of the one are the other's.
  void move_customer(const std::string &former, const std::string &customer);
  /// Forgets those without a lead that were sold before then.
  void drop_before(time_us at);
  /// Somebody says that the two do not go together.
  void refuse(const std::string &deal, std::int64_t lead_id, const std::string &actor, time_us at);

 private:
  store &in_;
};

/// What customers() asks.
std::string customers_sql();

/// Takes out of the deals what leads to the person of a lead that is anonymised, also of all others of that customer;
/// empty: his others stay.
void forget_deal(connection &on, std::int64_t lead_id, const std::string &customer);

}  // namespace lead_system::store
