// users.hpp - who works here: logins, roles, locations, password hashes.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference_host/core/data/database.hpp"

namespace dms::reference {

struct user {
  std::string id;  ///< login, lower case
  std::string name, email, phone;
  std::vector<std::string> roles;  ///< of role_names
  std::vector<std::string> locations;
  std::string locale = "de-AT";  ///< or "en"
  bool active = true;
  bool has_role(std::string_view role) const;
};

/// "roles manager sales, locations wien", for the audit log.
std::string rights_of(const user &item);

/// "admin", "manager", "sales", "office".
const std::vector<std::string> &role_names();

class users {
 public:
  explicit users(database &in) : database_(in) {}
  std::vector<user> all() const;  ///< also those no longer active, by name
  std::optional<user> find(std::string_view id) const;
  /// Throws failure(dms_invalid / dms_refused) for a bad login, an unknown role or location, a login that is taken.
  void add(const user &item, const std::string &password);
  /// Overwrites name, e-mail, phone, roles, locations and locale; not `active`, see host::deactivate_user.
  void change(const user &item);
  void set_locale(std::string_view id, std::string_view locale);
  void set_password(std::string_view id, const std::string &password);
  void set_active(std::string_view id, bool active);
  /// The stored hash, or empty where there is no such active user.
  std::string password_hash(std::string_view id) const;

 private:
  void check(const user &item) const;
  database &database_;
};

/// Whether that may be somebody's e-mail address: no check of whether it is.
bool is_address(std::string_view text);
/// Whether that may be a telephone number as people write it: "+43 1 555 01-23", "01/555 01 23".
bool is_phone(std::string_view text);
constexpr std::size_t longest_user_name = 200, longest_address = 200, longest_phone = 40;  ///< bytes

/// Throws failure(dms_invalid) with a sentence when the password is too short for this house (8 characters; 4 where
/// `relaxed`, for the demo).
void check_password(std::string_view password, bool relaxed = false);

/// Grows with each change of users or locations, by whichever process.
std::int64_t directory_generation(const database &of);

}  // namespace dms::reference
