// duplicate_rows.hpp - which leads of a list are duplicates, and of which.
#pragma once

#include <map>
#include <vector>

#include "store/store.hpp"

namespace lead_system::store {

/// [any] Throws as the store does.
class duplicate_rows {
 public:
  explicit duplicate_rows(store &in) : in_(in) {}
  /// By those of `ids` that ended as a duplicate of another lead: that one.
  std::map<std::int64_t, std::int64_t> kept_of(const std::vector<std::int64_t> &ids);

 private:
  store &in_;
};

}  // namespace lead_system::store
