// catalog.hpp - categories and lead types, as resources/lead_types.info and the source definitions declare them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
  int retention_months = 36;     ///< after closing; then anonymised
  bool retired = false;          ///< no definition declares it any more: its leads stay, none come
};

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
