// message.hpp - a sentence for a person, not yet in his language.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lead_system {

/// `id` is the English sentence and gettext key, with {1}, {2} … for the arguments.
struct message {
  std::string id;
  std::vector<std::string> arguments;

  bool empty() const noexcept { return id.empty(); }
};

/// The English sentence with its arguments: where nobody translates.
std::string in_english(const message &text);

/// {"id":"…","arguments":["…"]}, how what is told later is kept, so that everybody reads it in his language; empty for
/// an empty message.
std::string message_json(const message &text);
/// Several, one a line, appended to `lines`: remarks of a lead.
void add_message(std::string &lines, const message &text);
/// What add_message wrote, in its order; empty for any other text.
std::vector<message> messages_in(const std::string &lines);
/// What message_json wrote; nothing for any other text.
std::optional<message> message_from_json(const std::string &kept);

}  // namespace lead_system
