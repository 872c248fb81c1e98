// host_effects.hpp - what the host is told after a change of a lead was committed: myKontakte and notifications.
//
// The lead is the truth, and its event waits in a queue of the same transaction until the host has it: what a crash or
// an unreachable host leaves behind is done later, in the order of the lead's events. Every creation carries an
// idempotency key, and each step looks at what is there: doing it again is harmless.
// Doing it twice at once is not (one would end the entry that the other has just made), so a lead has one teller at a
// time, over all hosts.
#pragma once

#include "processing/lead_desk.hpp"

namespace lead_system::processing {

class host_effects {
 public:
  host_effects(const lead_desk::parts &with, const dms::call &call) : with_(with), call_(call) {}

  /// Whether the host hears of that event.
  static bool wants(const lead_event &event);
  /// Tells the host of all that waits for the lead. Never throws: what fails stays in the queue, or, where trying again
  /// cannot help, the admins are told.
  /// False where the queue itself cannot be reached just now.
  bool tell(std::int64_t lead_id) const noexcept;
  /// The same for every lead with something due; returns how many leads that were.
  int tell_due() const;
  /// Takes over which contact stands next in the host's list, unless the host has still to be told of the lead. Never
  /// throws: the job that looks at all open leads does it again.
  void follow(const lead &item) const noexcept;

 private:
  bool knows_next_contact(const lead &item) const;
  void look_for_next_contact(std::int64_t lead_id) const;
  void take_next_contact(std::int64_t lead_id) const;
  bool tell_one(store::host_effect &effect) const;
  void do_one(const lead &item, const store::host_effect &effect) const;
  void assigned(const lead &item, const store::host_effect &effect) const;
  void notify_assignee(const lead &item, const store::host_effect &effect) const;
  void imported(const lead &item, const store::host_effect &effect) const;
  void import_undone(const lead &item, const store::host_effect &effect) const;
  void carry_customer(const lead &item, const store::host_effect &effect, const std::string &occasion) const;
  void updated(const lead &item, const store::host_effect &effect) const;
  void settled(const lead &item, const store::host_effect &effect) const;
  void planned(const lead &item, const store::host_effect &effect) const;
  void drive_agreed(const lead &item, const store::host_effect &effect) const;
  void undone(const lead &item, const store::host_effect &effect) const;
  void ended(const lead &item, const store::host_effect &effect) const;
  void put_into_contacts(const lead &item, const std::string &occasion, const std::string &user, time_us due,
                         const std::string &kind, const std::string &note) const;
  void tell_admins(const store::host_effect &effect, const std::string &reason) const;
  std::string said(const message &text) const;

  const lead_desk::parts &with_;
  const dms::call &call_;
};

/// How the person wants to be reached, as far as he can be: "phone", "email", "visit".
std::string kind_for(const lead &item);
std::string reference_of(std::int64_t lead_id);                   ///< "lead:4711"
std::optional<std::int64_t> lead_of(std::string_view reference);  ///< 4711; nothing for another reference

}  // namespace lead_system::processing
