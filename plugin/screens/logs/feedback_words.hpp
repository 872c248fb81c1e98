// feedback_words.hpp - the state of a message to the manufacturer, in words: ausständig, bestätigt, abgewiesen,
// fehlgeschlagen.
#pragma once

#include <map>

#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

std::string_view title(store::feedback_status status) noexcept;  ///< English, a gettext key
/// Sign, word, time or attempts; the receiver's last words below.
json feedback_cell(const request &by, const writer &write, const store::feedback_message &message);
/// "3 bestätigt, 1 ausständig"
std::string feedback_summary(const request &by, const std::map<store::feedback_status, std::int64_t> &counts);

}  // namespace lead_system::screens
