// lead_edits.cpp - what people write on a lead: notes, corrections of the prospect's data, and what it said before.
#include <algorithm>

#include "lead/corrections.hpp"
#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr std::size_t longest_note = 4000;

/// What that event replaced; nothing where it replaced nothing.
std::optional<lead_content> content_before(const std::vector<lead_event> &timeline, std::int64_t event_id) {
  const auto event =
      std::find_if(timeline.begin(), timeline.end(), [&](const auto &one) { return one.id == event_id; });
  if (event == timeline.end()) return std::nullopt;
  const auto before = event->data.find("before");
  if (before == event->data.end()) return std::nullopt;
  return content_from_json(before->second);
}

/// Where leads with that code belong; empty: nobody has said so yet.
std::string location_of_code(store::transaction &in, const lead_content &content) {
  for (const auto &one : in.dealer_codes()) {
    if (one.source == content.source && one.code == content.dealer_code) return one.location;
  }
  return {};
}

}  // namespace

outcome lead_desk::note(const actor &who, const dms::call &call, std::int64_t id, const std::string &text) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    if (text.empty()) return invalid("comment", {"Write what is to be remembered.", {}});
    if (text.size() > longest_note) return invalid("comment", {"This is too long. Please shorten the note.", {}});
    event.comment = text;
    return {};
  };
  const bool right = who.may_process || who.may_assign;
  outcome result;
  // A line more contradicts nothing that others have done meanwhile, also not in this very moment.
  constexpr int most_attempts = 5;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    result = change(call, visibility_of(who.user, who.now), who, id, any_version, right, "note", decide).result;
    if (result.result != verdict::conflict) break;
  }
  return result;
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
  return change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "edited", decide).result;
}

outcome lead_desk::restore(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                           std::int64_t replaced_by) {
  const auto decide = [&](store::transaction &in, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    auto before = content_before(in.timeline(id), replaced_by);
    if (!before) return refused({"What the lead said before is no longer kept. Look into the import log.", {}});
    // Whose lead it is for the sender, and how old it is, no message changes.
    before->source = item.content.source;
    before->external_id = item.content.external_id;
    before->received_at = item.content.received_at;
    if (*before == item.content) return refused({"The lead says this already.", {}});
    event.data = replaced_content(item.content, *before);
    if (before->dealer_code != item.content.dealer_code) item.location = location_of_code(in, *before);
    if (const auto *type = with_.types.find_type(before->type)) item.category = type->category;
    item.content = std::move(*before);
    return {};
  };
  return change(call, visibility_of(who.user, who.now), who, id, version, who.may_process, "restored", decide).result;
}

}  // namespace lead_system::processing
