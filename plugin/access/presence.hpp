// presence.hpp - who is here today, and who works for those who are away (plugin/README.md "Absence"). Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/organisation.hpp"

namespace lead_system::access {

/// Somebody is away on these days, both included: days of the dealership's zone, "2026-12-05".
struct absence {
  std::int64_t id = 0;
  std::string user, from, to;
  std::string deputy;        ///< empty: nobody is named
  bool told = false;         ///< by the host, which alone changes it
  std::string entered_by{};  ///< login; empty where the host told it
  bool operator==(const absence &) const = default;
};

/// The dealership's day at that moment.
std::string day_of(time_us now);

/// One day. A deputy who is away himself is represented by his own deputy, and so on; where that leads to nobody, or
/// round in a circle, nobody works for those in it.
class presence {
 public:
  presence() = default;
  /// Those of `absences` that hold on `today`; among several of one person the first that names somebody who is here
  /// decides who represents him.
  presence(const organisation &people, const std::vector<absence> &absences, std::string_view today);

  /// Active users who are not away, in the host's order.
  const std::vector<std::string> &here() const noexcept { return here_; }
  bool is_here(const std::string &user) const;
  /// Null: he is not away today.
  const absence *away(const std::string &user) const;
  /// Who works for whom: those who are away, with the one who is here and represents them.
  const std::map<std::string, std::string> &acting() const noexcept { return acting_; }
  /// Himself where he is here; empty: nobody works his leads.
  std::string acting_for(const std::string &user) const;
  /// Sorted.
  std::vector<std::string> represented_by(const std::string &user) const;
  /// Active users who are away.
  std::vector<std::string> away_ones() const;
  /// Everybody whose own leads somebody works: whoever is here, and whoever is represented.
  std::vector<std::string> looked_after() const;

 private:
  std::string follow(const std::string &user, std::size_t steps) const;

  std::vector<std::string> here_, sorted_here_;
  std::map<std::string, std::vector<absence>, std::less<>> away_;  ///< of active users
  std::map<std::string, std::string> acting_;
};

}  // namespace lead_system::access
