// quarantine_notices.hpp - telling people of leads that could not be read: they stand in no list, and nobody would miss
// them.
#pragma once

#include <set>

#include "intake/importer.hpp"

namespace lead_system::intake {

/// Faults (message_json) of one run by which leads of the source came into quarantine. The admins and everybody with
/// ALLE are told once of each kind of fault, for as long as leads of it wait; the admins with the way to the log.
/// Never throws: the leads are archived already, and that nobody could be told is no reason to answer otherwise.
void notify_quarantine(const importer::parts &with, const definition &source, std::int64_t run_id,
                       const std::set<std::string> &faults);
/// Takes back what was told of these faults where no lead of them waits any more.
void withdraw_quarantine(const importer::parts &with, const std::string &source, const std::set<std::string> &faults);

}  // namespace lead_system::intake
