// master_data.hpp - everything that the host itself keeps, over one database.
#pragma once

#include "reference_host/core/absences.hpp"
#include "reference_host/core/audit.hpp"
#include "reference_host/core/calendar_keys.hpp"
#include "reference_host/core/contacts.hpp"
#include "reference_host/core/customers.hpp"
#include "reference_host/core/deals.hpp"
#include "reference_host/core/intake_answers.hpp"
#include "reference_host/core/intake_tokens.hpp"
#include "reference_host/core/kept_forms.hpp"
#include "reference_host/core/locations.hpp"
#include "reference_host/core/mails.hpp"
#include "reference_host/core/notifications.hpp"
#include "reference_host/core/role_rights.hpp"
#include "reference_host/core/sessions.hpp"
#include "reference_host/core/settings.hpp"
#include "reference_host/core/sign_in.hpp"
#include "reference_host/core/users.hpp"

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
