// waiting_room.hpp - stands at the host's address while its database cannot be reached: everybody hears that, and
// senders that they are to send again.
#pragma once

#include <memory>
#include <string>

#include "reference_host/web/server.hpp"

namespace dms::reference::web {

/// From its making to its end every request is answered 503.
class waiting_room {
 public:
  /// `sentence`: what people read. Throws failure(dms_unavailable) when the port is taken.
  waiting_room(const server_options &how, const std::string &sentence);
  waiting_room(const waiting_room &) = delete;
  waiting_room &operator=(const waiting_room &) = delete;
  ~waiting_room();

 private:
  struct inside;
  std::unique_ptr<inside> inside_;
};

}  // namespace dms::reference::web
