// A customer as a file for the address book of a telephone.
#include "reference_host/core/people/sessions.hpp"
#include "reference_host/core/records/vcard.hpp"
#include "reference_host/web/contact_words.hpp"
#include "reference_host/web/handlers.hpp"

namespace dms::reference::web {

void send_contact_card(const exchange &on) {
  // Who may open the customer's page may take him along, and an admin who does stands in the audit log.
  const auto id = number_of(text(on.params, "id"));
  const auto page = on.in.dms.load_screen(*on.call("web"), "host.customer", json{{"id", std::to_string(id)}}.dump());
  const auto found = page.status == dms_ok ? on.in.dms.data().customers.get(id) : std::nullopt;
  if (!found) return on.refuse_as_not_there();
  const auto number = std::to_string(found->id);
  on.response.set("Content-Disposition", "attachment; filename=\"customer-" + number + ".vcf\"");
  on.send(200,
          to_vcard(*found, "customer-" + number + "@" + house_id(on.in.dms),
                   not_allowed(*on.in.said, on.locale, found->refused)),
          "text/vcard; charset=utf-8");
}

}  // namespace dms::reference::web
