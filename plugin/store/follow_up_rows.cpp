#include "store/follow_up_rows.hpp"

#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr auto step_fields = fields_of<follow_up_step>(
    field("lead_event.lead_id", &follow_up_step::lead), field("lead.type", &follow_up_step::type),
    field("lead.location", &follow_up_step::location), field("lead_event.at", &follow_up_step::at));

}  // namespace

std::vector<follow_up_step> follow_up_rows::of_leads(const std::string &category, time_us from, time_us to) {
  return in_.inside().read([&](connection &on) {
    std::vector<follow_up_step> result;
    auto &rows =
        on.run("SELECT " + step_fields.columns() +
                   ", lead_event.kind, lead_event.data FROM lead JOIN lead_event ON lead_event.lead_id = lead.id WHERE "
                   "lead.created_at >= :a1 AND lead.created_at < :a2 AND lead.category = :a3 AND lead_event.kind IN "
                   "('contact_result', 'contact_planned', 'test_drive_agreed', 'progress', 'closed', 'sold') ORDER BY "
                   "lead_event.lead_id, lead_event.id",
               {from, to, category}, step_fields.kinds_with("tt"));
    while (rows.next()) {
      auto one = step_fields.read(rows);
      const auto &kind = rows.text(step_fields.count);
      if (kind == "contact_planned" || kind == "test_drive_agreed") {
        one.due = number_in(texts_from_json(rows.text(step_fields.count + 1)), "due");
      }
      result.push_back(std::move(one));
    }
    return result;
  });
}

}  // namespace lead_system::store
