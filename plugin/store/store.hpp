// store.hpp - the plugin's database: everything that is kept, through SOCI, on SQLite or PostgreSQL.
//
// Nobody outside this folder writes SQL or names SOCI. Faults throw: store_unavailable for what may work later
// (locked, full, connection lost), std::exception for the rest. Reads take a visibility: a lead that one may not see
// does not exist.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>

#include "access/coverage.hpp"
#include "store/records.hpp"

namespace lead_system::store {

/// The store cannot be reached or is busy beyond its bound; nothing was written. Try again later.
class store_unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A cursor that is not one of ours.
class bad_cursor : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct options {
  std::string database;  ///< PostgreSQL connection URI, or the path of the SQLite file
  std::size_t sessions = 4;
  int busy_timeout_ms = 5000;
};

/// Open leads per type, location and assignee: what the coverage guarantee is checked on.
using open_group = access::open_leads;

/// A user or a location that the host is about to take away: it has asked, and says in a moment that it is done. Until
/// then checks count it as gone, so that what was answered stays true.
struct departure {
  std::string kind;  ///< "user" or "location"
  std::string subject;
  time_us until = 0;
};

/// A write transaction: IMMEDIATE on SQLite. Rolls back when destroyed without commit. Made by store::write, which
/// retries the whole body on a busy database, a deadlock or a serialization failure, with a bound.
class transaction {
 public:
  transaction() = default;
  transaction(const transaction &) = delete;
  transaction &operator=(const transaction &) = delete;
  virtual ~transaction() = default;

  // --- leads ---
  /// The lead for writing, or nothing.
  virtual std::optional<lead> find_lead(std::int64_t id) = 0;
  /// The newest lead with that external id.
  virtual std::optional<lead> find_lead(const std::string &source, const std::string &external_id) = 0;
  /// A lead that arrives; `digest` is that of its content, to tell a repeat from a change.
  struct arrival {
    const lead_content &content;
    const std::string &digest;
  };
  struct known_lead {
    std::int64_t id = 0;         ///< of the newest lead with that external id; 0: none
    bool same_content = false;   ///< one with that external id ever came with this content
    std::int64_t follow_up = 0;  ///< of a new one: newest enquiry of the same person (same_person.hpp); 0: none
    bool several = false;        ///< there are more leads with that external id
  };
  /// What is known of a lead that arrives. `since`: as old an enquiry of the same person may be.
  virtual known_lead look_up(const arrival &one, time_us since) = 0;
  /// Asks for many at once what look_up() will be asked about each; changes no answer.
  virtual void expect(std::span<const arrival> next, time_us since) = 0;
  /// All with that external id, newest first: follow-ups, and other persons for whom the sender uses the same.
  virtual std::vector<lead> leads_with_id(const std::string &source, const std::string &external_id) = 0;
  /// The newest enquiry of the same person since then; 0: there is none.
  virtual std::int64_t earlier_enquiry(const lead_content &content, time_us since) = 0;
  /// Inserts and returns the id.
  virtual std::int64_t insert_lead(const lead &item, const std::string &digest) = 0;
  virtual std::string content_digest(std::int64_t lead_id) = 0;
  /// Writes all that may change WHERE id and version match, and adds 1 to the version; false when it did not match.
  virtual bool update_lead(const lead &item) = 0;
  /// The same with new content.
  virtual bool update_lead_content(const lead &item, const std::string &digest) = 0;
  virtual std::vector<lead_event> timeline(std::int64_t lead_id) = 0;  ///< newest first
  /// After update_lead, so that the event carries the version that it made (events_since).
  virtual void add_event(const lead_event &event) = 0;
  /// Takes out what people wrote, what was sent and what the host is still to be told about a lead; who did what when
  /// stays. Writes the line of the protocol of erasures, without personal data. The archive follows (privacy_rows).
  /// `cause`: "request", "retention" or "lead" (on its page).
  virtual void forget_person(const lead &item, const std::string &actor, const std::string &cause, time_us at) = 0;

  /// Queues the event that was added last for the host (myKontakte, notifications).
  virtual void queue_host_effect(std::int64_t lead_id) = 0;

  // --- reminders and escalations ---
  /// Writes which steps of the deadline were told; the version stays. False when the lead has changed.
  virtual bool mark_notified(const lead &item) = 0;
  /// Somebody is to be told of the event that was added last; channel bell or mail.
  virtual void queue_notice(std::int64_t lead_id, const std::string &user, std::string_view channel) = 0;

  // --- feedback outbox ---
  virtual void queue_feedback(const feedback_message &message) = 0;
  /// The transport that is set for the source; empty: none is set up yet.
  virtual std::string feedback_transport(const std::string &source) = 0;
  /// An admin sends a message (again) now, whatever became of it, and what waits before it of the same lead; false for
  /// an acknowledged one, and while it is just being sent.
  virtual bool requeue_feedback(std::int64_t id, const std::string &actor, time_us at) = 0;
  /// An admin decides that it will not be sent any more; false as above, and where it was given up before.
  virtual bool give_up_feedback(std::int64_t id, const std::string &actor, const std::string &why, time_us at) = 0;
  virtual std::optional<feedback_message> find_feedback(std::int64_t id) = 0;
  /// Of a source and status, in the order in which they go, behind the id `after`; without those of anonymised leads,
  /// and of leads of which a later state was acknowledged.
  virtual std::vector<feedback_message> feedback_to_resend(const std::string &source, feedback_status status,
                                                           std::int64_t after, int limit) = 0;

  // --- import ---
  struct archived {
    std::int64_t id = 0;
    bool known = false;  ///< this payload came before
    time_us at = 0;      ///< when it came first
  };
  /// Keeps the payload once by its digest; `body` may be empty (over a limit: digest only; or its parts follow).
  virtual archived archive_payload(const std::string &source, const std::string &digest, const std::string &body,
                                   std::int64_t size, time_us at) = 0;
  /// Keeps a part of a payload that is larger than the memory; again changes nothing. Positions count from 0.
  virtual void archive_part(std::int64_t payload_id, int position, const std::string &body) = 0;
  virtual std::int64_t insert_run(const import_run &run) = 0;
  virtual void update_run(const import_run &run) = 0;
  virtual void insert_item(const import_item &item) = 0;
  /// The run of that payload which was broken off, or goes on, with how many items it has; nothing where there is none.
  struct broken_off {
    import_run run;
    std::int64_t items = 0;
  };
  virtual std::optional<broken_off> unfinished_run(std::int64_t payload_id) = 0;
  /// An admin tries an item again in `run`; false when somebody else did before.
  virtual bool retry_item(std::int64_t item_id, std::int64_t run_id) = 0;
  /// Of `count` positions behind `after`: those that were quarantined when this payload came before, with the last
  /// reason of each.
  virtual std::map<int, std::string> quarantined_before(std::int64_t payload_id, int after, std::size_t count) = 0;

  // --- settings; each writes its line of the history ---
  /// Read as the first thing of a transaction, they keep others from changing them until it ends: what was checked
  /// stays true.
  virtual std::vector<dealer_code> dealer_codes() = 0;
  virtual std::vector<lead_type_setting> lead_type_settings() = 0;
  virtual std::vector<access::grant> grants() = 0;
  /// The same lock without reading them.
  virtual void lock_grants() = 0;
  virtual std::vector<departure> departures(time_us now) = 0;
  virtual void add_departure(const departure &one) = 0;
  virtual void set_grant(const access::grant &grant, const std::string &actor, time_us at) = 0;
  virtual void set_lead_type(const lead_type_setting &setting, const std::string &actor, time_us at) = 0;
  virtual void set_dealer_code(const dealer_code &code, const std::string &actor,
                               time_us at) = 0;  ///< empty location removes
  virtual void set_feedback_channel(const feedback_channel &channel, const std::string &actor, time_us at) = 0;
  /// A user's own filter, in place of the one of that name; false: he has `most` others already.
  virtual bool save_filter(const std::string &user, const saved_filter &filter, std::size_t most) = 0;
  virtual bool forget_filter(const std::string &user, const std::string &name) = 0;  ///< false: there is none
  /// Open leads without location that came with that dealer code.
  virtual std::vector<std::int64_t> unplaced_leads(const std::string &source, const std::string &code) = 0;
  /// Login of who changed that setting last; empty: nobody.
  virtual std::string last_changed_by(const std::string &kind, const std::string &subject) = 0;
  /// As store::open_groups, within this transaction.
  virtual std::vector<open_group> open_groups() = 0;
};

class store {
 public:
  /// Opens, configures each session, migrates; refuses a newer schema with a clear sentence.
  static std::unique_ptr<store> open(const options &how);
  store() = default;
  store(const store &) = delete;
  store &operator=(const store &) = delete;
  virtual ~store() = default;

  /// Runs `body` in one write transaction and commits it; the body may run more than once.
  virtual void write(const std::function<void(transaction &)> &body) = 0;

  // --- leads ---
  /// These three read every lead: what people wait for is answered by columns/lead_index.
  virtual lead_page list(const lead_query &query, const access::visibility &who, time_us now) = 0;
  virtual std::int64_t count(const lead_filter &filter, const access::visibility &who, time_us now) = 0;
  virtual tab_counts counts(const access::visibility &who, time_us now) = 0;
  /// Those of the leads that `who` may see, in the order of `ids`, as a list shows them.
  virtual std::vector<lead> leads(const std::vector<std::int64_t> &ids, const access::visibility &who) = 0;
  /// The leads that a free text finds by e-mail, phone or another number, whoever sees them (text_query.hpp).
  /// `sources`: all that there are.
  virtual std::vector<std::int64_t> find_one_of_a_kind(const std::string &text,
                                                       const std::vector<std::string> &sources) = 0;
  virtual std::optional<lead> find(std::int64_t id, const access::visibility &who) = 0;
  /// Those of `ids` that `who` may see.
  virtual std::set<std::int64_t> visible(const std::vector<std::int64_t> &ids, const access::visibility &who) = 0;
  virtual std::vector<lead_event> timeline(std::int64_t lead_id) = 0;           ///< newest first
  virtual std::vector<feedback_message> feedback_of(std::int64_t lead_id) = 0;  ///< oldest first
  /// Events after `version` was current: what a 409 tells.
  virtual std::vector<lead_event> events_since(std::int64_t lead_id, std::int64_t version) = 0;
  /// Other enquiries of the same person that `who` may see, newest first.
  virtual std::vector<lead> related(const lead &item, const access::visibility &who) = 0;
  /// How many leads are tied to that customer of the host.
  virtual std::int64_t leads_of_customer(const std::string &customer) = 0;
  using open_group = ::lead_system::store::open_group;
  virtual std::vector<open_group> open_groups() = 0;
  /// Each type that a lead has, with its category: also types that no definition declares any more.
  virtual std::vector<std::pair<std::string, std::string>> types_in_use() = 0;

  // --- feedback ---
  /// Sources with messages that are due.
  virtual std::vector<std::string> sources_with_feedback(time_us now) = 0;
  /// Leases up to `limit` messages of a source that are due: the oldest unanswered of each lead, so order per lead is
  /// kept. A lease ends by itself after `lease_us`.
  virtual std::vector<feedback_message> lease_feedback(const std::string &source, int limit, time_us now,
                                                       time_us lease_us, const std::string &owner) = 0;
  /// What `owner` holds, it holds until `until`.
  virtual void renew_feedback_leases(const std::string &owner, time_us until) = 0;
  /// Writes status, attempts, next attempt and answer of a leased message; false when the lease was lost. What waits
  /// behind it of the same lead goes with its next attempt, or at once (`now`) when it needs none.
  virtual bool settle_feedback(const feedback_message &message, const std::string &owner, time_us now) = 0;
  struct feedback_counts {
    std::int64_t waiting = 0, rejected = 0, failed = 0;
  };
  virtual feedback_counts count_feedback() = 0;
  /// Rejected and failed ones by source.
  virtual std::map<std::string, feedback_counts> count_feedback_by_source() = 0;
  /// Newest first.
  virtual std::vector<feedback_message> feedback_log(const feedback_query &query) = 0;
  virtual std::optional<feedback_message> find_feedback(std::int64_t id) = 0;

  // --- what the host has still to be told of ---
  virtual std::vector<host_effect> host_effects_of(std::int64_t lead_id) = 0;  ///< oldest first
  /// Leads with effects that are due, longest waiting first.
  virtual std::vector<std::int64_t> leads_with_host_effects(time_us now, int limit) = 0;
  virtual void host_was_told(std::int64_t event_id) = 0;
  /// Writes next attempt, attempts and problem.
  virtual void host_was_not_told(const host_effect &effect) = 0;
  struct host_effect_backlog {
    std::int64_t waiting = 0;  ///< that failed at least once
    std::string problem;       ///< of the one that failed most often
  };
  virtual host_effect_backlog count_host_effects() = 0;

  // --- reminders and escalations ---
  /// Leads whose reminder or escalation is due and was not told, longest due first.
  virtual std::vector<std::int64_t> leads_to_notify(time_us now, int limit) = 0;
  /// What is to be delivered now; what waits for one person and channel is one batch, the same at every attempt.
  virtual std::vector<notice_batch> take_notices(time_us now, int limit) = 0;
  virtual void drop_notices(const notice_batch &batch) = 0;
  /// Writes next attempt and attempts.
  virtual void put_off_notices(const notice_batch &batch) = 0;

  // --- import log ---
  virtual std::vector<import_run> runs(const std::string &source, const std::string &outcome, std::int64_t before,
                                       int limit) = 0;  ///< newest first
  virtual std::optional<import_run> find_run(std::int64_t id) = 0;
  /// Of positions behind `after`, in their order.
  virtual std::vector<import_item> items(std::int64_t run_id, int after, int limit) = 0;
  /// When a payload with that digest came first; nothing: it never came.
  virtual std::optional<time_us> payload_arrival(const std::string &digest) = 0;
  /// The bytes as they came; of a payload in parts the first part. Nothing where only the digest was kept.
  virtual std::optional<std::string> payload(std::int64_t payload_id) = 0;
  /// Parts of a payload that is larger than the memory; nothing after the last.
  virtual std::optional<std::string> payload_part(std::int64_t payload_id, int position) = 0;
  virtual std::optional<import_item> find_item(std::int64_t id) = 0;
  /// The payload that came last, and what came since then.
  virtual source_health health_of_source(const std::string &source, time_us since) = 0;
  /// Leads in quarantine that nobody has tried again, most first.
  virtual std::vector<quarantine_group> quarantine() = 0;
  /// Those of one group, oldest first.
  virtual std::vector<import_item> quarantined(const std::string &source, const std::string &reason, int limit) = 0;

  // --- settings ---
  virtual std::vector<access::grant> grants() = 0;
  /// Those of one user.
  virtual std::vector<access::grant> grants_of(const std::string &user) = 0;
  virtual std::vector<lead_type_setting> lead_type_settings() = 0;
  virtual std::vector<dealer_code> dealer_codes() = 0;
  virtual std::vector<unmapped_code> unmapped_dealer_codes() = 0;
  virtual std::vector<feedback_channel> feedback_channels() = 0;
  virtual std::vector<settings_change> settings_history(int limit) = 0;
  /// What was changed together with that one, in one act: oldest first; empty where there is no such change.
  virtual std::vector<settings_change> changes_with(std::int64_t id) = 0;

  virtual std::vector<saved_filter> saved_filters(const std::string &user) = 0;  ///< by name

  /// A named lease that several hosts compete for (jobs); true when `owner` holds it until now + `for_us`.
  virtual bool lease(const std::string &name, const std::string &owner, time_us now, time_us for_us) = 0;

  /// What one holds until it is destroyed, or its process ends.
  class holding {
   public:
    holding() = default;
    holding(const holding &) = delete;
    holding &operator=(const holding &) = delete;
    virtual ~holding() = default;
  };
  /// Something of which there may be one at a time over all hosts; null while somebody else holds it.
  virtual std::unique_ptr<holding> hold(const std::string &name) = 0;

  /// Consistent copy while in use (SQLite; PostgreSQL has its own tools): "" or a sentence why not.
  virtual std::string backup_to(const std::string &file) = 0;
  virtual bool healthy() = 0;
};

}  // namespace lead_system::store
