// records.hpp - what the store answers with, besides leads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "lead/catalog.hpp"
#include "lead/lead.hpp"
#include "lead/next_step.hpp"

namespace lead_system::store {

/// How the first contact stands to the deadline; the same that the evaluation counts (evaluation/figures).
enum class response {
  made,     ///< a first contact was made
  in_time,  ///< before the deadline
  late      ///< the deadline passed without it, whether it was made later or not
};

/// The overview's query (plugin/screens/README.md); empty members do not filter.
struct lead_filter {
  std::string tab;  ///< open, unassigned, mine, overdue, silent, absent, all or empty (all)
  /// Who is here or represented; whose leads are none of theirs stand in the tab "absent".
  std::vector<std::string> present;
  std::vector<std::string> types, categories, states;
  std::vector<std::string> outcomes;    ///< states in which a lead ended, also where it was anonymised later
  std::optional<std::string> location;  ///< "" means: without location
  std::optional<std::string> assignee;  ///< "" means: not assigned
  time_us from = 0, to = 0;             ///< created_at in [from, to)
  bool by_sale = false;                 ///< of what was sold, and from and to are of the day of the sale
  std::optional<stage> reached;
  std::optional<deadline> due;
  std::vector<response> responses;               ///< one of these
  std::optional<std::uint32_t> answered_within;  ///< minutes by the clock from the arrival to the first contact
  std::optional<std::uint32_t> answered_open;    ///< the same in the location's opening hours
  std::optional<std::string> reason;             ///< "" means: none was given
  std::string source;
  std::optional<std::string> model;     ///< of the first wanted vehicle; "" means: none named
  std::optional<std::string> campaign;  ///< the same
  std::string feedback;                 ///< pending, failed, rejected
  std::string text;                     ///< free text: names, e-mail, phone in any writing, postal code, model
  bool operator==(const lead_filter &) const = default;
};

enum class lead_sort { received, deadline, type, prospect, location, assignee, state };

struct lead_query {
  lead_filter filter;
  lead_sort sort = lead_sort::received;
  bool descending = true;
  std::string cursor;  ///< opaque, from an earlier page; a malformed one throws bad_cursor
  int limit = 25;      ///< 1 to 500
};

/// `leads` have their content without extras, message and the wording of consents: what a list shows.
struct lead_page {
  std::vector<lead> leads;
  std::string next, previous;  ///< cursors; empty: there is nothing in that direction
  std::int64_t total = 0;      ///< under the filter
};

struct tab_counts {
  std::int64_t open = 0, unassigned = 0, mine = 0, overdue = 0, all = 0;
  std::int64_t silent = 0;  ///< open, and nothing is planned
  std::int64_t absent = 0;  ///< only where it was asked who is present
  tab_counts &operator+=(const tab_counts &more) noexcept {
    open += more.open;
    unassigned += more.unassigned;
    mine += more.mine;
    overdue += more.overdue;
    all += more.all;
    silent += more.silent;
    absent += more.absent;
    return *this;
  }
};

struct lead_type_setting {
  std::string type;
  time_us active_from = 0;  ///< cutover; 0: always in this system. Leads before it are answered "legacy"
  int reminder_minutes = 0, escalation_minutes = 0, retention_months = 0;
  int follow_up_reminder_minutes = 0, follow_up_escalation_minutes = 0;  ///< as lead_type has them; 0: those
};
/// What holds for leads of the type, as set or as declared.
deadline_minutes minutes_of(const catalog &types, const std::vector<lead_type_setting> &settings,
                            const std::string &type);
/// "active_from 0, reminder 30, escalation 60, retention 36": as the history tells it, and back.
std::string written(const lead_type_setting &setting);
lead_type_setting lead_type_setting_from(const std::string &type, const std::string &text);

struct dealer_code {
  std::string source, code, location;
};

/// A dealer code without location, and the open leads that wait for one.
struct unmapped_code {
  std::string source, code;
  std::int64_t leads = 0;
};

struct feedback_channel {
  std::string source;
  std::string transport;                        ///< https, sftp, directory, none
  std::map<std::string, std::string> settings;  ///< url, directory, user, …; no secrets
};

/// Of the settings' history: who changed what, when.
struct settings_change {
  std::int64_t id = 0;
  time_us at = 0;
  std::string actor, kind, subject, was, is;
};

/// A filter of the overview that a user keeps.
struct saved_filter {
  std::string name;
  std::string query;  ///< the list's address: "tab=open&type=test_drive"
};

enum class feedback_status { waiting, acknowledged, rejected, failed, given_up };
std::string_view key(feedback_status status) noexcept;
feedback_status feedback_status_from(std::string_view key) noexcept;

struct feedback_message {
  std::int64_t id = 0, lead_id = 0;
  std::string message_id;  ///< idempotency key, the same over all retries
  std::string source, external_id;
  lead_state cause = lead_state::received;
  std::string status_code, reason_code, body;
  time_us created_at = 0, next_attempt_at = 0, answered_at = 0;
  feedback_status status = feedback_status::waiting;
  int attempts = 0;
  std::string answer;  ///< what the receiver or the network said last, a sentence as message_json keeps it
  std::string decided_by, decision;  ///< login of who sent it again or gave it up last, and why
};

/// The feedback log's query; empty members do not filter.
struct feedback_query {
  std::string status;  ///< a key of feedback_status
  std::string source;
  std::string text;                  ///< beginning of an external id, a message id, or the number of a lead
  std::vector<std::string> sources;  ///< those that `text` is looked for in
  std::int64_t before = 0;           ///< an id; 0: from the newest
  int limit = 50;
};

/// A committed event of a lead that the host has still to be told of.
struct host_effect {
  lead_event event;
  std::int64_t lead_version = 0;  ///< that the event made
  time_us next_attempt_at = 0;
  int attempts = 0;
  std::string problem;  ///< what the host said last, one sentence
};

/// Reminders and escalations that one person is told of at once, by one channel.
struct notice_batch {
  std::int64_t id = 0;
  std::string user, channel;  ///< login; bell or mail
  time_us next_attempt_at = 0;
  int attempts = 0;
  std::vector<lead_event> events;  ///< oldest first
};

struct import_run {
  std::int64_t id = 0;
  std::string receipt, source, channel, user, name;  ///< name: the file's, or empty
  time_us at = 0;
  std::int64_t payload_id = 0, bytes = 0;
  std::string digest;  ///< SHA-256 of the payload, hex
  int accepted = 0, repeated = 0, legacy = 0, quarantined = 0, updated = 0;
  std::string reason;    ///< why the payload as a whole was quarantined
  bool finished = true;  ///< false: leads of a large payload are being filed, or were when somebody pulled the plug
  std::int64_t definition_version = 0;  ///< of its source's own definition (definition_rows.hpp); 0: of none
};

struct import_item {
  std::int64_t id = 0, run_id = 0;
  int position = 0;
  std::string external_id, outcome;  ///< accepted, repeated, legacy, quarantined
  std::int64_t lead_id = 0;
  std::string reason;           ///< English sentence with its arguments, JSON of a message
  std::int64_t retried_by = 0;  ///< run in which an admin tried it again; 0: none
};

/// What came from a source lately; times as everywhere, 0: never.
struct source_health {
  time_us last_at = 0;
  std::int64_t payloads = 0, accepted = 0, quarantined = 0;
};

/// Leads in quarantine that nobody has tried again, by source and reason.
struct quarantine_group {
  std::string source, reason;
  std::int64_t leads = 0;
};

}  // namespace lead_system::store
