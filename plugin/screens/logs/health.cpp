#include "screens/logs/health.hpp"

#include <algorithm>

#include "screens/kit/document.hpp"
#include "screens/overview/watched_numbers.hpp"

namespace lead_system::screens {
namespace {

constexpr int most_counted = 1000;

json entry(std::string_view id, std::string label, std::string_view tone, std::string text) {
  return {{"id", id}, {"label", std::move(label)}, {"tone", tone}, {"text", std::move(text)}};
}

json with_numbers(json entry, json numbers) {
  entry["metrics"] = std::move(numbers);
  return entry;
}

json store_entry(const request &by) {
  return with_numbers(entry("store", by.say("Lead database"), "good", by.say("The lead database answers.")),
                      work_numbers(by.with.leads, by.now));
}

/// An own definition that this plugin cannot use: nothing is lost, and nothing comes in.
json closed_sources_entry(const request &by, const std::vector<std::string> &closed) {
  std::string names;
  for (const auto &id : closed) names += (names.empty() ? "" : ", ") + by.source_title(id);
  return entry(
      "sources", by.say("Sources"), "bad",
      by.say("The own definition of {1} cannot be used any more. What comes is kept in quarantine: mend it, and "
             "try that again.",
             names));
}

json sources_entry(const request &by) {
  const auto closed = by.with.book == nullptr ? std::vector<std::string>{} : by.with.book->unusable();
  if (!closed.empty()) return closed_sources_entry(by, closed);
  if (by.with.bad_sources.empty()) {
    return entry(
        "sources", by.say("Sources"), "good",
        by.say.count("{1} source is ready.", "{1} sources are ready.", static_cast<std::int64_t>(by.sources.size())));
  }
  std::string text = by.say("A source definition cannot be used.");
  for (const auto &problem : by.with.bad_sources) text += " " + problem;
  return entry("sources", by.say("Sources"), "bad", std::move(text));
}

json outbox_entry_of(const request &by, const store::store::feedback_counts &counts) {
  const auto troubled = counts.rejected + counts.failed;
  if (troubled > 0) {
    return entry("feedback", by.say("Feedback"), "warn",
                 by.say.count("{1} message was rejected or failed. See the feedback log.",
                              "{1} messages were rejected or failed. See the feedback log.", troubled));
  }
  return entry("feedback", by.say("Feedback"), "good",
               by.say.count("{1} message is pending.", "{1} messages are pending.", counts.waiting));
}

json outbox_entry(const request &by) {
  const auto counts = by.with.store.count_feedback();
  return with_numbers(outbox_entry_of(by, counts), feedback_numbers(counts));
}

json quarantine_entry_of(const request &by, std::int64_t waiting) {
  if (waiting == 0) return entry("quarantine", by.say("Quarantine"), "good", by.say("No lead waits in quarantine."));
  return entry("quarantine", by.say("Quarantine"), "bad",
               by.say.count("{1} lead waits in quarantine and stands in no list. See the lead import log.",
                            "{1} leads wait in quarantine and stand in no list. See the lead import log.", waiting));
}

json quarantine_entry(const request &by) {
  const auto waiting = by.with.store.count_quarantined(most_counted);
  return with_numbers(quarantine_entry_of(by, waiting), quarantine_number(waiting));
}

json host_entry(const request &by) {
  const auto backlog = by.with.store.count_host_effects();
  if (backlog.waiting == 0) return entry("host", by.say("myContacts"), "good", by.say("The host has every entry."));
  return entry(
      "host", by.say("myContacts"), "warn",
      by.say.count("{1} entry could not be made yet and is tried again: {2}",
                   "{1} entries could not be made yet and are tried again: {2}", backlog.waiting, backlog.problem));
}

/// Only of a host that sends e-mails: of others the services say it.
json mail_entry(const request &by) {
  const auto backlog = by.with.answers->settings.rows().count();
  if (backlog.waiting == 0)
    return entry("mail", by.say("Answers by e-mail"), "good", by.say("The host has every e-mail."));
  return entry("mail", by.say("Answers by e-mail"), "warn",
               by.say.count("{1} e-mail could not be handed over yet and is tried again: {2}",
                            "{1} e-mails could not be handed over yet and are tried again: {2}", backlog.waiting,
                            backlog.problem));
}

/// What the overview counts in its tabs, of all leads.
json next_steps_entry(const request &by) {
  store::lead_query nothing;
  nothing.filter.tab = "silent";
  nothing.limit = 1;
  const auto counts = by.with.leads.ask(nothing, access::system_visibility(), by.now).tabs;
  if (counts.silent > 0) {
    return entry("next_steps", by.say("Next steps"), "bad",
                 by.say.count("{1} open lead has no next step. See the lead overview.",
                              "{1} open leads have no next step. See the lead overview.", counts.silent));
  }
  if (counts.overdue > 0) {
    return entry("next_steps", by.say("Next steps"), "warn",
                 by.say.count("{1} open lead is overdue.", "{1} open leads are overdue.", counts.overdue));
  }
  return entry("next_steps", by.say("Next steps"), "good", by.say("Every open lead has a next step in time."));
}

json coverage_entry_of(const request &by, const access::coverage_report &report) {
  if (report.complete()) return entry("coverage", by.say("Rights"), "good", by.say("Every open lead is seen."));
  return entry("coverage", by.say("Rights"), "bad",
               by.say("Leads are or could be overlooked. Open the lead settings and grant the missing rights."));
}

json coverage_entry(const request &by) {
  const auto report = by.with.settings.coverage(by.now);
  return with_numbers(coverage_entry_of(by, report), coverage_numbers(report));
}

/// What an admin has still to set up, each in a few words.
json setup_entry(const request &by) {
  std::vector<std::string> missing;
  const auto codes = static_cast<std::int64_t>(by.with.store.unmapped_dealer_codes().size());
  if (codes > 0)
    missing.push_back(by.say.count("{1} dealer code is not mapped", "{1} dealer codes are not mapped", codes));
  const auto channels = by.with.store.feedback_channels();
  bool any = false;
  for (const auto &[id, source] : by.sources) {
    const bool used = !by.with.store.runs(id, "", 0, 1).empty();
    any = any || used;
    const bool set =
        std::any_of(channels.begin(), channels.end(), [&, key = id](const auto &one) { return one.source == key; });
    if (used && source.feedback.enabled && !set) {
      missing.push_back(by.say("feedback of {1} is not set up", by.say(source.title)));
    }
  }
  if (!any) missing.push_back(by.say("no source has brought anything yet"));
  if (missing.empty()) return entry("setup", by.say("Set-up"), "good", by.say("Everything is set up."));
  std::string text;
  for (const auto &one : missing) text += (text.empty() ? "" : "; ") + one;
  return entry("setup", by.say("Set-up"), "warn", text + ".");
}

/// What the host lacks.
json services_entry(const request &by) {
  if (by.with.left_out.empty()) {
    return entry("services", by.say("Services of the DMS"), "good", by.say("The DMS offers everything."));
  }
  std::string text;
  for (const auto &one : by.with.left_out) text += (text.empty() ? "" : " ") + by.say(one);
  return entry("services", by.say("Services of the DMS"), "warn", std::move(text));
}

}  // namespace

std::string health_of(const parts &with, const dms::call &who) {
  const request by(with, who);
  if (!with.store.healthy()) {
    throw dms::failure(dms_unavailable, by.say("The lead database cannot be reached just now. Nothing was changed. Try "
                                               "again in a moment."));
  }
  try {
    auto all = json::array({store_entry(by), sources_entry(by), quarantine_entry(by), outbox_entry(by), host_entry(by),
                            coverage_entry(by), next_steps_entry(by), setup_entry(by), services_entry(by)});
    if (with.answers != nullptr && with.answers->texts.sends()) all.push_back(mail_entry(by));
    return text_of(all);
  } catch (const store::store_unavailable &reason) {
    throw dms::failure(dms_unavailable, by.say(reason.what()));
  }
}

std::string counts_of(const parts &with, const dms::call &who) {
  auto result = json::object();
  if (who.may("leads.intake_log")) {
    if (const auto waiting = with.store.count_quarantined(most_counted); waiting > 0) {
      result["leads.intake_log"] = waiting;
    }
  }
  return text_of(result);
}

}  // namespace lead_system::screens
