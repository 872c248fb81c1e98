// privacy_rows.hpp - leads of one person, leads whose time is over, and what is left of a person after an erasure.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lead/same_person.hpp"
#include "store/store.hpp"

namespace lead_system::store {

/// A line of the protocol of erasures.
struct erasure {
  std::int64_t id = 0, lead_id = 0;
  std::string type, source, actor, cause;
  time_us at = 0, settled = 0;
  std::int64_t payload_id = 0;  ///< of a message without a lead; else 0
};

/// Writes its line; the id is given.
void note_erasure(connection &on, const erasure &one);

/// An archived message, as the host may have kept it too.
struct archived_message {
  std::string source, digest;
  std::int64_t bytes = 0;
  auto operator<=>(const archived_message &) const = default;
};

/// A lead that could not come in and that nobody has tried again: the archived message is all that there is of it.
struct held_item {
  import_item item;
  import_run run;
};

/// As import_item::retried_by: the person in it was erased.
constexpr std::int64_t erased_item = -1;

/// A lead that is to be anonymised, as it was seen.
struct due_lead {
  std::int64_t id = 0, version = 0;
};

/// [any] Throws as the store does. Asks nobody for his rights: who calls this has them.
class privacy_rows {
 public:
  explicit privacy_rows(store &in) : in_(in) {}

  /// Leads with one of these signs (same_person.hpp), whatever name they have, or of that customer; newest
  /// first, whole.
  std::vector<lead> leads_of(const person_signs &who, const std::string &customer, int limit);
  /// Leads of the type that ended before, longest ago first.
  std::vector<due_lead> ended_before(const std::string &type, time_us at, int limit);

  std::vector<erasure> protocol(std::int64_t before, int limit);  ///< newest first; `before` an id, 0: from the newest
  std::vector<erasure> unsettled(int limit);
  /// Empties the archived messages that the lead came with, and the answered feedback. False while something must stay:
  /// a message that was not sent yet, or leads in quarantine in the same archived message (until `at_latest`).
  /// The messages that are empty now go to `emptied`, also those that were before.
  bool settle(const erasure &one, time_us now, time_us at_latest, std::set<archived_message> &emptied);
  /// Takes what was erased out of the database's own journals: SQLite's log beside the file, PostgreSQL's dead rows.
  /// False while others read or write: to be asked again.
  bool scrub();
  void mark_settled(std::int64_t id, time_us at);
  /// Leads in quarantine, newest first; `before` an item, 0: from the newest.
  std::vector<held_item> held(std::int64_t before, int limit);
  /// Such items are nobody's any more: they cannot be tried again, and their messages are erased as those of leads are.
  /// `reason`: what the log says from now on. Returns how many there were.
  int forget_held(const std::vector<std::int64_t> &items, const std::string &actor, const std::string &reason,
                  time_us at);
  /// Empties archived messages that came before and of which no lead is left; returns how many.
  std::int64_t forget_payloads(time_us before);

 private:
  store &in_;
};

}  // namespace lead_system::store
