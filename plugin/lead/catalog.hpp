// catalog.hpp - categories and lead types, as resources/lead_types.info and the source definitions declare them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lead/state.hpp"

namespace lead_system {

struct lead_type {
  std::string key;               ///< "test_drive_fast_track"
  std::string category;          ///< "siebel_nissan"
  std::string title;             ///< English, a gettext key: "Test drive Fast Track"
  std::string short_title;       ///< for tables: "Fast Track"
  bool urgent = false;           ///< shown with a filled badge
  bool customer_match = false;   ///< false: never tied to a customer by itself (all test drives)
  int reminder_minutes = 240;    ///< in opening hours
  int escalation_minutes = 600;  ///< in opening hours; 600 is one working day of ten hours
  /// The same for each next step after the first contact, counted from when it was due.
  int follow_up_reminder_minutes = 600, follow_up_escalation_minutes = 1200;
  int retention_months = 36;  ///< after closing; then anonymised
  /// Of appointment, test_drive_done and offer: the ones that lead to the sale, and those that may happen beside them.
  std::vector<lead_state> steps{lead_state::appointment, lead_state::test_drive_done, lead_state::offer};
  std::vector<lead_state> further_steps;
  bool retired = false;  ///< no definition declares it any more: its leads stay, none come
};

/// The states that a type can have or lack.
std::span<const lead_state> choosable_steps() noexcept;
/// Whether leads of the type can come to that state; a type that is not known (null) lacks none.
bool has_state(const lead_type *type, lead_state state) noexcept;
/// The state that follows on the way to the sale, in_progress and won included.
lead_state next_state(const lead_type *type, lead_state from) noexcept;

struct category {
  std::string key;    ///< "siebel_nissan"
  std::string title;  ///< shown as it is: "Siebel – NISSAN"; a gettext key where it has a translation
};

/// Immutable once built; shared by reference.
class catalog {
 public:
  /// Later entries with the same key replace earlier ones (an admin's file over a shipped one).
  void add(category item);
  void add(lead_type item);

  const std::vector<category> &categories() const noexcept { return categories_; }
  const std::vector<lead_type> &types() const noexcept { return types_; }
  const lead_type *find_type(std::string_view key) const noexcept;
  const category *find_category(std::string_view key) const noexcept;
  std::vector<const lead_type *> types_of(std::string_view category) const;

 private:
  std::vector<category> categories_;
  std::vector<lead_type> types_;
};

}  // namespace lead_system
