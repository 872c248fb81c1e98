// cutover_desk.hpp - Umstellung (plugin/README.md "Umstellung"): from which moment leads of a type are in this system.
//
// Before it the import hook answers "legacy" and the host keeps its old way. The moment may be moved as long as no lead
// would be in neither system, and none in both.
#pragma once

#include "processing/lead_desk.hpp"
#include "store/cutover_rows.hpp"

namespace lead_system::processing {

/// As active_from: the type stays in the old system, and no date is set yet (the end of the year 9999).
inline constexpr time_us no_cutover_yet = 253'402'300'799'000'000;

enum class cutover_phase {
  always,      ///< no date was ever set: all leads are here
  old_system,  ///< no date is set: none comes here
  planned,     ///< the date is ahead
  done         ///< the date has come
};
cutover_phase phase_of(time_us active_from, time_us now) noexcept;

class cutover_desk {
 public:
  cutover_desk(store::store &store, store::cutover_rows &rows, const catalog &types,
               std::vector<std::string> old_list_sources);

  /// Why the moment must not become `wanted`: verdict::refused with the way out, or invalid.
  outcome objection(const std::string &type, time_us wanted, time_us now) const;
  /// Sets it, with a line in the settings' history.
  outcome set(const actor &who, const std::string &type, time_us wanted);

 private:
  store::store &store_;
  store::cutover_rows &rows_;
  const catalog &types_;
  std::vector<std::string> old_lists_;
};

}  // namespace lead_system::processing
