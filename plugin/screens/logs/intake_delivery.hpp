// intake_delivery.hpp - a payload that an administrator hands in on the page of the import log.
#pragma once

#include <functional>
#include <string>

#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {

/// Runs the import hook of a source over the bytes of a file; returns the dms.import_report/1 document. Throws as the
/// hook does.
using import_of_file = std::function<std::string(const dms::call &, const std::string &source, const std::string &bytes,
                                                 const std::string &name)>;

/// `import` outlives it.
std::unique_ptr<dms::screen> make_intake_log(const parts &with, import_of_file import);

/// deliver {source, file, file_name}: the file in base64, as the host sends what is uploaded.
json deliver_action(const request &by);
dms::answer deliver(const request &by, const import_of_file &import, const parameters &input);

}  // namespace lead_system::screens
