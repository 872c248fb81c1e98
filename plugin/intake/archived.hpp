// archived.hpp - the leads of a payload once more, from the archive.
#pragma once

#include "intake/importer.hpp"

namespace lead_system::intake {

/// In order; returns why there are none. What the payload held was accepted once, however many leads it has.
message read_archived(const importer::parts &with, const definition &source, const store::import_run &run,
                      const std::function<void(read_lead &&)> &take);

}  // namespace lead_system::intake
