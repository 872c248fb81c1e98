#include "intake/sender_faults.hpp"

#include <nlohmann/json.hpp>

#include "intake/report.hpp"

namespace lead_system::intake {

namespace {

void notify_admins(const importer::parts &with, const std::string &key, const message &text,
                   const nlohmann::json &link) {
  using json = nlohmann::json;
  // Notifications are written in the language of the dealership.
  const json notification = {{"roles", {"admin"}},
                             {"tone", "warn"},
                             {"text", with.translate ? with.translate({}, text) : in_english(text)},
                             {"texts", {{"en", in_english(text)}}},
                             {"link", link}};
  try {
    dms::notifications(with.notifications)
        .notify(key, notification.dump(-1, ' ', false, json::error_handler_t::replace));
  } catch (const dms::failure &problem) {
    with.log.warning(std::string("The admins could not be told of a sender's fault: ") + problem.what());
  }
}

}  // namespace

void notify_unknown_codes(const importer::parts &with, const definition &source, const std::set<std::string> &codes) {
  if (with.notifications == nullptr) return;
  for (const auto &code : codes) {
    const message text =
        code.empty()
            ? message{"Leads of {1} came without a dealer code. Only users with ALLE see them.", {source.title}}
            : message{
                  "Leads of {1} came with the unknown dealer code {2}. Only users with ALLE see them until it is "
                  "mapped to a location.",
                  {source.title, code}};
    notify_admins(with, "unknown_dealer_code:" + source.id + ":" + code, text,
                  {{"screen", "leads.settings"}, {"params", nlohmann::json::object()}});
  }
}

void notify_shared_ids(const importer::parts &with, const definition &source, const std::set<std::string> &ids) {
  if (with.notifications == nullptr || ids.empty()) return;
  const message text{
      "{1} uses the lead number {2} for several persons. Each is a lead of his own; have the sender number them apart.",
      {source.title, *ids.begin()}};
  // One notice a source: a form with a constant number would fill the bell.
  notify_admins(with, "shared_lead_id:" + source.id, text,
                {{"screen", "leads.intake_log"}, {"params", {{"source", source.id}}}});
}

}  // namespace lead_system::intake
