// store_support.hpp - a lead as it comes, and where it is put: what the tests of the store share.
#pragma once

#include "integration/databases.hpp"
#include "store/store.hpp"

namespace store_support {

using namespace lead_system;
using store::transaction;

constexpr time_us noon = 1'595'419'200 * second_us;

inline lead some_lead(const std::string &external_id, const std::string &type = "test_drive") {
  lead item;
  item.content.source = "siebel_nissan";
  item.content.external_id = external_id;
  item.content.type = type;
  item.content.dealer_code = "AT10017";
  item.content.received_at = noon;
  item.content.prospect.first_name = "Jörg";
  item.content.prospect.last_name = "Müller";
  item.content.prospect.email = "Joerg.Mueller@example.at";
  item.content.prospect.phones = {{"+436645550142", "mobile"}, {"+4315550143", "work"}};
  item.content.prospect.postal_code = "1010";
  item.content.prospect.city = "Wien";
  item.content.wanted.resize(1);
  item.content.wanted[0].make = "Nissan";
  item.content.wanted[0].model = "Qashqai";
  item.content.message = "Bitte <b>rasch</b> anrufen – 'heute'; DROP TABLE lead; --";
  item.content.extras = {{"Foo", "Bar"}};
  item.category = "siebel_nissan";
  item.location = "wien";
  item.created_at = noon;
  item.updated_at = noon;
  item.reminder_at = noon + hour_us;
  item.escalation_at = noon + 2 * hour_us;
  return item;
}

inline std::int64_t add(store::store &to, const lead &item) {
  std::int64_t id = 0;
  to.write([&](transaction &inside) { id = inside.insert_lead(item, "digest " + item.content.external_id); });
  return id;
}

inline const access::visibility everything = access::system_visibility();

}  // namespace store_support
