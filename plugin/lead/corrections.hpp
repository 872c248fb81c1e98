// corrections.hpp - what people correct of a prospect's data, and what becomes of it when the sender writes again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lead/lead.hpp"

namespace lead_system {

/// The fields that differ, by their names in lead_content's JSON; phones by their numbers.
struct correction {
  std::map<std::string, std::string> was, is;
};
correction correction_of(const person &before, const person &after);

/// As the event "edited" carries it ("was" and "is", JSON).
std::map<std::string, std::string> event_data(const correction &made);

/// The data of an event that replaces a lead's content: "before", the whole content that can be brought back, and of
/// prospect and message what was and what is.
std::map<std::string, std::string> replaced_content(const lead_content &before, const lead_content &after);

/// A prospect as a later message of the sender leaves him.
struct updated_person {
  person prospect;
  std::vector<std::string> kept;  ///< fields whose correction stays
  correction overruled;           ///< corrections that the sender has newer data than
};

/// A correction stays as long as the sender repeats what it corrected; what he writes anew is newer than it.
/// `timeline`: the lead's, newest first; `sent`: the prospect of the later message.
updated_person after_message(const std::vector<lead_event> &timeline, const person &known, const person &sent);

}  // namespace lead_system
