#include "reference_host/core/records/vcard.hpp"

#include <initializer_list>

#include "reference_host/core/records/content_lines.hpp"

namespace dms::reference {
namespace {

/// "Huber;Anna;;Ing.;": parts of a structured value, each escaped.
std::string structured(std::initializer_list<std::string> parts) {
  std::string result;
  bool first = true;
  for (const auto &part : parts) {
    if (!first) result += ';';
    first = false;
    result += escaped_text(part);
  }
  return result;
}

}  // namespace

std::string to_vcard(const customer &item, const std::string &uid, const std::string &refused_words) {
  std::string file;
  add_line(file, "BEGIN:VCARD");
  add_line(file, "VERSION:3.0");
  add_text(file, "PRODID", "-//Reference DMS//Customers//EN");
  add_text(file, "UID", uid);
  const auto name = item.display_name();
  add_text(file, "FN", name.empty() ? std::to_string(item.id) : name);
  add_line(file, "N:" + structured({item.last_name, item.first_name, "", item.title, ""}));
  add_text(file, "ORG", item.company);
  if (item.allows("phone")) {
    for (const auto &phone : item.phones) add_text(file, "TEL;TYPE=VOICE", phone);
  }
  if (item.allows("email")) add_text(file, "EMAIL;TYPE=INTERNET", item.email);
  const bool has_address = !item.street.empty() || !item.postal_code.empty() || !item.city.empty();
  if (item.allows("post") && has_address) {
    add_line(file, "ADR;TYPE=HOME:" + structured({"", "", item.street, item.city, "", item.postal_code, item.country}));
  }
  add_text(file, "NOTE", refused_words);
  add_line(file, "END:VCARD");
  return file;
}

}  // namespace dms::reference
