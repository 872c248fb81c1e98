#include "intake/quarantine_notices.hpp"

#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "intake/report.hpp"
#include "lead/digest.hpp"

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

message fault_message(const std::string &fault) {
  return message_from_json(fault).value_or(message{fault, {}});
}

/// Faults that differ only in what the sender wrote are one kind.
std::string kind_of(const std::string &fault) {
  return fault_message(fault).id;
}

std::string quarantine_key(const std::string &source, const std::string &kind) {
  return "leads:quarantine:" + source + ":" + sha256_hex(kind).substr(0, 16);
}

std::string in_words(const importer::parts &with, const message &text) {
  return with.translate ? with.translate({}, text) : in_english(text);
}

json notification_of(const importer::parts &with, const message &fault, const message &text) {
  auto own = text, english = text;
  own.arguments.push_back(in_words(with, fault));
  english.arguments.push_back(in_english(fault));
  return {{"tone", "bad"}, {"text", in_words(with, own)}, {"texts", {{"en", in_english(english)}}}};
}

}  // namespace

void notify_quarantine(const importer::parts &with, const definition &source, std::int64_t run_id,
                       const std::set<std::string> &faults) {
  if (with.notifications == nullptr) return;
  std::set<std::string> told;
  for (const auto &fault : faults) {
    const auto kind = kind_of(fault);
    if (!told.insert(kind).second) continue;
    try {
      const dms::notifications bell(with.notifications);
      const auto key = quarantine_key(source.id, kind);
      auto to_admins =
          notification_of(with, fault_message(fault),
                          {"Leads of {1} could not be taken over and wait in quarantine: {2}", {source.title}});
      to_admins["roles"] = {"admin"};
      to_admins["link"] = {{"screen", "leads.intake_log"}, {"params", {{"run", std::to_string(run_id)}}}};
      bell.notify(key, dms::to_text(to_admins));
      auto to_others = notification_of(with, fault_message(fault),
                                       {"Leads of {1} could not be taken over and wait in quarantine; an administrator "
                                        "can try them again: {2}",
                                        {source.title}});
      // What a lead in quarantine is, nobody knows yet.
      to_others["users"] = access::people_with_all(with.store.grants(), *with.organisation.now());
      if (!to_others["users"].empty()) bell.notify(key + ":all", dms::to_text(to_others));
    } catch (const std::exception &problem) {
      with.log.warning(std::string("Nobody could be told of leads in quarantine: ") + problem.what());
    }
  }
}

void withdraw_quarantine(const importer::parts &with, const std::string &source, const std::set<std::string> &faults) {
  if (with.notifications == nullptr || faults.empty()) return;
  try {
    std::set<std::string> waiting;
    for (const auto &group : with.store.quarantine()) {
      if (group.source == source) waiting.insert(kind_of(group.reason));
    }
    for (const auto &fault : faults) {
      const auto kind = kind_of(fault);
      if (waiting.contains(kind)) continue;
      for (const auto *suffix : {"", ":all"}) {
        dms::notifications(with.notifications).withdraw(quarantine_key(source, kind) + suffix);
      }
    }
  } catch (const std::exception &problem) {
    with.log.warning(std::string("A notification of leads in quarantine was not taken back: ") + problem.what());
  }
}

}  // namespace lead_system::intake
