// assignment.hpp - who is to have a lead that nobody has yet (plugin/README.md "Assignment"): the customer's own
// salesperson, else in turn whoever has the fewest open leads. Suggested always, done by itself where it is on.
#pragma once

#include <map>

#include "processing/lead_desk.hpp"
#include "store/assignment_rows.hpp"

namespace lead_system::processing {

struct proposal {
  enum class cause { customer, turn };
  std::string user;
  cause why = cause::turn;
  std::int64_t open = 0;  ///< with turn: how many open leads that person has
};

class assignment_desk {
 public:
  assignment_desk(store::store &store, const catalog &types, const access::organisation_source &organisation,
                  lead_desk &desk)
      : store_(store), rows_(store), types_(types), organisation_(organisation), desk_(desk) {}

  /// The customer's own salesperson, else in turn where that is on for its type and location; nothing: nobody fits.
  std::optional<proposal> suggested(const lead &item, time_us now) const;
  /// Salespeople who are here and have a right for such leads, in the host's order; where there are none, managers.
  std::vector<std::string> takers(const std::string &type, const std::string &location, time_us now) const;

  /// Gives every lead that waits where it is on to somebody; one host at a time. Returns for how many.
  int assign_waiting(const dms::call &call);

  std::vector<store::assignment_rule> rules() const { return rows_.rules(); }
  /// Where it is on for a type from now on. `seen`: as settings_desk has it.
  outcome set(const actor &who, const std::string &type, const std::vector<std::string> &locations,
              const std::optional<std::string> &seen) const;

 private:
  struct moment;
  /// The customer's own salesperson, where he is here and may be assigned leads.
  std::optional<proposal> own_salesperson(const lead &item, const access::presence &here) const;
  std::optional<proposal> in_turn(const lead &item, moment &at) const;

  store::store &store_;
  mutable store::assignment_rows rows_;
  const catalog &types_;
  const access::organisation_source &organisation_;
  lead_desk &desk_;
};

}  // namespace lead_system::processing
