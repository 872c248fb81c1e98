// texts.hpp - maps and lists of texts as they are kept in one column.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lead_system {

/// A map of texts as a JSON object and back. Bytes that are not UTF-8 are replaced; what is no text is left out.
std::string texts_to_json(const std::map<std::string, std::string> &texts);
std::map<std::string, std::string> texts_from_json(const std::string &text);

/// What stands there under the name; empty: nothing.
std::string text_in(const std::map<std::string, std::string> &texts, const std::string &name);
/// The same as a number; 0 where it is none.
std::int64_t number_in(const std::map<std::string, std::string> &texts, const std::string &name);

/// Its beginning, at most so many bytes, cut between letters; "…" follows where something is left out.
std::string beginning_of(std::string_view text, std::size_t most);

/// "email,phones": names that hold no comma, as an event's data keeps them.
std::string with_commas(const std::vector<std::string> &names);
std::vector<std::string> names_from(const std::string &with_commas);

}  // namespace lead_system
