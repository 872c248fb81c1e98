// transport.hpp - how a message reaches the manufacturer, and what came of it.
#pragma once

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
};

/// A secret of the host's settings by its key, or nothing.
using secret_source = std::function<std::optional<std::string>(const std::string &key)>;

/// Everything an attempt needs; borrowed for the attempt.
struct attempt {
  const store::feedback_channel &channel;
  const intake::feedback_definition &definition;
  const store::feedback_message &sent;
  const secret_source &secrets;
  std::string folder;               ///< drop folder of this source where the channel names none
  std::function<bool()> cancelled;  ///< asked now and then during the attempt
};

/// One file a message, <folder>/<message id>.xml: written beside it, synced, renamed. Repeating it changes nothing.
verdict deliver_to_directory(const attempt &what);
/// HTTPS POST (plain HTTP only to this machine), certificate checked, no redirects; the answer is read by judge().
verdict deliver_over_https(const attempt &what);
/// SFTP upload beside its name, then renamed. Needs known_hosts of the channel.
verdict deliver_over_sftp(const attempt &what);
/// By the channel's transport.
verdict deliver(const attempt &what);

/// An HTTP answer under the definition's rules: 2xx with the value for "ok" is acknowledged, with that for "rejected"
/// rejected; anything else (time-out, 5xx, garbage) is tried again.
verdict judge(const intake::feedback_definition &how, long http_status, const std::string &body);

}  // namespace lead_system::feedback
