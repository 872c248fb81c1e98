#include "store/follow_up_rows.hpp"

#include <algorithm>

#include "lead/texts.hpp"
#include "store/database.hpp"
#include "store/fields.hpp"

namespace lead_system::store {

namespace {

constexpr std::string_view follow_up_kinds[] = {
    "contact_result", "contact_planned", "test_drive_agreed", "progress", "closed", "sold", "answered"};

/// What was done with one press was written at one moment.
void take_back_last(const std::string &kind, std::int64_t lead, std::vector<follow_up_step> &from) {
  if (std::find(std::begin(follow_up_kinds), std::end(follow_up_kinds), kind) == std::end(follow_up_kinds)) return;
  const auto moment = from.empty() ? 0 : from.back().at;
  while (!from.empty() && from.back().lead == lead && from.back().at == moment) from.pop_back();
}

constexpr auto step_fields = fields_of<follow_up_step>(
    field("lead_event.lead_id", &follow_up_step::lead), field("lead.type", &follow_up_step::type),
    field("lead.location", &follow_up_step::location), field("lead_event.at", &follow_up_step::at));

}  // namespace

std::vector<follow_up_step> follow_up_rows::of_leads(const std::string &category, time_us from, time_us to) {
  return in_.inside().read([&](connection &on) {
    std::vector<follow_up_step> result;
    auto &rows = on.run("SELECT " + step_fields.columns() +
                            ", lead_event.kind, lead_event.data, lead_event.actor FROM lead JOIN lead_event ON "
                            "lead_event.lead_id = lead.id WHERE lead.created_at >= :a1 AND lead.created_at < :a2 AND "
                            "lead.category = :a3 AND lead_event.kind IN ('contact_result', 'contact_planned', "
                            "'test_drive_agreed', 'progress', 'closed', 'sold', 'answered', 'undone') ORDER BY "
                            "lead_event.lead_id, lead_event.id",
                        {from, to, category}, step_fields.kinds_with("ttt"));
    while (rows.next()) {
      auto one = step_fields.read(rows);
      const auto kind = rows.text(step_fields.count);
      const auto data = [&] { return texts_from_json(rows.text(step_fields.count + 1)); };
      if (kind == "undone") {
        take_back_last(text_in(data(), "of"), one.lead, result);
        continue;
      }
      if (kind == "contact_planned") one.by_hand = !rows.text(step_fields.count + 2).empty();
      if (kind == "contact_planned" || kind == "test_drive_agreed") {
        one.due = number_in(data(), "due");
      }
      result.push_back(std::move(one));
    }
    return result;
  });
}

}  // namespace lead_system::store
