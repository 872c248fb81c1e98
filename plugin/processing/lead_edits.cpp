// lead_edits.cpp - what people write on a lead: notes, and corrections of the prospect's data.
#include "lead/corrections.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr std::size_t longest_note = 4000;

}  // namespace

outcome lead_desk::note(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                        const std::string &text) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    if (text.empty()) return invalid("comment", {"Write what is to be remembered.", {}});
    if (text.size() > longest_note) return invalid("comment", {"This is too long. Please shorten the note.", {}});
    event.comment = text;
    return {};
  };
  return change(call, visibility_of(who.user), who, id, version, who.may_process || who.may_assign, "note", decide)
      .result;
}

outcome lead_desk::edit(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                        const person &prospect) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    if (prospect.last_name.empty() && prospect.company.empty()) {
      return invalid("last_name", {"Give a last name or a company.", {}});
    }
    const auto made = correction_of(item.content.prospect, prospect);
    if (made.is.empty()) return refused({"Nothing was changed.", {}});
    event.data = event_data(made);
    item.content.prospect = prospect;
    return {};
  };
  return change(call, visibility_of(who.user), who, id, version, who.may_process, "edited", decide).result;
}

}  // namespace lead_system::processing
