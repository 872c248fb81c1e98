// settings_desk.hpp - Lead Einstellungen (product.md 6): grants, types, dealer codes, channels, each checked against
// the coverage guarantee before it is written.
#pragma once

#include "access/coverage.hpp"
#include "processing/lead_desk.hpp"

namespace lead_system::processing {

class settings_desk {
 public:
  /// `words` puts a sentence into the language of the dealership, for notifications; English where there is none.
  settings_desk(store::store &store, const catalog &types, const access::organisation_source &organisation,
                const dms_notifications *notifications, std::function<std::string(const message &)> words = {});

  outcome grant(const actor &who, const access::grant &wanted);
  outcome lead_type(const actor &who, const store::lead_type_setting &wanted);
  outcome dealer_code(const actor &who, const store::dealer_code &wanted);
  outcome feedback_channel(const actor &who, const store::feedback_channel &wanted);

  /// Who covers what now.
  access::coverage_report coverage() const;
  /// What `wanted` would change: leads that the user would see more or fewer, and who else covers them.
  message effect_of(const access::grant &wanted) const;

  /// The host asks before it deactivates a user or closes a location: a sentence why not, or empty.
  message objection_to_deactivating(const std::string &user) const;
  message objection_to_closing(const std::string &location) const;
  /// After a change that the host decided by itself: notifies every admin of a gap, or withdraws the notification.
  void raise_or_clear() const;

 private:
  void tell_admins() const;

  store::store &store_;
  const catalog &types_;
  const access::organisation_source &organisation_;
  const dms_notifications *notifications_;
  std::function<std::string(const message &)> words_;
};

}  // namespace lead_system::processing
