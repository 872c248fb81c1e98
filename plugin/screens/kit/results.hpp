// results.hpp - what an action came to, as status and dms.result/1 document.
#pragma once

#include "screens/kit/document.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

std::string_view key(processing::verdict result) noexcept;
dms_status status_of(processing::verdict result) noexcept;

/// In the reader's words; a conflict tells what changed meanwhile, and nothing of the input is kept.
dms::answer answer_of(const request &by, const processing::outcome &what);
/// A refusal that needs no desk: a missing version, an unknown action.
dms::answer invalid_input(const request &by, std::map<std::string, message> fields);
dms::answer unknown_action(const request &by);
/// A filter of an address that means nothing: throws dms_invalid with the sentence.
[[noreturn]] void refuse_value(const request &by, std::string_view name, const std::string &value);

}  // namespace lead_system::screens
