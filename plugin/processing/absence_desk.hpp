// absence_desk.hpp - who is away, and who works his leads meanwhile (plugin/README.md "Absence").
#pragma once

#include <atomic>

#include "access/presence.hpp"
#include "processing/lead_desk.hpp"
#include "processing/settings_desk.hpp"

namespace lead_system::processing {

/// "5.12.2026" for "2026-12-05": in notifications, which are written in one language for all.
std::string day_words(const std::string &day);

class absence_desk {
 public:
  struct parts {
    store::store &store;
    const access::organisation_source &organisation;
    const lead_desk &desk;
    const settings_desk &settings;
    const dms_notifications *notifications;  ///< may be null
    /// A sentence in the language of the dealership, for notifications; English where there is none.
    std::function<std::string(const message &)> words{};
    /// Writes into the host's audit log (action, subject, detail); may be empty.
    std::function<void(const dms::call &, const std::string &, const std::string &, const std::string &)> audit{};
    dms::absences told{};  ///< may be empty: then the host says nothing of absences
    dms::log log{};
  };
  explicit absence_desk(parts with) : with_(std::move(with)) {}

  /// Everybody enters his own, with a deputy: whoever plans to be away knows who can work meanwhile. `for_others`: the
  /// caller may enter them for everybody, and without a deputy where nobody is known yet; those leads then stand in the
  /// tab “Salesperson not here”. What nobody will see from the first day on is in the outcome's gaps: an absence is a
  /// fact and never refused for that.
  struct wish {
    std::string user, from, to, deputy;
  };
  outcome enter(const actor &who, const dms::call &call, const wish &wanted, bool for_others) const;
  /// Whoever is away is back today; one that has not begun is gone.
  outcome end(const actor &who, const dms::call &call, std::int64_t id, bool for_others) const;
  /// Takes over what the host tells, where anything has changed there; with every change once.
  void take_told(time_us now);

  /// The first day of it on which nobody works for him; empty: there is none. `all`: as the store has them, whose order
  /// decides who represents.
  std::string first_day_alone(const access::absence &one, const std::vector<access::absence> &all, time_us now) const;

 private:
  outcome check(const wish &wanted, const std::string &today, const actor &who, bool for_others) const;
  std::vector<access::gap> gaps_of(store::transaction &inside, const access::absence &one, time_us now) const;
  void tell_deputy(const actor &who, const access::absence &one) const;

  parts with_;
  std::atomic<std::int64_t> generation_{-1};
};

}  // namespace lead_system::processing
