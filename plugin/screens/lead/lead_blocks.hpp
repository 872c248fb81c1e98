// lead_blocks.hpp - the parts of a lead's page.
#pragma once

#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {

struct shown_duplicate {
  std::int64_t id = 0;
  std::vector<lead_event> events;  ///< newest first
};

/// A lead with what its page shows besides.
struct lead_view {
  const request &by;
  const lead &item;
  writer write;  ///< in the zone of the lead's location
  std::vector<lead_event> events;
  std::vector<store::feedback_message> feedback;
  std::string list;                     ///< the list that one came from, for the actions to come back to
  std::optional<std::string> search{};  ///< what somebody searches the customers for; nothing: he does not
  /// Customers who may be the prospect, best first; nothing where there is nobody to match.
  std::optional<std::vector<processing::customer_match>> similar{};
  /// Its duplicates, and theirs, as far as the reader sees them.
  std::vector<shown_duplicate> duplicates{};
};

// What the lead says (lead_facts.cpp)
json strip_block(const lead_view &view);
json steps_block(const lead_view &view);
json person_block(const lead_view &view);
json vehicle_block(const lead_view &view);
json message_block(const lead_view &view);
json consent_block(const lead_view &view);
json extras_block(const lead_view &view);  ///< null where there are none

// Who he may be in the DMS (lead_matches.cpp)
std::optional<std::vector<processing::customer_match>> similar_customers(const lead_view &view);
json matches_block(const lead_view &view);  ///< null where there is nothing to match
json search_block(const lead_view &view);   ///< the field above it; null where nobody searches

// The host's sales that may be his, and the one that is (lead_sales.cpp)
json sale_block(const lead_view &view);  ///< null where there are none

// What became of it (lead_history.cpp)
json feedback_block(const lead_view &view);
json contacts_block(const lead_view &view);  ///< null where none is planned
/// The duplicates of the lead, as they joined, each followed by its own; only those that the reader sees.
std::vector<shown_duplicate> seen_duplicates(const lead_view &view);
json timeline_block(const lead_view &view);
/// Events of the view whose former content the user may bring back, by their places; the newest ones.
std::vector<std::size_t> restorable(const lead_view &view);
json related_block(const lead_view &view);  ///< null where there are none

/// The same words wherever a field of the prospect is named: "email", "phones", "address", …
std::string field_label(const request &by, std::string_view field);
/// A value of such a field: keys become words.
std::string field_text(const request &by, std::string_view field, const std::string &value);

std::string phone_label(const request &by, const std::string &kind);  ///< "Mobile", "Phone at work"
/// Whether the user may write on the lead.
bool may_note(const lead_view &view);

/// The correction of the prospect's data, as a dialog (lead_edit.cpp).
json edit_action(const lead_view &view);

/// Leads to the answer by e-mail; null where none is sent, or the person does not want any (answer.cpp).
json answer_action(const lead_view &view);
// Who gets it (lead_assigning.cpp)
/// People whom it may be given to, with their load; only himself where not `everybody`.
json user_options(const lead_view &view, bool everybody);
json assign_action(const lead_view &view, bool next);  ///< null where there is nobody
/// Where customers of the DMS are like him, it leads to them: whose lead it is decides a person. Else he is a new one,
/// with one press; who may assign does both in one dialog.
json import_action(const lead_view &view, bool next);
/// One press for whoever may assign and sells himself; null for others.
json take_action(const lead_view &view);

/// What the user can do now, the next step first of all primary (lead_offers.cpp).
json offered_actions(const lead_view &view);

}  // namespace lead_system::screens
