// master_lists.hpp - what the lists of users, locations and tokens have in common.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reference_host/core/plugins/handover.hpp"
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {

/// "Wien, Graz"; a dash for none.
std::string list_of(const std::vector<std::string> &all);
json state_cell(const asked &by, bool good, const char *yes, const char *no);
/// `columns`: id and label.
json plain_table(const asked &by, const char *id, const std::vector<std::pair<const char *, const char *>> &columns,
                 const json &rows);
/// A field that must be filled in.
json required_field(const std::string &name, const std::string &kind, const std::string &label);
json optional_field(const std::string &name, const std::string &kind, const std::string &label);

/// Asks who takes over what is open; adds nothing where nothing is open. `nobody`: the answer that leaves it; null
/// where there is none.
void ask_who_takes_over(const asked &by, json &action, const std::vector<open_item> &open, const user *leaving,
                        const char *nobody);
/// Who takes over, as it was chosen; empty for nobody. A form that asked wants an answer.
std::string taker_of(const asked &by);
std::string sentences(const std::string &one, const std::string &other);
std::vector<open_item> open_of(const open_work &all, const std::string &id);

}  // namespace dms::reference::web
