// feedback.hpp - the status message to the manufacturer (product.md 5): rendered into the outbox, sent by the job.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "access/organisation.hpp"
#include "dms/cpp/host.hpp"
#include "intake/definition.hpp"
#include "store/feedback_writer.hpp"
#include "store/store.hpp"

namespace lead_system::feedback {

/// Definitions by source id; outlives what is made from it.
using definitions = std::map<std::string, intake::definition>;

/// The writer that intake and processing call in their transactions: renders the message of the lead's source.
store::feedback_writer make_writer(const definitions &sources, const access::organisation_source &organisation);

/// Where messages go when no channel was set: a drop folder below this one, <dir>/<source>/.
struct delivery_options {
  std::string outbox_directory;
  std::string owner;  ///< this host, for leases
};

/// Sends what is due, each message at most once at a time over all hosts; one run of the job.
class sender {
 public:
  sender(store::store &store, const definitions &sources, const dms_settings *secrets,
         const dms_notifications *notifications, dms::log log, delivery_options how);
  /// Returns one line on what it did, or nothing. Stops early when the call is cancelled.
  std::string run(const dms::call &who);

 private:
  store::store &store_;
  const definitions &sources_;
  const dms_settings *secrets_;
  const dms_notifications *notifications_;
  dms::log log_;
  delivery_options how_;
};

}  // namespace lead_system::feedback
