// held_messages.hpp - whose leads wait in quarantine: there is no lead of them, only the message as it came.
#pragma once

#include <map>
#include <set>

#include "intake/importer.hpp"
#include "intake/known_sources.hpp"
#include "store/privacy_rows.hpp"

namespace lead_system::intake {

/// What a person is told by, folded (lead/fold.hpp).
struct person_keys {
  std::set<std::string> emails, phones, names;
  std::vector<person> people;  ///< his names, as his leads write them; none: whoever has these signs
  void add(const person &who);
  bool empty() const noexcept { return emails.empty() && phones.empty() && names.empty(); }
};

struct held_message {
  store::held_item of;
  /// Who has another name is another person, also with the same e-mail or phone (lead/same_person.hpp).
  enum class by { none, name, other_name, certain };
  lead_content content;  ///< as far as it can be read; empty where the message can not
  by how = by::none;     ///< the name alone; e-mail or phone with another name; e-mail or phone
};

struct held_search {
  std::vector<held_message> found;  ///< newest first
  int unread = 0;                   ///< messages that were not looked through: too many, or not readable as text
};

/// Looks through the archived messages that something of is in quarantine.
class held_messages {
 public:
  /// All outlive it.
  held_messages(const importer::parts &with, known_sources sources, store::privacy_rows &rows)
      : with_(with), sources_(std::move(sources)), rows_(rows) {}
  held_search of(const person_keys &who) const;

 private:
  void look_through(const std::vector<store::held_item> &items, const person_keys &who, held_search &into) const;
  static void tell_apart(std::vector<held_message> &found);
  const importer::parts &with_;
  known_sources sources_;
  store::privacy_rows &rows_;
};

}  // namespace lead_system::intake
