// cutover_rows.hpp - what the Umstellung asks of the store: what came and was answered so far, and the old lists that
// admins have looked at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace lead_system::store {

/// What a source has brought and heard back last; 0 and empty: nothing.
struct source_activity {
  time_us last_payload = 0;
  int accepted = 0, legacy = 0, quarantined = 0;  ///< of that payload
  time_us last_feedback = 0;
  std::string feedback_status;  ///< key of the message's status
};

/// A file that an admin has uploaded to see what would become of it.
struct old_list {
  std::int64_t id = 0;
  std::string source, user, name;
  time_us at = 0;
  std::string bytes;
};

/// [any] Throws as the store does.
class cutover_rows {
 public:
  explicit cutover_rows(store &in) : in_(in) {}

  source_activity activity_of(const std::string &source);
  /// When the first lead of the type came into this system; 0: there is none.
  time_us first_lead(const std::string &type);
  /// When the newest payload came of which a lead was answered "legacy", not before `since`; 0: there is none. Not
  /// counted: sources in `but` (old lists, whose closed leads stay where they are).
  time_us turned_away(time_us since, const std::vector<std::string> &but);

  std::int64_t keep_list(const old_list &list);
  std::optional<old_list> find_list(std::int64_t id);
  std::vector<old_list> lists();  ///< newest first, without their bytes
  void drop_list(std::int64_t id);
  void drop_lists_before(time_us at);

 private:
  store &in_;
};

}  // namespace lead_system::store
