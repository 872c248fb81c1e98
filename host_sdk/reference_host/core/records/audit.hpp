// audit.hpp - who did what: sign-ins, actions, master data, plugins, imports, reads of personal data by an admin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct audit_entry {
  std::int64_t id = 0, at_us = 0;
  std::string user;     ///< empty: the host itself
  std::string channel;  ///< "web", "http", "folder", "command_line", …
  std::string action;   ///< "sign_in", "sign_in.failed", "screen.read", "screen.action", "plugin.enable", …
  std::string subject;  ///< what it was done to: "leads.lead 4711", "user verkauf1"
  std::string detail;   ///< never a secret
};

class audit {
 public:
  explicit audit(database &in) : database_(in) {}
  std::int64_t write(const audit_entry &entry) const;  ///< returns its id
  /// Of an entry that was written before it was known how it ends.
  void change_detail(const audit_entry &entry) const;
  struct query {
    std::string user, action;             ///< empty: all
    std::string text;                     ///< in subject or detail
    std::int64_t from_us = 0, to_us = 0;  ///< [from, to); 0: open
    std::int64_t before = 0;              ///< id; 0: from the newest
    int limit = 50;
  };
  std::vector<audit_entry> list(const query &wanted) const;  ///< newest first
  std::vector<std::string> actions() const;                  ///< that were ever written, sorted

 private:
  database &database_;
};

}  // namespace dms::reference
