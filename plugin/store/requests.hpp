// requests.hpp - requests that a host may repeat (dms_screen.act): done once, answered again.
#pragma once

#include <string>

#include "store/store.hpp"

namespace lead_system::store {

/// What is known of a request when it comes.
enum class request_state {
  fresh,     ///< taken by who asks: he does it, and says how it ended
  answered,  ///< done before
  begun,     ///< runs just now, or nobody knows how it ended
  another    ///< the token came with something else
};

struct known_request {
  request_state state = request_state::fresh;
  std::string document;  ///< of an answered one; empty: it is not kept any more
};

/// [any] Throws as the store does.
class requests {
 public:
  explicit requests(store &in) : in_(in) {}

  /// Takes the request where it is fresh. `digest` is of all that was asked for. Forgets what is older than 30 days.
  known_request take(const std::string &user, const std::string &token, const std::string &digest, time_us now);
  /// It was done, with this answer; a long one is not kept.
  void answered(const std::string &user, const std::string &token, const std::string &document, time_us now);
  /// Nothing was done: it may be tried again.
  void give_back(const std::string &user, const std::string &token);

 private:
  store &in_;
};

/// Answers name persons: what is kept of any goes with an erasure.
void forget_answers(class connection &on);

}  // namespace lead_system::store
