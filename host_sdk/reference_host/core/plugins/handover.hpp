// handover.hpp - what stays behind when somebody goes or a site closes, and who takes it over.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host_core/owned_call.hpp"
#include "reference_host/core/host_core.hpp"

namespace dms::reference {

class host;

/// What is open of one user or location, in the words of who keeps it: "12 open leads".
struct open_item {
  std::string label;
  std::int64_t count = 0;
};
using open_work = std::map<std::string, std::vector<open_item>, std::less<>>;  ///< by user or location

/// `kind` "user" or "location". Plugins that are disabled have nothing open.
open_work work_that_is_open(host &of, const owned_call &call, std::string_view kind);
/// Gives all that is open of `from` to the active user `to`, by the plugins and in myKontakte; returns what they say of
/// it. Throws failure(dms_invalid / dms_forbidden / …); what was given until then stays given.
std::string hand_work_over(host &of, const owned_call &call, std::string_view kind, const std::string &from,
                           const std::string &to);
/// "12 open leads, 3 open contacts"
std::string in_words(const std::vector<open_item> &items);

}  // namespace dms::reference
