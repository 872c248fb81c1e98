// left_out.hpp - what this plugin does not do in a host that lacks an optional service: told on its screens.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dms/cpp/host.hpp"

namespace lead_system {

/// Each optional service of the manifest, and what is left out without it.
constexpr std::array without_service{
    std::pair{DMS_LOG_ID, "Faults are written to no log."},
    std::pair{DMS_SETTINGS_ID,
              "No e-mail is sent, no sender has to give a key, and feedback cannot sign in with a password."},
    std::pair{DMS_SECRETS_ID, "Passwords for feedback are set in the DMS, not on this page."},
    std::pair{DMS_CUSTOMER_CHANGES_ID,
              "A customer who is linked stays as he is, and one who was created cannot be taken back."},
    std::pair{DMS_CONTACTS_ID, "There is no myContacts: no contact is planned, and none comes back as a result."},
    std::pair{DMS_CONTACT_COMPLETION_ID, "Entries in myContacts are ended for a whole lead at once, not one by one."},
    std::pair{DMS_NOTIFICATIONS_ID, "Nobody is notified in the DMS: reminders and escalations go by e-mail alone."},
    std::pair{DMS_SALES_ID,
              "The DMS does not tell of its sales: leads are marked as sold by hand, and nothing is compared."},
    std::pair{DMS_MAIL_ID,
              "The DMS sends no e-mails to prospects: there are no receipts, and answers are written elsewhere."},
    std::pair{DMS_AUDIT_ID, "Which lists of leads admins read is not written down."},
    std::pair{DMS_ERASURE_ID,
              "What the DMS was told of a person stays there when the lead is anonymised: delete it there."},
    std::pair{DMS_ABSENCES_ID, "The DMS does not say who is away: enter absences on the page “Absence”."},
    std::pair{DMS_REFERENCES_ID, "Nobody but their owner sees the contacts of a lead in the DMS."},
    std::pair{DMS_EVENTS_ID,
              "The DMS asks nobody before it deactivates a user or closes a location: leads that nobody sees then are "
              "found by the next check, within five minutes."}};

/// The sentences for what `host` lacks.
inline std::vector<std::string> left_out_in(const dms::host &host) {
  std::vector<std::string> result;
  for (const auto &[service, sentence] : without_service) {
    if (host.service<void>(service) == nullptr) result.emplace_back(sentence);
  }
  return result;
}

}  // namespace lead_system
