// message.hpp - a sentence for a person, not yet in his language.
#pragma once

#include <string>
#include <vector>

namespace lead_system {

/// `id` is the English sentence and gettext key, with {1}, {2} … for the arguments.
struct message {
  std::string id;
  std::vector<std::string> arguments;

  bool empty() const noexcept { return id.empty(); }
};

}  // namespace lead_system
