// contribute_jobs.cpp - the table of jobs. Each may run on two hosts at once (plugin/README.md "how to add a job").
#include <optional>

#include "contribute.hpp"
#include "contributed.hpp"

namespace lead_system {
namespace {

struct job_row {
  const char *id, *label;
  int pause_s;
  /// One run; returns a line on it, or nothing.
  std::string (*run)(rooms &of, const dms::call &who);
};

std::string line_of(int count) {
  return count == 0 ? std::string{} : std::to_string(count);
}

/// A run of which nothing is told.
template <typename Body>
std::string quiet(Body &&body) {
  body();
  return {};
}

std::string assign_waiting(rooms &of, const dms::call &who) {
  const auto count = of.assignment.assign_waiting(who);
  if (count > 0) of.wake_feedback();
  return line_of(count);
}

std::string find_leads_of_sales(rooms &of, const dms::call &who) {
  if (of.sales.look_again(who) > 0) of.wake_feedback();
  return {};
}

constexpr job_row jobs[] = {
    {"leads.feedback", "Send feedback to the manufacturers", 5,
     [](rooms &of, const dms::call &who) { return of.sender.run(who); }},
    {"leads.definitions", "Take over definitions of sources from other hosts", 5,
     [](rooms &of, const dms::call &) { return quiet([&] { of.book.look(); }); }},
    {"leads.host_effects", "Tell the host what happened to leads", 30,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.desk.tell_host(who); }); }},
    {"leads.deadlines", "Remind and escalate", 30,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.deadlines.run(who); }); }},
    {"leads.contacts", "Take over results from myContacts", 600,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.desk.take_missed_results(who); }); }},
    {"leads.sales", "Find the leads of sales in the DMS", 600, find_leads_of_sales},
    {"leads.mail", "Send receipts and answers by e-mail", 20,
     [](rooms &of, const dms::call &who) { return line_of(of.answering.run(who)); }},
    {"leads.assignment", "Give new leads to salespeople", 60, assign_waiting},
    {"leads.absences", "Take over absences from the DMS", 60,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.absences.take_told(who.now_us()); }); }},
    {"leads.coverage", "Check who sees the open leads", 300,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.settings.raise_or_clear(who.now_us()); }); }},
    {"leads.retention", "Anonymise leads whose retention is over", 3600,
     [](rooms &of, const dms::call &who) { return line_of(of.privacy.run_retention(who)); }},
    {"leads.privacy", "Finish erasures: archive, feedback and host", 30,
     [](rooms &of, const dms::call &who) { return quiet([&] { of.privacy.settle(who); }); }},
    {"leads.old_lists", "Forget old lists that were only checked", 3600,
     [](rooms &of,
        const dms::call &who) { return quiet([&] { of.cutover_rows.drop_lists_before(who.now_us() - day_us); }); }},
    {"leads.evaluation", "Keep the numbers up to date", 60,
     [](rooms &of,
        const dms::call &who) { return quiet([&] { of.leads.keep_warm([&] { return who.cancelled(); }); }); }},
    {"leads.report", "Make the monthly reports", 3600,
     [](rooms &of, const dms::call &who) { return of.monthly.run(who); }}};

}  // namespace

void contribute_jobs(rooms &from, dms::contributions &to) {
  for (const auto &row : jobs) {
    to.add(std::make_unique<simple_job>(row.id, row.label, row.pause_s,
                                        [&from, &row](const dms::call &who) { return row.run(from, who); }));
  }
}

}  // namespace lead_system
