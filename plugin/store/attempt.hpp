// attempt.hpp - the one loop of retries: contention and lost connections, with a bound.
#pragma once

#include <soci/soci.h>

#include <chrono>

#include "connections/fault.hpp"
#include "store/fault.hpp"
#include "store/sessions.hpp"

namespace lead_system::store {

/// Runs `body(connection, committing)` on a session of the pool, and again after a fault that may pass. A connection
/// that is lost while a commit is on its way (`committing`, which the body sets) may have committed: running the body
/// again could do it twice, so that is left to the caller. Throws store_unavailable when the bound is reached.
template <typename Body>
auto attempt(session_pool &from, Body &&body) -> decltype(body(std::declval<connection &>(), std::declval<bool &>())) {
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::milliseconds(from.how().busy_timeout_ms);
  for (int number = 0;; ++number) {
    // The session goes back before the pause: others may use it.
    {
      const auto session = from.get();
      bool committing = false;
      try {
        return body(session->on(), committing);
      } catch (const soci::soci_error &error) {
        session->suspect();
        const auto kind = classify(error);
        if (kind == fault::other) throw;
        if (kind == fault::lost && committing) throw maybe_written(sentence_for(kind, error));
        const bool again = kind == fault::contention || kind == fault::lost;
        if (!again || number + 1 >= dms::most_attempts || std::chrono::steady_clock::now() >= give_up_at) {
          throw store_unavailable(sentence_for(kind, error));
        }
      } catch (const bad_cursor &) {
        throw;
      } catch (const std::exception &) {
        session->suspect();
        throw;
      }
    }
    dms::pause_before(number);
  }
}

}  // namespace lead_system::store
