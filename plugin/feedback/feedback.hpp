// feedback.hpp - the status message to the manufacturer (plugin/README.md "Feedback"): rendered into the outbox, sent
// by the job.
#pragma once

#include <functional>
#include <string>

#include "dms/cpp/host.hpp"
#include "intake/known_sources.hpp"
#include "lead/message.hpp"
#include "store/feedback_writer.hpp"
#include "store/store.hpp"

namespace lead_system::feedback {

/// A sentence in the language of the dealership: manufacturers and logs are written to in that one.
using dealership_words = std::function<std::string(const message &)>;

/// The writer that intake and processing call in their transactions: renders the message of the lead's source. A source
/// whose channel is "none" gets no message; one whose channel is not set up yet keeps its messages waiting.
store::feedback_writer make_writer(intake::known_sources sources, dealership_words words);

struct sending_options {
  std::string outbox_directory;  ///< drop folders below it, <directory>/<source>/, where a channel names none
  std::string drop_root;         ///< drop folders that a channel names lie below it
  std::string owner;             ///< this host, for leases; unlike any other's
  dealership_words words;
};

/// Sends what is due: in order per lead, leads side by side, each source for itself, each message by one host at a
/// time, at least once with the same message id. One run is one run of the job; several may run at once in different
/// hosts.
class sender {
 public:
  /// `notifications` may be null.
  sender(store::store &store, intake::known_sources sources, dms::settings secrets,
         const dms_notifications *notifications, dms::log log, sending_options how);
  sender(const sender &) = delete;
  sender &operator=(const sender &) = delete;
  ~sender();

  /// Returns one line on what it did, or nothing. Stops soon when the call is cancelled; what is under way then goes
  /// again later.
  std::string run(const dms::call &who);

 private:
  class round;
  void notify(const std::string &key, const message &sentence, const std::string &source,
              store::feedback_status status) const;
  void withdraw(const std::string &key) const;

  store::store &store_;
  intake::known_sources sources_;
  dms::settings secrets_;
  const dms_notifications *notifications_;
  dms::log log_;
  sending_options how_;
};

}  // namespace lead_system::feedback
