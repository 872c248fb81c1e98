// notifications.hpp - the bell in the host's frame.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct notification {
  std::int64_t id = 0;
  std::string key, user;
  std::string tone;  ///< "info", "warn", "bad"
  std::string text;  ///< in the language of the dealership
  std::string link;  ///< JSON {"screen","params"}, or empty
  std::int64_t at_us = 0, read_us = 0;
  std::string texts = "{}";  ///< JSON: the text in other languages, {"en": "…"}
};

class notifications {
 public:
  explicit notifications(database &in) : database_(in) {}
  /// Gives it to each user once a key.
  void notify(const notification &item, const std::vector<std::string> &users);
  void withdraw(std::string_view key);
  void forget(std::string_view key);  ///< that one and all that begin with it and a colon
  std::vector<notification> of_user(std::string_view user, int limit) const;  ///< newest first
  std::int64_t count_unread(std::string_view user) const;
  void mark_read(std::string_view user, std::int64_t now_us);
  /// Those unread ones of the user whose link `leads_here` says yes to: he sees what they tell of. Returns how many.
  int mark_seen(std::string_view user, std::int64_t now_us, const std::function<bool(const std::string &)> &leads_here);

 private:
  database &database_;
};

}  // namespace dms::reference
