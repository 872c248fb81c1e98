// new_lead.hpp - a lead by hand: who called, came by, was met at a fair or was recommended.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "dms/cpp/contributions.hpp"
#include "lead/message.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

constexpr std::string_view new_lead_id = "leads.new";

/// What this screen needs besides.
struct new_lead_parts {
  /// Runs the import hook of a source over `bytes`; returns the dms.import_report/1 document.
  std::function<std::string(const dms::call &, const std::string &source, const std::string &bytes,
                            const std::string &name)>
      import;
  /// In the language of the dealership: what is kept with the lead reads alike, whoever entered it.
  std::function<std::string(const message &)> in_dealership_words;
};

std::unique_ptr<dms::screen> make_new_lead(const parts &with, new_lead_parts more);

}  // namespace lead_system::screens
