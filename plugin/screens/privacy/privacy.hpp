// privacy.hpp - Datenschutz: what is kept of one person, erasure on request, and the protocol of erasures.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "intake/held_messages.hpp"
#include "processing/privacy_desk.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

struct privacy_parts {
  processing::privacy_desk &desk;
  store::privacy_rows &rows;
  /// Writes a line of the host's audit log.
  std::function<void(const dms::call &, const std::string &action, const std::string &subject,
                     const std::string &detail)>
      audit;
  std::function<void()> wake;  ///< asks for a run of the job that finishes erasures
  const intake::held_messages &held;
  bool host_forgets_files = false;  ///< those that messages came as
};

std::unique_ptr<dms::screen> make_privacy(const parts &with, privacy_parts more);

}  // namespace lead_system::screens
