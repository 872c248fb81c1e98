// handover.hpp - what stays behind when somebody goes or a place closes, as the host asks for it (dms/ext/handover.h).
#pragma once

#include "screens/kit/parts.hpp"

namespace lead_system::screens {

/// The open leads of each user or location, in the reader's words.
std::string open_work_of(const parts &with, const dms::call &who, const std::string &kind);
/// Gives them to somebody else; throws dms::failure where nothing can be given.
std::string hand_over(const parts &with, const dms::call &who, const std::string &kind, const std::string &from,
                      const std::string &to);

/// What came of it, in the reader's words.
std::string handed_over_words(const request &by, const processing::lead_desk::handed_over &came, const std::string &to);

}  // namespace lead_system::screens
