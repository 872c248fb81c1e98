// importer.hpp - one payload into the store: archive, accept, recognise as a repeat, or quarantine with the reason.
#pragma once

#include <functional>
#include <string>

#include "access/organisation.hpp"
#include "dms/cpp/contributions.hpp"
#include "intake/definition.hpp"
#include "store/feedback_writer.hpp"
#include "store/store.hpp"

namespace lead_system::intake {

class importer {
 public:
  struct parts {
    store::store &store;
    const catalog &types;
    const access::organisation_source &organisation;
    store::feedback_writer feedback;
    const dms_notifications *notifications;
    dms::log log;
  };
  importer(parts with, const definition &source);

  /// Reads the payload to its end and stores it in one transaction; returns the dms.import_report/1 document after
  /// the commit, in the locale of the call.
  std::string run(const dms::call &who, const dms::input &payload, std::string_view name,
                  const std::function<void(std::uint64_t, std::uint64_t)> &progress) const;

 private:
  parts with_;
  const definition &source_;
};

}  // namespace lead_system::intake
