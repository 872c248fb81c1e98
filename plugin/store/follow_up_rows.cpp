#include "store/follow_up_rows.hpp"

#include "lead/texts.hpp"
#include "store/database.hpp"

namespace lead_system::store {

std::vector<follow_up_step> follow_up_rows::of_leads(const std::string &category, time_us from, time_us to) {
  return in_.inside().read([&](connection &on) {
    std::vector<follow_up_step> result;
    auto &rows = on.run(
        "SELECT lead_event.lead_id, lead.type, lead.location, lead_event.at, lead_event.kind, lead_event.data "
        "FROM lead JOIN lead_event ON lead_event.lead_id = lead.id WHERE lead.created_at >= :a1 AND "
        "lead.created_at < :a2 AND lead.category = :a3 AND lead_event.kind IN ('contact_result', 'contact_planned', "
        "'test_drive_agreed', 'progress', 'closed', 'sold') ORDER BY lead_event.lead_id, lead_event.id",
        {from, to, category}, "ittitt");
    while (rows.next()) {
      follow_up_step one{rows.number(0), rows.text(1), rows.text(2), rows.number(3), 0};
      const auto kind = rows.text(4);
      if (kind == "contact_planned" || kind == "test_drive_agreed") {
        one.due = number_in(texts_from_json(rows.text(5)), "due");
      }
      result.push_back(std::move(one));
    }
    return result;
  });
}

}  // namespace lead_system::store
