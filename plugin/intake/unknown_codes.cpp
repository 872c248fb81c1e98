#include "intake/unknown_codes.hpp"

#include <nlohmann/json.hpp>

#include "intake/report.hpp"

namespace lead_system::intake {

void notify_unknown_codes(const importer::parts &with, const definition &source, const std::set<std::string> &codes) {
  if (with.notifications == nullptr) return;
  using json = nlohmann::json;
  for (const auto &code : codes) {
    const message text =
        code.empty()
            ? message{"Leads of {1} came without a dealer code. Only users with ALLE see them.", {source.title}}
            : message{
                  "Leads of {1} came with the unknown dealer code {2}. Only users with ALLE see them until it is "
                  "mapped to a location.",
                  {source.title, code}};
    // Notifications are written in the language of the dealership.
    const json notification = {{"roles", {"admin"}},
                               {"tone", "warn"},
                               {"text", with.translate ? with.translate({}, text) : in_english(text)},
                               {"texts", {{"en", in_english(text)}}},
                               {"link", {{"screen", "leads.settings"}, {"params", json::object()}}}};
    try {
      dms::notifications(with.notifications)
          .notify("unknown_dealer_code:" + source.id + ":" + code,
                  notification.dump(-1, ' ', false, json::error_handler_t::replace));
    } catch (const dms::failure &problem) {
      with.log.warning(std::string("The admins could not be told of an unknown dealer code: ") + problem.what());
    }
  }
}

}  // namespace lead_system::intake
