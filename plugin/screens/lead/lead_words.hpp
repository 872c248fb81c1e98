// lead_words.hpp - how a lead is told in a few words: its deadline, type, person, vehicle, place and state. Used alike
// by the list and by the lead's page.
#pragma once

#include "lead/next_step.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

std::string_view key(deadline due) noexcept;  ///< on_time, soon, overdue, kept, none
std::optional<deadline> deadline_from(std::string_view key) noexcept;
std::string_view title(deadline due) noexcept;  ///< English, a gettext key
std::string_view tone(deadline due) noexcept;   ///< good, warn, bad, plain

std::string contact_kind_text(const request &by, const std::string &kind);  ///< "Phone call"
/// "First contact", "Phone call"; empty where there is no step.
std::string step_text(const request &by, const next_step &step, const lead &item);

/// What it waits for: shape, word, step and time; `value` is the deadline's key.
json deadline_cell(const request &by, const lead &item);
/// The short or the full word of a type, Fast Track filled.
json type_cell(const request &by, const lead &item, bool full);
json state_cell(const request &by, const lead &item);
std::string_view icon(lead_state state) noexcept;

/// "Johanna Leitgeb", "Lead 4711" where no name is known, "Anonymised" after an erasure.
std::string prospect_name(const request &by, const lead &item);
/// "+43 664 5550142" for E.164; anything else as it is.
std::string phone_text(const std::string &number);
/// What the manufacturer hears of a lead of that source in that state, as he writes it; empty: nothing, whatever the
/// state is where the source or its channel takes no feedback.
std::string feedback_code(const request &by, const std::string &source, lead_state state);
/// Why a lead may end without a sale, grouped by the state that follows; with what the manufacturer of `source` hears
/// of each, where it is given.
json end_reasons(const request &by, const std::string &source = {});

/// "tel:+436641234567", digits only (RFC 3966); empty where there are none to dial.
std::string call_link(std::string_view number);
/// Whether that is by e-mail.
bool is_written_to(const lead &item);
/// The channel that the person prefers, else the mobile number, else another, else e-mail, as far as he has not refused
/// it; null where none.
json contact_link(const request &by, const lead &item);
/// The same in words; what is not allowed where nothing else is left.
std::string contact_text(const request &by, const lead &item);
/// "Phone"; a channel that is not known by its own name.
std::string channel_text(const request &by, std::string_view channel);
/// "Call not allowed"
std::string not_allowed_text(const request &by, std::string_view channel);

/// "Qashqai e-POWER Tekna"; with the make in front where `with_make`.
std::string vehicle_text(const vehicle &car, bool with_make);
/// The appointment that was agreed; else what the prospect wants beside the model: an appointment, an order, the end of
/// his contract, his trade-in.
std::string wish_text(const request &by, const lead &item);
std::string location_text(const request &by, const lead &item);

/// Addresses of a lead's page, of a user's leads.
json lead_link(std::string label, std::int64_t id, const std::string &list = {});

}  // namespace lead_system::screens
