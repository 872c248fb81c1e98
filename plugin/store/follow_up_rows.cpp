#include "store/follow_up_rows.hpp"

#include <algorithm>

#include "lead/texts.hpp"
#include "store/database.hpp"

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

}  // namespace

std::vector<follow_up_step> follow_up_rows::of_leads(const std::string &category, time_us from, time_us to) {
  return in_.inside().read([&](connection &on) {
    std::vector<follow_up_step> result;
    auto &rows = on.run(
        "SELECT lead_event.lead_id, lead.type, lead.location, lead_event.at, lead_event.kind, lead_event.data, "
        "lead_event.actor "
        "FROM lead JOIN lead_event ON lead_event.lead_id = lead.id WHERE lead.created_at >= :a1 AND "
        "lead.created_at < :a2 AND lead.category = :a3 AND lead_event.kind IN ('contact_result', 'contact_planned', "
        "'test_drive_agreed', 'progress', 'closed', 'sold', 'answered', 'undone') ORDER BY lead_event.lead_id, "
        "lead_event.id",
        {from, to, category}, "ittittt");
    while (rows.next()) {
      follow_up_step one{rows.number(0), rows.text(1), rows.text(2), rows.number(3)};
      const auto kind = rows.text(4);
      if (kind == "undone") {
        take_back_last(text_in(texts_from_json(rows.text(5)), "of"), one.lead, result);
        continue;
      }
      if (kind == "contact_planned") one.by_hand = !rows.text(6).empty();
      if (kind == "contact_planned" || kind == "test_drive_agreed") {
        one.due = number_in(texts_from_json(rows.text(5)), "due");
      }
      result.push_back(std::move(one));
    }
    return result;
  });
}

}  // namespace lead_system::store
