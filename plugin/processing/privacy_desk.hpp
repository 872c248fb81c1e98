// privacy_desk.hpp - plugin/README.md "Privacy": what is kept of a person, as one document; erasure on request; and the
// retention.
//
// Erasure takes the person out of the lead, its events and its feedback at once, in one transaction with its line of
// the protocol. The archived messages that the lead came with and what the host was told follow within minutes, and
// are tried again until they are done: the protocol says when. A message that other leads in quarantine still need is
// kept for them, at most for 30 days. What is counted stays: type, location, source, outcome, model, times.
#pragma once

#include <nlohmann/json.hpp>
#include <set>

#include "processing/lead_desk.hpp"
#include "store/privacy_rows.hpp"

namespace lead_system::processing {

/// How a person is found: any of it. A lead's number stands for the person behind that lead.
struct person_query {
  std::string email, phone, customer;
  std::int64_t lead = 0;
  std::vector<std::int64_t> also{};  ///< leads of another name that somebody says are his
  bool empty() const noexcept { return email.empty() && phone.empty() && customer.empty() && lead == 0; }
};

struct person_lead {
  lead item;
  std::vector<lead_event> events;                     ///< newest first
  std::vector<store::feedback_message> feedback;      ///< oldest first
  nlohmann::json contacts = nlohmann::json::array();  ///< of myKontakte, as the host keeps them
};

class privacy_desk {
 public:
  struct parts {
    store::store &store;
    store::privacy_rows &rows;
    const catalog &types;
    lead_desk &desk;
    const dms_contacts *contacts;  ///< may be null
    const dms_erasure
        *host;  ///< may be null: then what the host was told, and the files that messages came as, stay there
    dms::log log;
  };
  explicit privacy_desk(parts with);

  /// All leads of the person, newest first; anonymised ones are nobody's. Who has another name is another person, also
  /// where e-mail or phone are the same (spouses): where a query finds several names and says no lead, it finds nobody.
  std::vector<person_lead> person(const person_query &wanted) const;
  /// The leads that are not his, or of which nobody knows whose they are: the same e-mail or phone and another name.
  std::vector<lead> others(const person_query &wanted) const;
  /// Those as one document (dms.person/1), for the person who asks what is kept.
  /// `messages`: what waits in quarantine, an array.
  static nlohmann::json document_of(const std::vector<person_lead> &leads, time_us now,
                                    nlohmann::json messages = nlohmann::json::array());

  /// Anonymises each lead, closing what is open; the first refusal ends it. Needs the right (`who.may_erase`).
  /// `messages`: items of the import log in quarantine, which nobody can try again then.
  outcome erase(const actor &who, const dms::call &call, const std::vector<std::int64_t> &leads,
                const std::vector<std::int64_t> &messages = {});

  /// Anonymises what has ended longer ago than its type's retention; returns how many.
  int run_retention(const dms::call &call);
  /// Finishes erasures: archive, outbox, host, and the journals of both databases. Returns how many are left.
  int settle(const dms::call &call) const;

 private:
  struct leads_by_name {
    std::vector<lead> his, others;
  };
  leads_by_name find(const person_query &wanted) const;
  time_us retention_end(const std::string &type, time_us now) const;
  void tell_host(const dms::call &call, const std::set<std::int64_t> &leads,
                 const std::set<store::archived_message> &messages) const;
  parts with_;
};

/// The same moment so many months earlier, on the last day of that month where it is shorter.
time_us months_before(time_us at, int months);

}  // namespace lead_system::processing
