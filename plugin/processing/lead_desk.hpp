// lead_desk.hpp - what people do to a lead (plugin/README.md "Working a lead", "States"), identically for every type.
//
// Each function: asks access (not visible answers not_found), checks the version (conflict names what changed),
// checks the table of transitions, writes lead + event + feedback in one transaction, then tells the host
// (myKontakte, notifications; host_effects.hpp). Repeating an action that is already done with a stale version is a
// conflict, never a second effect.
#pragma once

#include <functional>
#include <string>

#include "access/access.hpp"
#include "access/organisation.hpp"
#include "access/presence.hpp"
#include "dms/cpp/host.hpp"
#include "lead/catalog.hpp"
#include "lead/sale.hpp"
#include "processing/customer_merge.hpp"
#include "processing/outcome.hpp"
#include "store/feedback_writer.hpp"
#include "store/store.hpp"

namespace lead_system::processing {

/// Who acts: from the host's call.
struct actor {
  std::string user, name;
  bool may_process = false;  ///< right leads.process
  bool may_assign = false;   ///< right leads.assign; a salesperson may assign to himself without
  bool may_erase = false;    ///< right leads.erase
  time_us now = 0;
  time_us undo_us = 0;  ///< so long he may take it back, and the manufacturer hears of it after that; 0: not at all
};

/// A customer of the host that may be the prospect, with why.
struct customer_match {
  enum class likeness { same, similar, different };
  struct why {
    std::string what;  ///< "email", "phone", "name", "first_name", "last_name", "address", "customer_number", "vin"
    likeness how = likeness::same;
  };
  std::string id, name, place, salesperson;
  int score = 0;  ///< percent
  std::vector<why> reasons;
  bool other_first_name = false;  ///< another person, whatever else is the same
  bool maybe_household = false;
  merge_plan plan;  ///< what a link would do to his data; empty where the host cannot take it back
};

/// Kinds of contact that may be planned: "phone", "email", "visit", "test_drive", without what the person has refused.
std::vector<std::string_view> contact_kinds_of(const lead_content &content);

/// What comes after a contact, said with its result; `due` 0: nothing is said. `kind` empty: as the person wants it.
struct follow_up {
  time_us due = 0;
  std::string kind{};
  bool unless_planned = false;  ///< only where nothing else is planned
};

class lead_desk {
 public:
  struct parts {
    store::store &store;
    const catalog &types;
    const access::organisation_source &organisation;
    dms::customers customers;
    const dms_contacts *contacts;            ///< may be null: then myKontakte is not filled
    const dms_notifications *notifications;  ///< may be null
    store::feedback_writer feedback;
    dms::log log;
    /// A sentence in the language of the dealership, for notifications; English where there is none.
    std::function<std::string(const message &)> words{};
    /// May be empty: then customers stay as they are when they are linked.
    dms::customer_changes customer_changes{};
    /// Writes into the host's audit log (action, subject); may be empty.
    std::function<void(const dms::call &, const std::string &, const std::string &)> audit{};
    /// May be empty: then only all contacts of a lead can be ended at once, without a result.
    dms::contact_completion contact_completion{};
  };
  explicit lead_desk(parts with);

  const catalog &types() const noexcept { return with_.types; }
  /// Whether the host has myKontakte.
  bool plans_contacts() const noexcept { return with_.contacts != nullptr; }
  access::visibility visibility_of(const std::string &user, time_us now) const;
  /// The same for who knows already who is here.
  access::visibility visibility_of(const std::string &user, const access::presence &here) const;
  /// The same; the host itself, which has no name, sees everything.
  access::visibility seen_by(const std::string &user, time_us now) const;
  /// Who is here at that moment, and who works for the others.
  access::presence presence_at(time_us now) const;

  outcome assign(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const std::string &user);
  /// The plugin itself gives a new lead to somebody (assignment.hpp). `open`: because he has the fewest open leads, so
  /// many; negative: because he looks after the customer. Refused where it is no longer new.
  outcome assign_by_rule(const dms::call &call, const lead &item, const std::string &user, std::int64_t open);
  /// Who looks after that customer of the host; empty: nobody, or the host does not say.
  std::string salesperson_of_customer(const std::string &customer) const;
  /// All open leads of a person ("user") or a place ("location") to somebody else, one after the other, each with its
  /// event; whoever may assign may do it, whatever he sees, and everybody with his own.
  struct handed_over {
    outcome result;  ///< refused, forbidden, invalid: nothing was given
    std::int64_t done = 0, left = 0;
  };
  handed_over hand_over(const actor &who, const dms::call &call, const std::string &kind, const std::string &from,
                        const std::string &to);
  /// How many open leads of whom or where: "user", "location".
  std::map<std::string, std::int64_t> open_by(const std::string &kind) const;
  outcome reject(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const std::string &comment);
  /// `customer` empty: create a new one (idempotency key lead:<id>:customer); else link that one: his empty fields are
  /// filled from the lead, the fields of `take` overwritten (customer_merge.hpp).
  outcome import(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const std::string &customer, const std::vector<std::string> &take = {});
  /// Takes the import back on its day, while nobody has changed the customer since: one that it made goes, another
  /// gets his former data back.
  outcome undo_import(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version);
  /// Whether the import may still be taken back as far as state and time go.
  bool may_undo_import(const lead &item, time_us now) const;
  /// Under which id the host has that customer now: another one where he was merged with him. The same where the host
  /// does not know him, or does not say where his merges end. [any] Throws dms::failure where the host cannot say.
  std::string customer_now(const std::string &customer) const;
  /// The host has merged the customer `former` with `customer`: his leads are that one's. Again changes nothing. False
  /// where somebody changed one of them at that moment: it is to be done once more.
  bool follow_customer(const actor &who, const dms::call &call, const std::string &former,
                       const std::string &customer) const;
  /// A line of the timeline, whatever has become of the lead meanwhile.
  outcome note(const actor &who, const dms::call &call, std::int64_t id, const std::string &text);
  /// The prospect's data as somebody has corrected them, in normal form; the event keeps what was and what is.
  outcome edit(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version, const person &prospect);
  /// Brings back the content that a later message replaced: of the event `replaced_by` ("updated" or "restored"). Its
  /// own can be brought back in the same way.
  outcome restore(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                  std::int64_t replaced_by);
  outcome contact(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version, time_us due,
                  const std::string &kind, const std::string &note);
  /// Date, who goes along and with which vehicle become the lead's state and appointment, its entry in myContacts and
  /// the manufacturer's feedback in one step; also where another date was agreed before. `user` empty: the lead's
  /// salesperson, else who acts. Another one takes the lead over, as by assign.
  struct test_drive {
    time_us at = 0;
    std::string user, vehicle, note;
  };
  outcome agree_test_drive(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                           const test_drive &plan);
  outcome progress(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                   const std::string &state);
  outcome contact_result(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                         const std::string &result, const std::string &comment, const follow_up &next = {});
  /// An e-mail to the prospect: what stands in the timeline, and what the host is given (mail_actions.cpp).
  struct outgoing_mail {
    std::string address, subject, text;
    std::string title;     ///< of the template, or empty
    std::string document;  ///< dms.mail/1
  };
  /// Queued for the host in the transaction of its event; it counts as a contact that was tried, and settles what was
  /// to be done. Refused where the person has refused e-mails or has no address that can be one.
  outcome answer(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const outgoing_mail &what, const follow_up &next);
  /// The receipt, which nobody wrote: no contact, and the version stays. False where it was decided before, or what it
  /// rests on is so no longer.
  bool send_receipt(const dms::call &call, std::int64_t id, const outgoing_mail &what) const;
  /// What the prospect answered, once for each `news`: he is reached where somebody has written to him before, and
  /// somebody has to answer within an opening hour. Of a lead that has ended it is only noted.
  struct mail_reply {
    std::string news, from, subject, text;
    std::int64_t attachments = 0;
    std::string files{};  ///< of these the names and sizes that are known, JSON: [{"name":"…","bytes":1}]; or empty
  };
  outcome take_reply(const dms::call &call, std::int64_t id, const mail_reply &reply) const;
  /// An e-mail could not be delivered: noted once for each `news`. False where it was before, or nobody is there any
  /// more.
  bool note_failed_mail(const dms::call &call, std::int64_t id, const std::string &news,
                        const std::string &problem) const;
  /// `state` may be empty: the reason decides it. One that is given must go with the reason.
  outcome close(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                const std::string &state, const std::string &reason, const std::string &comment);
  /// Ends the lead as a duplicate of `kept`, which must be seen too, not be anonymised and be no duplicate itself: else
  /// the one that goes on is named. One that has duplicates may become one, and takes them along. The manufacturer
  /// hears of it with the code for duplicates. What is planned for the lead is planned for the kept one, whose page
  /// shows the notes of both (duplicates.cpp).
  outcome close_as_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                             std::int64_t kept, const std::string &comment);
  /// Takes that back on its day, for whoever may work the lead: both are as before, what was done since stays.
  outcome undo_duplicate(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version);
  bool may_undo_duplicate(const lead &item, const std::vector<lead_event> &newest_first, time_us now) const;
  /// The lead that goes on for it, where that one became a duplicate of another one as well; 0: it is no duplicate.
  std::int64_t goes_on_as(const lead &item, const std::vector<lead_event> &newest_first) const;
  /// Of which lead it is a duplicate; 0: of none.
  static std::int64_t duplicate_of(const lead &item, const std::vector<lead_event> &newest_first);
  /// The leads that became duplicates of the one with that timeline, as they joined. One of them that was reopened
  /// since is none any more: that its own events say.
  static std::vector<std::int64_t> duplicates_in(const std::vector<lead_event> &newest_first);
  /// From every end but anonymised. A sale that is taken back stands in the host's audit log.
  outcome reopen(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const std::string &comment);
  /// A deal of the host is the sale of this lead, also of one that has ended: it is sold from the day of the deal on,
  /// and the manufacturer hears of it. `how`: as store::kept_deal. Without a version whatever has become of the lead
  /// meanwhile. Refused where one of the two has found another already.
  outcome sell(const actor &who, const dms::call &call, std::int64_t id, std::optional<std::int64_t> version,
               const deal &sold, const std::string &how);
  /// The deal was cancelled: what sell() made of the lead is taken back, with its feedback. One that had ended before
  /// has ended as it had.
  outcome fall_through(const actor &who, const dms::call &call, std::int64_t id, const deal &sold);
  outcome erase(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version);
  /// The same for a person who asks for it ("request") or whose time is over ("retention"), whatever `who` may see. An
  /// open lead is closed first, as one whose consent was withdrawn: that is reported to the manufacturer.
  outcome forget(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                 const std::string &cause);

  /// Takes back one's own last step within the minute, while nobody has changed the lead since.
  outcome undo(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version);
  static constexpr time_us undo_span = minute_us;

  /// Candidates from the host's customers, best first; at most ten.
  std::vector<customer_match> matches(const lead &item) const;
  /// Customers that somebody searches for by name, e-mail, phone or town, best first.
  std::vector<customer_match> search(const lead &item, const std::string &text) const;
  /// The customer to whom a lead goes by the first of the rules that finds one (customer_rule.hpp); the salesperson
  /// only where he may be assigned leads.
  struct rule_match {
    std::string customer, salesperson, rule;
  };
  std::optional<rule_match> match_by_rule(const lead_content &content, const std::vector<std::string> &rules) const;
  /// Users that a lead may be assigned to: active, role sales or manager; those of the lead's location first.
  std::vector<access::user> assignable(const lead &item) const;
  /// Contacts that stand in the host's myKontakte for the lead, next first; empty where the host has none.
  struct planned_contact {
    time_us due = 0;
    std::string kind, user, note;
    std::string calendar;  ///< link to its file for other calendars (JSON), or empty
  };
  std::vector<planned_contact> planned_contacts(const lead &item) const;
  /// The host's event contact.completed moves the contact result; where whoever did it sees the lead and may
  /// work it; once for each `contact`.
  void contact_completed(const dms::call &call, std::int64_t lead_id, const std::string &contact,
                         const std::string &result, const std::string &note);
  /// Tells the host what a crash or an unreachable host left behind; returns for how many leads.
  int tell_host(const dms::call &call) const;
  /// Takes over what was done and planned in myKontakte while nobody listened.
  void take_missed_results(const dms::call &call) const;

  /// Of what stands open in myKontakte, what something settles, and what stands next then.
  struct settling {
    std::string contacts;  ///< ids with commas
    time_us next_at = 0;
    std::string next_kind;
  };

 private:
  void tell_taker(const actor &who, const std::string &kind, const std::string &from, const std::string &to,
                  std::int64_t count) const;
  outcome give_to(lead &item, lead_event &event, const std::string &user) const;
  /// Changes the lead and describes the event, or says why not; may run more than once.
  using decision = std::function<outcome(store::transaction &, lead &, lead_event &)>;
  struct changed {
    outcome result;
    lead item;  ///< as it is afterwards
  };
  /// What is only added needs none. No number that somebody sends means it.
  static constexpr std::nullopt_t any_version = std::nullopt;
  /// The one frame of every change: seen, allowed, this version, then decision, lead, event and feedback together.
  /// `further`: a second event of the same change, where the decision gave it a kind.
  changed change(const dms::call &call, const access::visibility &seen, const actor &who, std::int64_t id,
                 std::optional<std::int64_t> version, bool right, std::string_view kind, const decision &decide,
                 const lead_event *further = nullptr) const;
  /// Of the next step's reminder and escalation.
  enum class timing {
    follows,  ///< from what the lead waits for now
    decided   ///< they stand in the lead already
  };
  bool write_change(store::transaction &inside, const lead &before, lead &item, time_us now,
                    timing next = timing::follows) const;
  static void keep_for_undo(const actor &who, const lead &before, lead_event &event);
  std::vector<store::feedback_message> untold(std::int64_t id, time_us queued_at) const;
  bool add_change(store::transaction &inside, const lead_event &event) const;
  /// Who holds what was a duplicate's: the lead that it joined, and whose duplicate that one is, to the one that goes
  /// on.
  struct holder {
    std::int64_t id = 0, version = 0;
    std::vector<lead_event> events;  ///< newest first
  };
  std::vector<holder> holders_from(std::int64_t kept) const;
  static bool are_as_read(store::transaction &inside, const std::vector<holder> &holders);
  outcome leave(store::transaction &inside, const std::vector<holder> &holders, const lead &item,
                const actor &who) const;
  /// Sets what is planned next: the earlier of that and what is planned already; nothing; or, where an assigned lead
  /// would have no next step, what the assignment puts into myKontakte.
  static void plan_next(lead &item, time_us due, const std::string &kind);
  static void plan_nothing(lead &item);
  void plan_for_assignee(lead &item, time_us now) const;
  /// Open again: with its salesperson where he is still there, and what it waits for from now on.
  void open_again(lead &item, const lead &fresh, time_us now) const;
  outcome take_over(lead &item, const actor &who, const std::string &user) const;
  void tell_taken_over(store::transaction &inside, const lead &before, lead item, const actor &who) const;
  outcome erase_seen(const access::visibility &seen, const actor &who, const dms::call &call, std::int64_t id,
                     std::int64_t version, const std::string &cause);
  outcome told(std::int64_t id, std::int64_t version) const;  ///< a conflict, with what happened meanwhile
  /// What `change` checks first, for actions that ask the host before; verdict::done: go on with `found`.
  outcome check(const actor &who, std::int64_t id, std::int64_t version, lead &found) const;
  void set_deadlines(lead &item, time_us now) const;
  std::vector<customer_match> planned(const lead &item, const std::string &query, bool ranked) const;
  /// What the host did for an import that then did not come about.
  struct tied_customer;
  outcome tie(const dms::call &call, const lead &item, const std::string &wanted, const std::vector<std::string> &take,
              tied_customer &made) const;
  void give_back(const dms::call &call, const lead &item, const tied_customer &made) const noexcept;
  outcome release(const dms::call &call, const lead &item, const lead_event &import, bool &removed) const;
  /// A result as it was given in myKontakte to the contact of that id.
  struct given_result {
    std::string contact;
    lead_system::contact_result result = lead_system::contact_result::open;
    std::string note;
  };
  void take_result(const dms::call &call, const access::visibility &seen, const actor &who, std::int64_t lead_id,
                   const given_result &given) const;
  void take_completed(const dms::call &call, std::int64_t lead_id, const given_result &given) const;
  settling settled_by_result(const lead &item, time_us now) const;
  settling settled_by_drive(const lead &item) const;
  template <typename Settle>
  settling settled(const lead &item, bool known_too, Settle &&by) const;
  void take_missed_result(const dms::call &call, const lead &item) const;

  parts with_;
};

}  // namespace lead_system::processing
