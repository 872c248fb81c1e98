// host_effects.hpp - what the host is told after a change of a lead was committed: myKontakte and notifications.
//
// The lead is the truth: where the host fails here, the line goes to the log and the action stays done. Every creation
// carries an idempotency key, so that doing it again is harmless.
#pragma once

#include "processing/lead_desk.hpp"

namespace lead_system::processing {

class host_effects {
 public:
  host_effects(const lead_desk::parts &with, const dms::call &call) : with_(with), call_(call) {}

  /// The lead stands in its assignee's myKontakte, wherever it stood before, and he is notified.
  void assigned(const lead &item, const std::string &by) const;
  /// The entry carries the customer from now on.
  void imported(const lead &item) const;
  /// Nobody has to make a contact any more.
  void ended(const lead &item) const;
  /// Throws dms::failure: planning a contact is nothing else than this.
  void plan_contact(const lead &item, const std::string &user, time_us due, const std::string &kind,
                    const std::string &note) const;

 private:
  void put_into_contacts(const lead &item, const std::string &occasion, time_us due, const std::string &kind,
                         const std::string &note) const;
  template <typename Body>
  void attempt(const lead &item, const char *what, Body &&body) const;

  const lead_desk::parts &with_;
  const dms::call &call_;
};

std::string reference_of(std::int64_t lead_id);  ///< "lead:4711"

}  // namespace lead_system::processing
