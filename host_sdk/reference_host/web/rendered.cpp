#include "reference_host/web/rendered.hpp"

namespace dms::reference::web {

const addresses &own_addresses() {
  static const addresses ours{"/screens/",
                              {{"customer", "/screens/host.customer"},
                               {"contacts", "/screens/host.contacts"},
                               {"plugins", "/screens/host.plugins"}}};
  return ours;
}

std::string screen_of(const json &link) {
  if (const auto named = text(link, "screen"); !named.empty()) return named;
  const auto place = own_addresses().places.find(text(link, "to"));
  return place == own_addresses().places.end() ? std::string{} : place->second.substr(own_addresses().screens.size());
}

}  // namespace dms::reference::web
