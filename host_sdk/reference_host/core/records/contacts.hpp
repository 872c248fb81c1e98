// contacts.hpp - myKontakte: the contacts that a user has to make.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct contact {
  std::int64_t id = 0;
  std::string user;
  std::int64_t customer = 0;  ///< 0: none
  std::string name;           ///< who is to be contacted
  std::int64_t due_us = 0;
  std::string kind;  ///< "phone", "email", "visit", "test_drive"
  std::string note;
  std::string reference;  ///< of the plugin that asked for it: "lead:4711"
  std::string link;       ///< JSON {"screen","params"}, or empty
  std::int64_t done_us = 0;
  std::string result;                  ///< "reached", "tried", or empty
  std::string done_by;                 ///< who got it done; empty: not known
  std::vector<std::string> refused{};  ///< channels by which the person does not want to be reached
  bool allows(std::string_view channel) const;
};

class contacts {
 public:
  explicit contacts(database &in) : database_(in) {}
  /// Creates, or returns the earlier one when the key was seen. Throws failure(dms_invalid) for an unknown user.
  contact create(const contact &item, std::string_view key);
  std::vector<contact> with_reference(std::string_view reference) const;  ///< oldest first
  std::vector<contact> of_customer(std::int64_t customer) const;          ///< newest first
  /// Open ones by due time, or done ones newest first.
  std::vector<contact> of_user(std::string_view user, bool done, int limit) const;
  /// The same of several people; open ones that are due before `due_before` (0: all).
  std::vector<contact> of_users(const std::vector<std::string> &users, bool done, std::int64_t due_before,
                                int limit) const;
  std::int64_t count_open(std::string_view user) const;
  std::optional<contact> get(std::int64_t id) const;
  /// Gives every open contact with that reference to `to`, or ends them where it is empty.
  void reassign(std::string_view reference, std::string_view to, std::int64_t now_us);
  /// Gives every open contact of one user to another; returns how many.
  std::int64_t hand_over(std::string_view from, std::string_view to);
  /// Open contacts by user.
  std::map<std::string, std::int64_t> open_by_user() const;
  /// The person behind the reference was anonymised: name and note go.
  void forget(std::string_view reference);
  /// False when it was done already. See host::complete_contact, which also tells the plugins.
  bool complete(std::int64_t id, std::string_view result, std::string_view note, std::int64_t now_us,
                std::string_view by = {});

 private:
  database &database_;
};

}  // namespace dms::reference
