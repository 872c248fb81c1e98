#include "screens/health.hpp"

#include "screens/document.hpp"

namespace lead_system::screens {
namespace {

json entry(std::string_view id, std::string label, std::string_view tone, std::string text) {
  return {{"id", id}, {"label", std::move(label)}, {"tone", tone}, {"text", std::move(text)}};
}

json sources_entry(const request &by) {
  if (by.with.bad_sources.empty()) {
    return entry("sources", by.say("Sources"), "good",
                 by.say.count("{1} source is ready.", "{1} sources are ready.",
                              static_cast<std::int64_t>(by.with.sources.size())));
  }
  std::string text = by.say("A source definition cannot be used.");
  for (const auto &problem : by.with.bad_sources) text += " " + problem;
  return entry("sources", by.say("Sources"), "bad", std::move(text));
}

json outbox_entry(const request &by) {
  const auto counts = by.with.store.count_feedback();
  const auto troubled = counts.rejected + counts.failed;
  if (troubled > 0) {
    return entry("feedback", by.say("Feedback"), "warn",
                 by.say.count("{1} message was rejected or failed. See the feedback log.",
                              "{1} messages were rejected or failed. See the feedback log.", troubled));
  }
  return entry("feedback", by.say("Feedback"), "good",
               by.say.count("{1} message is pending.", "{1} messages are pending.", counts.waiting));
}

json host_entry(const request &by) {
  const auto backlog = by.with.store.count_host_effects();
  if (backlog.waiting == 0) return entry("host", by.say("myContacts"), "good", by.say("The host has every entry."));
  return entry(
      "host", by.say("myContacts"), "warn",
      by.say.count("{1} entry could not be made yet and is tried again: {2}",
                   "{1} entries could not be made yet and are tried again: {2}", backlog.waiting, backlog.problem));
}

json coverage_entry(const request &by) {
  const auto report = by.with.settings.coverage();
  if (report.complete()) return entry("coverage", by.say("Rights"), "good", by.say("Every open lead is seen."));
  return entry("coverage", by.say("Rights"), "bad",
               by.say("Leads are or could be overlooked. Open the lead settings and grant the missing rights."));
}

}  // namespace

std::string health_of(const parts &with, const dms::call &who) {
  const request by(with, who);
  if (!with.store.healthy()) {
    throw dms::failure(dms_unavailable, by.say("The lead database cannot be reached just now. Nothing was changed. Try "
                                               "again in a moment."));
  }
  try {
    return text_of(json::array({entry("store", by.say("Lead database"), "good", by.say("The lead database answers.")),
                                sources_entry(by), outbox_entry(by), host_entry(by), coverage_entry(by)}));
  } catch (const store::store_unavailable &reason) {
    throw dms::failure(dms_unavailable, by.say(reason.what()));
  }
}

}  // namespace lead_system::screens
