// master_data.hpp - everything that the host itself keeps, over one database.
#pragma once

#include "reference_host/core/intake/intake_answers.hpp"
#include "reference_host/core/intake/intake_tokens.hpp"
#include "reference_host/core/mail/mails.hpp"
#include "reference_host/core/people/absences.hpp"
#include "reference_host/core/people/kept_forms.hpp"
#include "reference_host/core/people/locations.hpp"
#include "reference_host/core/people/role_rights.hpp"
#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/people/sign_in.hpp"
#include "reference_host/core/people/users.hpp"
#include "reference_host/core/records/audit.hpp"
#include "reference_host/core/records/calendar_keys.hpp"
#include "reference_host/core/records/contacts.hpp"
#include "reference_host/core/records/customers.hpp"
#include "reference_host/core/records/deals.hpp"
#include "reference_host/core/records/notifications.hpp"
#include "reference_host/core/settings.hpp"

namespace dms::reference {

struct master_data {
  explicit master_data(database &in)
      : users(in),
        locations(in),
        absences(in),
        customers(in),
        contacts(in),
        deals(in),
        mails(in),
        notifications(in),
        audit(in),
        role_rights(in),
        sessions(in),
        kept_forms(in),
        intake_tokens(in),
        intake_answers(in),
        settings(in),
        calendar_keys(in),
        sign_in(in, users, sessions, audit) {}
  reference::users users;
  reference::locations locations;
  reference::absences absences;
  reference::customers customers;
  reference::contacts contacts;
  reference::deals deals;
  reference::mails mails;
  reference::notifications notifications;
  reference::audit audit;
  reference::role_rights role_rights;
  reference::sessions sessions;
  reference::kept_forms kept_forms;
  reference::intake_tokens intake_tokens;
  reference::intake_answers intake_answers;
  reference::settings settings;
  reference::calendar_keys calendar_keys;
  reference::sign_in sign_in;
};

}  // namespace dms::reference
