// settings_desk.hpp - Lead Einstellungen (plugin/README.md "Access"): grants, types, dealer codes, each checked against
// the coverage guarantee before it is written.
//
// `seen` is what the admin saw where he changes something, in the words of the history; where that is no longer so, it
// is a conflict and nothing is written. Nothing: he does not say.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "access/coverage.hpp"
#include "processing/lead_desk.hpp"

namespace lead_system::processing {

using seen_before = std::optional<std::string>;

struct grant_change {
  access::grant wanted;
  seen_before seen{};
};

class settings_desk {
 public:
  /// Why a type must not be here from that moment on (cutover_desk); verdict::done: it may.
  using cutover_rule = std::function<outcome(const std::string &type, time_us active_from, time_us now)>;
  /// `words` puts a sentence into the language of the dealership, for notifications; English where there is none.
  settings_desk(store::store &store, const catalog &types, const access::organisation_source &organisation,
                const dms_notifications *notifications, std::function<std::string(const message &)> words = {},
                cutover_rule cutover = {});

  // --- grants (grant_changes.cpp) ---
  outcome grant(const actor &who, const access::grant &wanted, const seen_before &seen = {});
  /// All or none; each user and subject once.
  outcome grants(const actor &who, const std::vector<grant_change> &wanted);
  /// Each of `to` gets exactly the rights of `from`, whatever they had.
  outcome copy_rights(const actor &who, const std::string &from, const std::vector<std::string> &to);
  /// Puts back what a change of the history (grant, lead type, dealer code) replaced: a change like any other.
  /// `together`: all that was changed in the same act.
  outcome undo(const actor &who, std::int64_t change, bool together);
  /// What each of the grants would change: leads that the user would see more or fewer, or why it is not possible.
  std::vector<message> effects_of(const std::vector<access::grant> &choices, time_us now) const;

  // --- the rest (settings_desk.cpp) ---
  outcome lead_type(const actor &who, const store::lead_type_setting &wanted, const seen_before &seen = {});
  /// An empty location takes the code away. Leads that wait for the code get the location and its deadlines. A code
  /// that another location has is taken over only from an admin who saw that (`seen`).
  outcome dealer_code(const actor &who, const store::dealer_code &wanted, const seen_before &seen = {});

  // --- coverage (coverage_watch.cpp) ---
  /// Who covers what now.
  access::coverage_report coverage(time_us now) const;
  /// The host asks before it deactivates a user or closes a location: why not, or nothing. Then it is as good as done
  /// for every check until the host has had time to do it.
  std::vector<message> objection_to_deactivating(const std::string &user, time_us now) const;
  std::vector<message> objection_to_closing(const std::string &location, time_us now) const;
  /// Notifies every admin of leads that nobody sees and of types without ALLE, and those who assign of open leads whose
  /// salesperson is no longer active, or away without anybody who represents him; or withdraws the notification.
  void raise_or_clear(time_us now) const;
  /// The same after something that is done whatever comes of this.
  void tell_admins(time_us now) const noexcept;
  /// Whether the guarantee held when it was looked at last: then no lead that comes can be overlooked.
  bool was_complete() const noexcept { return complete_; }

 private:
  outcome undo_grants(const actor &who, const std::vector<store::settings_change> &changes);
  std::vector<message> objection(const std::string &kind, const std::string &subject, time_us now) const;
  /// Where a notification stands, whom it is for and where it leads.
  struct bell_line {
    std::string key, tone;
    std::vector<std::string> roles{};
    std::string screen = "leads.settings";
    std::map<std::string, std::string> params{};
    std::vector<std::string> users{};  ///< besides the roles
  };
  void ring(const bell_line &line, const std::vector<message> &sentences) const;
  void ring_for_leavers(const access::organisation &people, const access::presence &here,
                        const access::situation &at) const;

  store::store &store_;
  const catalog &types_;
  const access::organisation_source &organisation_;
  const dms_notifications *notifications_;
  std::function<std::string(const message &)> words_;
  cutover_rule cutover_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string> told_;  ///< text by key of notification
  mutable std::set<std::string> leavers_;            ///< not looked after, with open leads, when it was looked last
  mutable bool looked_for_leavers_ = false;
  mutable std::atomic<bool> complete_{false};
};

}  // namespace lead_system::processing
