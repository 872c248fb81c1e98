// lead.hpp - the canonical lead (plugin/intake/README.md) and a lead as it is kept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lead/state.hpp"
#include "lead/time.hpp"

namespace lead_system {

struct phone {
  std::string number;  ///< E.164 where it could be understood, else as it came
  std::string kind;    ///< "mobile", "home", "work", or empty
  bool operator==(const phone &) const = default;
};

struct vehicle {
  std::string make, model, trim, year;
  std::string condition;  ///< "new", "used" or empty
  std::string vin, order_number, stock_number, colour, mileage;
  bool operator==(const vehicle &) const = default;
};

struct consent {
  std::string channel;        ///< "email", "phone", "sms", "post", or as it came
  std::optional<bool> given;  ///< nothing: not asked, or answered with a word that is neither yes nor no
  time_us at = 0;
  std::string text;
  std::string word{};  ///< the answer as it came, where it is more than yes or no
  bool operator==(const consent &) const = default;
};

struct finance_contract {
  std::string number;
  std::string ends_on;                             ///< ISO date, "2020-10-31"
  std::optional<std::int64_t> monthly_rate_cents;  ///< minor units of the currency
  std::optional<std::int64_t> residual_cents;
  bool operator==(const finance_contract &) const = default;
};

struct person {
  std::string salutation;  ///< "mr", "ms", "company", or empty
  std::string title, first_name, last_name, company;
  std::string language;  ///< ISO 639, "de"
  std::string email;     ///< domain in lower case
  std::vector<phone> phones;
  std::string street, postal_code, city;
  std::string country;  ///< ISO 3166 alpha-2
  std::string customer_number;
  bool operator==(const person &) const = default;

  /// "Ing. Markus Haslinger", the company where there is no name, or empty.
  std::string full_name() const;
};

/// What a payload said, in normal form. Text is NFC UTF-8 without control characters and cut at the column's length.
struct lead_content {
  std::string source;       ///< "siebel_nissan"
  std::string external_id;  ///< as the sender numbers it, or "derived:" + digest
  std::string type;         ///< key of a lead_type
  std::string dealer_code;
  time_us received_at = 0;       ///< when the sender took it
  time_us appointment_at = 0;    ///< requested appointment
  bool appointment_day = false;  ///< of it the day is known and no time; the moment is the day's begin
  person prospect;
  std::vector<vehicle> wanted;
  std::optional<vehicle> trade_in;
  std::optional<finance_contract> finance;
  std::string preferred_channel;  ///< "phone", "email", or empty
  std::string preferred_time;
  std::string message;  ///< plain text
  std::vector<consent> consents;
  std::string campaign, referrer;
  std::map<std::string, std::string> extras;  ///< everything else under its original name
  bool operator==(const lead_content &) const = default;

  /// Whether the person may be reached by "phone", "email", "sms" or "post". No word on a channel is no ban; a "no" is,
  /// unless a later word says yes.
  bool allows(std::string_view channel) const;
  /// Channels that are not allowed, in the order they came, each once.
  std::vector<std::string> refused_channels() const;
};

/// Whether an extra says only how the lead came: "mail/From" of whoever has passed it on.
bool is_wrapping(std::string_view extra);

/// What lists show, with the channels that were refused; the rest, which only the lead's own screen does (message,
/// consents, extras); all but the time of arrival and how it came: what tells a changed lead from a repeated one.
enum class content_part { all, listed, details, compared };

/// The content as one JSON object and back; unknown members are ignored, absent ones empty. Equal contents give equal
/// texts, their members sorted: digests are made of them.
std::string to_json(const lead_content &content, content_part part = content_part::all);
lead_content content_from_json(std::string_view json);

/// A lead as the store keeps it.
struct lead {
  std::int64_t id = 0;
  std::int64_t version = 1;
  lead_content content;
  std::string category;
  lead_state state = lead_state::received;
  contact_result contact = contact_result::open;
  std::string location;    ///< host's location id; empty: unknown dealer code
  std::string assignee;    ///< login; empty: not assigned
  std::string customer;    ///< host's customer id; empty: not imported
  time_us created_at = 0;  ///< when it came into this system; deadlines count from here
  time_us updated_at = 0;
  time_us reminder_at = 0, escalation_at = 0;
  int notified = 0;  ///< of what it waits for now, people were told: 0 nothing, 1 the reminder, 2 the escalation
  /// The earliest contact that is planned and not made yet; 0: none. Kept up with the host's myKontakte.
  time_us next_at = 0;
  std::string next_kind;                                 ///< "phone", "email", "visit", "test_drive"
  time_us next_reminder_at = 0, next_escalation_at = 0;  ///< of what follows the first contact (next_step.hpp)
  time_us first_contact_at = 0;                          ///< first contact result or contact by a person
  time_us imported_at = 0, ended_at = 0;
  std::string reason;  ///< key of a reason, in a terminal state
  stage_set reached;
  time_us agreed_at = 0;        ///< the appointment that was agreed; 0: none. What was wished for is in the content
  std::int64_t follows = 0;     ///< id of the earlier enquiry of the same external id or person
  std::int64_t payload_id = 0;  ///< the archived payload
};

/// A line of the timeline.
struct lead_event {
  std::int64_t id = 0, lead_id = 0;
  time_us at = 0;
  std::string kind;   ///< "received", "assigned", "rejected", "imported", "linked", "import_undone", "progress",
                      ///< "customer_merged",
                      ///< "test_drive_agreed", "contact_planned", "contact_result", "note", "edited", "closed",
                      ///< "reopened", "updated", "located", "reminder", "escalation", "erased", "restored",
                      ///< "sold", "sale_cancelled", "undone", "duplicate_joined", "duplicate_left",
                      ///< "receipt_sent", "answered", "mail_failed", "reply_received"
  std::string actor;  ///< login; empty: the system
  std::string actor_name;
  std::string comment;  ///< what a person wrote
  /// "from", "to", "user", "customer", "reason", …; "was", "is" and "before" (the whole content, of "updated" and
  /// "restored") hold personal data (JSON), which goes with erasure.
  std::map<std::string, std::string> data;
};

/// How a lead stands to what it waits for (next_step.hpp), for `now`. kept: it has ended; none: nothing is planned.
enum class deadline { on_time, soon, overdue, kept, none };
/// Of one that runs; 0: there is none.
constexpr deadline running_deadline(time_us reminder_at, time_us escalation_at, time_us now) noexcept {
  if (escalation_at != 0 && now >= escalation_at) return deadline::overdue;
  return reminder_at != 0 && now >= reminder_at ? deadline::soon : deadline::on_time;
}
deadline deadline_of(const lead &item, time_us now) noexcept;

}  // namespace lead_system
