// organisation.hpp - the host's users and locations as plain values, kept as long as the host's generation stands.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "dms/cpp/host.hpp"
#include "lead/working_time.hpp"

namespace lead_system::access {

struct user {
  std::string id, name, email, phone;
  bool active = true;
  std::vector<std::string> roles, locations;
  bool has_role(std::string_view role) const;
  /// May be given leads.
  bool takes_leads() const { return active && (has_role("sales") || has_role("manager")); }
};

struct opening_hours {
  int first_day = 1, last_day = 5;     ///< 1 Monday … 7 Sunday
  int from_minute = 0, to_minute = 0;  ///< local minutes since midnight
};

struct location {
  std::string id, name, city, time_zone, region;
  bool open = true;
  std::vector<opening_hours> hours;
};

/// One state of the host's directory. Immutable.
struct organisation {
  std::vector<user> users;
  std::vector<location> locations;
  std::shared_ptr<const holiday_table> holidays;  ///< null: none are kept
  const user *find_user(std::string_view id) const;
  const location *find_location(std::string_view id) const;
  std::string user_name(const std::string &id) const;  ///< the id itself where it is unknown; empty for empty
  std::string location_name(const std::string &id) const;
  /// When that location works; the default calendar with the country's holidays where it is unknown or empty.
  working_calendar calendar_of(const std::string &location) const;
  std::vector<std::string> active_users() const;
  std::vector<std::string> open_locations() const;  ///< in the host's order
};

/// Active users who have ALLE on something, without the admins, each once: whoever answers for all of it.
std::vector<std::string> people_with_all(const std::vector<grant> &grants, const organisation &people);

/// The host's two documents (dms/ext/directory.h) as values. Throws dms::failure for text that is not such a document;
/// what a single entry has wrong is left out.
organisation parse_organisation(const std::string &users, const std::string &locations);

/// Asks the host's directory when its generation has changed. [any]
class organisation_source {
 public:
  explicit organisation_source(dms::directory directory) : directory_(directory) {}
  std::shared_ptr<const organisation> now() const;

 private:
  dms::directory directory_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const organisation> known_;
  mutable std::int64_t generation_ = -1;
};

}  // namespace lead_system::access
