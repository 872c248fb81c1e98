// store.hpp - the plugin's database: everything that is kept, through SOCI, on SQLite or PostgreSQL.
//
// Nobody outside this folder writes SQL or names SOCI. Faults throw: store_unavailable for what may work later
// (locked, full, connection lost), std::exception for the rest. Reads take a visibility: a lead that one may not see
// does not exist.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>

#include "access/coverage.hpp"
#include "access/presence.hpp"
#include "store/records.hpp"

namespace lead_system::store {

/// The store cannot be reached or is busy beyond its bound; nothing was written. Try again later.
class store_unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The connection broke while this was committed: it may be stored.
class maybe_written : public store_unavailable {
 public:
  using store_unavailable::store_unavailable;
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
  /// Told after each migration how many were made; it may throw to stop there.
  std::function<void(std::uint64_t)> migrated{};
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

class arrivals;
class connection;
class database;

/// A write transaction: IMMEDIATE on SQLite. Rolls back when destroyed without commit. Made by store::write, which
/// retries the whole body on a busy database, a deadlock or a serialization failure, with a bound.
class transaction {
 public:
  transaction(const transaction &) = delete;
  transaction &operator=(const transaction &) = delete;
  ~transaction();

  // --- leads ---
  /// The lead for writing, or nothing.
  std::optional<lead> find_lead(std::int64_t id);
  /// The newest lead with that external id.
  std::optional<lead> find_lead(const std::string &source, const std::string &external_id);
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
  known_lead look_up(const arrival &one, time_us since);
  /// Asks for many at once what look_up() will be asked about each; changes no answer.
  void expect(std::span<const arrival> next, time_us since);
  /// All with that external id, newest first: follow-ups, and other persons for whom the sender uses the same.
  std::vector<lead> leads_with_id(const std::string &source, const std::string &external_id);
  /// The newest enquiry of the same person since then; 0: there is none.
  std::int64_t earlier_enquiry(const lead_content &content, time_us since);
  /// Inserts and returns the id.
  std::int64_t insert_lead(const lead &item, const std::string &digest);
  std::string content_digest(std::int64_t lead_id);
  /// Writes all that may change WHERE id and version match, and adds 1 to the version; false when it did not match.
  bool update_lead(const lead &item);
  /// The same with new content.
  bool update_lead_content(const lead &item, const std::string &digest);
  std::vector<lead_event> timeline(std::int64_t lead_id);  ///< newest first
  /// After update_lead, so that the event carries the version that it made (events_since).
  void add_event(const lead_event &event);
  /// Takes out what people wrote, what was sent and what the host is still to be told about a lead; who did what when
  /// stays. Writes the line of the protocol of erasures, without personal data. The archive follows (privacy_rows).
  /// `cause`: "request", "retention" or "lead" (on its page).
  void forget_person(const lead &item, const std::string &actor, const std::string &cause, time_us at);

  // --- deals of the host (deal_rows.hpp) ---
  /// Ties the deal to the lead: false where the deal is tied, cancelled or not known, or the lead has a deal already.
  bool tie_deal(const std::string &deal, std::int64_t lead_id, const std::string &how, const std::string &actor,
                time_us at);
  /// Ends the tie of the lead's deal; `taken_back`: by somebody, so the two are not tied by themselves again, but
  /// offered. Returns the deal's id, empty where the lead has none.
  std::string untie_deal(std::int64_t lead_id, bool taken_back, const std::string &actor, time_us at);

  // --- e-mails to prospects (answer_rows.hpp) ---
  /// Notes once what became of the lead's receipt; false: it was looked at before.
  bool decide_receipt(std::int64_t lead_id, const std::string &outcome, time_us at);
  /// The host is to be given this e-mail (dms.mail/1), once under its key.
  void queue_mail(std::int64_t lead_id, const std::string &key, const std::string &document, time_us at);
  /// False where that news of the host stands in a timeline already.
  bool take_mail_news(const std::string &id, std::int64_t lead_id);

  /// Queues the event that was added last for the host (myKontakte, notifications).
  void queue_host_effect(std::int64_t lead_id);

  // --- reminders and escalations ---
  /// Writes which steps of the deadline were told; the version stays. False when the lead has changed.
  bool mark_notified(const lead &item);
  /// Writes what is planned next and what follows from it; the version stays, as nobody has worked on the lead. False
  /// when the lead has changed.
  bool set_next_step(const lead &item);
  /// Somebody is to be told of the event that was added last; channel bell or mail.
  void queue_notice(std::int64_t lead_id, const std::string &user, std::string_view channel);

  // --- feedback outbox ---
  void queue_feedback(const feedback_message &message);
  /// The transport that is set for the source; empty: none is set up yet.
  std::string feedback_transport(const std::string &source);
  /// What was queued of this lead at that moment goes at `until` at the earliest.
  void hold_feedback(std::int64_t lead_id, time_us queued_at, time_us until);
  /// An admin sends a message (again) now, whatever became of it, and what waits before it of the same lead; false for
  /// an acknowledged one, and while it is just being sent.
  bool requeue_feedback(std::int64_t id, const std::string &actor, time_us at);
  /// An admin decides that it will not be sent any more; false as above, and where it was given up before.
  bool give_up_feedback(std::int64_t id, const std::string &actor, const std::string &why, time_us at);
  std::optional<feedback_message> find_feedback(std::int64_t id);
  /// Of a source and status, in the order in which they go, behind the id `after`; without those of anonymised leads,
  /// and of leads of which a later state was acknowledged.
  std::vector<feedback_message> feedback_to_resend(const std::string &source, feedback_status status,
                                                   std::int64_t after, int limit);

  // --- import ---
  struct archived {
    std::int64_t id = 0;
    bool known = false;  ///< this payload came before
    time_us at = 0;      ///< when it came first
  };
  /// Keeps the payload once by its digest; `body` may be empty (over a limit: digest only; or its parts follow).
  archived archive_payload(const std::string &source, const std::string &digest, const std::string &body,
                           std::int64_t size, time_us at);
  /// Keeps a part of a payload that is larger than the memory; again changes nothing. Positions count from 0.
  void archive_part(std::int64_t payload_id, int position, const std::string &body);
  std::int64_t insert_run(const import_run &run);
  void update_run(const import_run &run);
  void insert_item(const import_item &item);
  /// The run of that payload which was broken off, or goes on, with how many items it has; nothing where there is none.
  struct broken_off {
    import_run run;
    std::int64_t items = 0;
  };
  std::optional<broken_off> unfinished_run(std::int64_t payload_id);
  /// An admin tries an item again in `run`; false when somebody else did before.
  bool retry_item(std::int64_t item_id, std::int64_t run_id);
  /// Of `count` positions behind `after`: those that were quarantined when this payload came before, with the last
  /// reason of each.
  std::map<int, std::string> quarantined_before(std::int64_t payload_id, int after, std::size_t count);

  // --- settings; each writes its line of the history ---
  /// Read as the first thing of a transaction, they keep others from changing them until it ends: what was checked
  /// stays true.
  std::vector<dealer_code> dealer_codes();
  std::vector<lead_type_setting> lead_type_settings();
  std::vector<access::grant> grants();
  /// The same lock without reading them.
  void lock_grants();
  std::vector<departure> departures(time_us now);
  void add_departure(const departure &one);
  // --- absences (absences.cpp) ---
  /// As store::absences, within this transaction.
  std::vector<access::absence> absences(const std::string &since);
  /// Returns the id.
  std::int64_t add_absence(const access::absence &one, time_us at);
  /// It ends on that day; one that would end before it began goes. False: there is none.
  bool end_absence(std::int64_t id, const std::string &last_day);
  /// Puts these in place of what the host told before; false: they are the same.
  bool replace_told_absences(const std::vector<access::absence> &told, time_us at);
  void set_grant(const access::grant &grant, const std::string &actor, time_us at);
  void set_lead_type(const lead_type_setting &setting, const std::string &actor, time_us at);
  void set_dealer_code(const dealer_code &code, const std::string &actor,
                       time_us at);  ///< empty location removes
  void set_feedback_channel(const feedback_channel &channel, const std::string &actor, time_us at);
  /// A user's own filter, in place of the one of that name; false: he has `most` others already.
  bool save_filter(const std::string &user, const saved_filter &filter, std::size_t most);
  bool forget_filter(const std::string &user, const std::string &name);  ///< false: there is none
  /// Open leads without location that came with that dealer code.
  std::vector<std::int64_t> unplaced_leads(const std::string &source, const std::string &code);
  /// Login of who changed that setting last; empty: nobody.
  std::string last_changed_by(const std::string &kind, const std::string &subject);
  /// As store::open_groups, within this transaction.
  std::vector<open_group> open_groups();

 private:
  friend class database;
  explicit transaction(connection &on);
  void commit();

  connection &on_;
  std::unique_ptr<arrivals> arrivals_;
  std::map<std::string, std::string> transports_;  ///< by source, as asked before
  bool open_ = false;
};

class store {
 public:
  /// Opens, configures each session, migrates; refuses a newer schema with a clear sentence.
  static std::unique_ptr<store> open(const options &how);
  store(const store &) = delete;
  store &operator=(const store &) = delete;
  ~store();

  /// Runs `body` in one write transaction and commits it; the body may run more than once.
  void write(const std::function<void(transaction &)> &body);

  // --- leads ---
  /// Up to `limit` open leads that came after that one, as they came: for jobs. Lists for people are
  /// columns/lead_index's.
  std::vector<lead> open_leads_after(time_us created_at, std::int64_t id, int limit);
  /// Those of the leads that `who` may see, in the order of `ids`, as a list shows them.
  std::vector<lead> leads(const std::vector<std::int64_t> &ids, const access::visibility &who);
  /// The leads that a free text finds by e-mail, phone or another number, whoever sees them (text_query.hpp).
  /// `sources`: all that there are.
  std::vector<std::int64_t> find_one_of_a_kind(const std::string &text, const std::vector<std::string> &sources);
  std::optional<lead> find(std::int64_t id, const access::visibility &who);
  /// Those of `ids` that `who` may see.
  std::set<std::int64_t> visible(const std::vector<std::int64_t> &ids, const access::visibility &who);
  std::vector<lead_event> timeline(std::int64_t lead_id);           ///< newest first
  std::vector<feedback_message> feedback_of(std::int64_t lead_id);  ///< oldest first
  /// Events after `version` was current: what a 409 tells.
  std::vector<lead_event> events_since(std::int64_t lead_id, std::int64_t version);
  /// Other enquiries of the same person that `who` may see, newest first.
  std::vector<lead> related(const lead &item, const access::visibility &who);
  /// The leads that are tied to that customer of the host.
  std::vector<std::int64_t> leads_of_customer(const std::string &customer);
  using open_group = ::lead_system::store::open_group;
  std::vector<open_group> open_groups();
  /// Each type that a lead has, with its category: also types that no definition declares any more.
  std::vector<std::pair<std::string, std::string>> types_in_use();

  // --- feedback ---
  /// Sources with messages that are due.
  std::vector<std::string> sources_with_feedback(time_us now);
  /// Leases up to `limit` messages of a source that are due: the oldest unanswered of each lead, so order per lead is
  /// kept. A lease ends by itself after `lease_us`.
  std::vector<feedback_message> lease_feedback(const std::string &source, int limit, time_us now, time_us lease_us,
                                               const std::string &owner);
  /// What `owner` holds, it holds until `until`.
  void renew_feedback_leases(const std::string &owner, time_us until);
  /// Writes status, attempts, next attempt and answer of a leased message; false when the lease was lost. What waits
  /// behind it of the same lead goes with its next attempt, or at once (`now`) when it needs none.
  bool settle_feedback(const feedback_message &message, const std::string &owner, time_us now);
  struct feedback_counts {
    std::int64_t waiting = 0, rejected = 0, failed = 0;
  };
  feedback_counts count_feedback();
  /// Rejected and failed ones by source.
  std::map<std::string, feedback_counts> count_feedback_by_source();
  /// Newest first.
  std::vector<feedback_message> feedback_log(const feedback_query &query);
  std::optional<feedback_message> find_feedback(std::int64_t id);

  // --- what the host has still to be told of ---
  std::vector<host_effect> host_effects_of(std::int64_t lead_id);  ///< oldest first
  /// Leads with effects that are due, longest waiting first.
  std::vector<std::int64_t> leads_with_host_effects(time_us now, int limit);
  void host_was_told(std::int64_t event_id);
  /// Writes next attempt, attempts and problem.
  void host_was_not_told(const host_effect &effect);
  struct host_effect_backlog {
    std::int64_t waiting = 0;  ///< that failed at least once
    std::string problem;       ///< of the one that failed most often
  };
  host_effect_backlog count_host_effects();

  // --- reminders and escalations ---
  /// Leads whose reminder or escalation is due and was not told, longest due first.
  std::vector<std::int64_t> leads_to_notify(time_us now, int limit);
  /// What is to be delivered now; what waits for one person and channel is one batch, the same at every attempt.
  std::vector<notice_batch> take_notices(time_us now, int limit);
  void drop_notices(const notice_batch &batch);
  /// Writes next attempt and attempts.
  void put_off_notices(const notice_batch &batch);

  // --- import log ---
  std::vector<import_run> runs(const std::string &source, const std::string &outcome, std::int64_t before,
                               int limit);  ///< newest first
  std::optional<import_run> find_run(std::int64_t id);
  /// Of positions behind `after`, in their order.
  std::vector<import_item> items(std::int64_t run_id, int after, int limit);
  /// When a payload with that digest came first; nothing: it never came.
  std::optional<time_us> payload_arrival(const std::string &digest);
  /// The bytes as they came; of a payload in parts the first part. Nothing where only the digest was kept.
  std::optional<std::string> payload(std::int64_t payload_id);
  /// Parts of a payload that is larger than the memory; nothing after the last.
  std::optional<std::string> payload_part(std::int64_t payload_id, int position);
  std::optional<import_item> find_item(std::int64_t id);
  /// The payload that came last, and what came since then.
  source_health health_of_source(const std::string &source, time_us since);
  /// How many lines of the import log wait in quarantine, up to `most`.
  std::int64_t count_quarantined(int most);
  /// Leads in quarantine that nobody has tried again, most first.
  std::vector<quarantine_group> quarantine();
  /// Those of one group, oldest first.
  std::vector<import_item> quarantined(const std::string &source, const std::string &reason, int limit);

  // --- settings ---
  std::vector<access::grant> grants();
  /// Those of one user.
  std::vector<access::grant> grants_of(const std::string &user);
  std::vector<lead_type_setting> lead_type_settings();
  std::vector<dealer_code> dealer_codes();
  std::vector<unmapped_code> unmapped_dealer_codes();
  std::vector<feedback_channel> feedback_channels();
  std::vector<settings_change> settings_history(int limit);
  /// What was changed together with that one, in one act: oldest first; empty where there is no such change.
  std::vector<settings_change> changes_with(std::int64_t id);

  /// Those that end on that day or later, by their beginning; what people entered before what the host told.
  std::vector<access::absence> absences(const std::string &since);

  std::vector<saved_filter> saved_filters(const std::string &user);  ///< by name

  /// What one holds until it is destroyed, or its process ends.
  class holding {
   public:
    holding() = default;
    holding(const holding &) = delete;
    holding &operator=(const holding &) = delete;
    virtual ~holding() = default;
  };
  /// Something of which there may be one at a time over all hosts; null while somebody else holds it.
  std::unique_ptr<holding> hold(const std::string &name);

  bool healthy();

  /// For the families of tables that have a face of their own (report_rows, cutover_rows, privacy_rows).
  database &inside() noexcept { return *inside_; }

 private:
  explicit store(const options &how);
  std::unique_ptr<database> inside_;
};

}  // namespace lead_system::store
