// settings_rights.hpp - the rights as their screens show them: read once a page, looked up by user.
#pragma once

#include <unordered_map>

#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {

struct rights_view {
  rights_view(const request &with, const parameters &from, access::situation state);

  const request &by;
  const parameters &sent;
  access::situation now;
  access::coverage_report report;
  std::string open_user, open_subject;  ///< the cell whose editor is open: "type:test_drive"

  const std::vector<access::grant> &grants_of(const std::string &user) const;
  /// Null where the cell has no grant of its own.
  const access::grant *find(const std::string &user, bool on_category, const std::string &subject) const;
  bool has_rights(const std::string &user) const;
  /// Open leads that a user sees: the same rule as everywhere, counted over groups instead of leads.
  std::int64_t seen_by(const std::string &user) const;
  /// The address of this page; what changes is set anew by the caller.
  json params() const;
  /// Categories that are shown, and whether the types of one are folded away.
  std::vector<const category *> categories() const;
  bool folded(const category &group) const;

 private:
  std::unordered_map<std::string, std::vector<access::grant>> by_user_;
};

// Words (settings_rights.cpp)
/// "–", "ALLE", "Wien, Graz" or "4 Standorte".
std::string reach_text(const request &by, const access::grant *what);
/// "none", "all", "some".
std::string_view reach_kind(const access::grant *what);
/// Names of all its locations; empty where it has none.
std::string all_places(const request &by, const access::grant *what);

/// Who is in the matrix, in its order (settings_users.cpp).
struct user_page {
  std::vector<const access::user *> shown;
  std::size_t first = 0;  ///< position of the first one that is shown, from 0
  std::size_t total = 0;
  std::string previous, next;  ///< value of the parameter `page_from`; "-" the beginning; empty: there is none
};
user_page users_of(const rights_view &view);
/// Whether somebody only sells: he stands in the band below.
bool only_sells(const access::user &user);

/// Below the row of its cell (settings_editor.cpp). `type` null: the whole category.
json grant_editor(const rights_view &view, const access::user &user, const category &group, const lead_type *type);

}  // namespace lead_system::screens
