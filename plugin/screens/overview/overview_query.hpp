// overview_query.hpp - the overview's address (plugin/screens/README.md) as a query of the store, and back.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"
#include "store/records.hpp"

namespace lead_system::screens {

/// A value that is not understood throws dms::failure(dms_invalid): showing more leads than were asked for would
/// mislead people and programs. Types, categories, locations and users are not checked: leads outlive them. Empty
/// values count as not given; unknown names are ignored.
///
/// Beside plugin/screens/README.md: `location`, `assignee` and `reason` take "none"; `type` takes a category's key too;
/// `outcome` (won, lost, closed, invalid; several) is as what a lead ended, also where it was anonymised later;
/// `response` (made, in_time, late; several) is how the first contact stands to the deadline; `answered` are minutes by
/// the clock from the arrival to the first contact, at most; `model` and `campaign` are written by to_choice(); `day`
/// is arrival or sale: of which day of a lead from and to are, by sale only what was sold; `period` is today, days7,
/// days30 or range (then from and to); `start` is the number of leads before this page.
struct overview_query {
  store::lead_query store;
  std::string sort = "-received";
  std::string period;
  std::int64_t start = 0;  ///< as a link of ours carried it; only for "4 of 187"
  bool exported = false;   ///< for a file: parameter `export`
  parameters sent;         ///< what filters and sorts, for further links

  /// The address of the list without its page: filters, tab and sort.
  nlohmann::json params() const;
  /// The same as text, with the page, for the lead's page to go on from.
  std::string address() const { return sent.address(); }
};

/// received, contacted, appointment, test_drive, offer, sold
std::string_view stage_key(stage reached) noexcept;

overview_query read_overview_query(const request &by, const parameters &sent);

}  // namespace lead_system::screens
