// transport.hpp - how a message reaches the manufacturer, and what came of it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "intake/definition.hpp"
#include "lead/message.hpp"
#include "store/records.hpp"

namespace lead_system::feedback {

/// What one attempt came to.
struct verdict {
  enum class kind {
    acknowledged,
    rejected,  ///< the receiver understood and refused: an admin decides
    retry      ///< nobody knows whether it arrived; the same message goes again
  };
  kind is = kind::retry;
  message text;  ///< one sentence on what the receiver or the network said
  /// How long the receiver asks to be left alone (Retry-After, RFC 9110 10.2.3), whatever it is; 0: it does not ask.
  time_us wait = 0;
};

/// An HTTP answer as it came.
struct reply {
  long status = 0;
  std::string body;
  std::string charset{};  ///< of its Content-Type, or empty
  time_us wait = 0;       ///< of its Retry-After, or 0
};

/// A secret of the host's settings by its key, or nothing.
using secret_source = std::function<std::optional<std::string>(const std::string &key)>;

struct time_limits {
  std::chrono::milliseconds to_connect{10'000};
  std::chrono::milliseconds in_all{30'000};
};

/// Everything an attempt needs; borrowed for the attempt.
struct attempt {
  const store::feedback_channel &channel;
  const intake::feedback_definition &definition;
  const store::feedback_message &sent;
  const secret_source &secrets;
  std::string folder;               ///< drop folder of this source where the channel names none
  std::string drop_root;            ///< the folder below which those lie that channels name
  std::function<bool()> cancelled;  ///< asked now and then during the attempt
  time_limits within = {};
};

/// One file a message, <folder>/<message id>.xml: written beside it, synced, renamed. Repeating it changes nothing.
verdict deliver_to_directory(const attempt &what);
/// HTTPS POST (plain HTTP only to this machine), certificate checked, no redirects; the answer is read by judge().
verdict deliver_over_https(const attempt &what);
/// SFTP upload beside its name, then renamed. The receiver's key must be the one that the channel names.
verdict deliver_over_sftp(const attempt &what);
/// By the channel's transport.
verdict deliver(const attempt &what);

/// The same ways without a message about a lead; acknowledged when messages could go. A folder is written to and
/// cleaned up. Over HTTPS the definition's probe is posted, or, where it has none, only the head of the address is
/// asked for.
verdict try_directory(const attempt &what);
verdict try_https(const attempt &what);
verdict try_sftp(const attempt &what);
verdict try_out(const attempt &what);

/// An HTTP answer under the definition's rules: 2xx with the value for "ok" is acknowledged, with that for "rejected"
/// rejected; anything else (time-out, 5xx, garbage) is tried again. Elements count whatever their prefix and letter
/// case, and values whatever theirs. The encoding is what HTTP says, else what the XML declares.
verdict judge(const intake::feedback_definition &how, const reply &came);
/// What an HTTP status says by itself; empty for 2xx.
message trouble_of(long http_status);

/// The name of a message's file: its message id, with the ending of its format.
std::string file_name(const attempt &what);

}  // namespace lead_system::feedback
