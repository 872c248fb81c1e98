// contact_words.hpp - what the list of contacts, its calendar files and the customers' pages share: words and rights.
#pragma once

#include "reference_host/core/host.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// English, a text of the catalogue; the key itself where it is unknown.
std::string contact_kind_label(const std::string &kind);
/// "Call not allowed, E-mail not allowed" for the channels that somebody has refused; empty for none.
std::string not_allowed(const words &say, const std::string &locale, const std::vector<std::string> &refused);
/// Names this dealership's contacts and customers apart from those of every other.
std::string house_id(host &of);
/// The people whose list the user may open: himself, and as a manager those of his sites.
std::vector<user> people_with_contacts(host &of, const user &who);

/// Who may know of which contact. An entry is its owner's. What a plugin asked for is also there for those who may know
/// of what it is about, which only the plugin can tell: being somebody's manager gives nobody rights on leads.
class contact_rights {
 public:
  contact_rights(host &of, const owned_call &call, const user &who, const std::vector<contact> &about);

  /// On the page of a customer, who is everybody's.
  bool knows_of(const contact &item) const;
  /// In myKontakte and as a calendar file: also a list that he may open.
  bool lists(const contact &item) const;
  bool may_complete(const contact &item) const;
  /// Whether the page that the entry leads to is there for him.
  bool may_follow(const contact &item) const { return sight_of(item) != host::sight::hidden; }

 private:
  bool own(const contact &item) const { return item.user == user_; }
  host::sight sight_of(const contact &item) const;
  std::string user_;
  std::set<std::string> people_;
  host::sights seen_;
};

}  // namespace dms::reference::web
