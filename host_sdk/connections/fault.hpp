// fault.hpp - what a database fault means: SOCI's own categories miss SQLite and class 40 of PostgreSQL.
#pragma once

#include <soci/soci.h>

#include <exception>

namespace dms {

enum class fault {
  contention,   ///< deadlock, serialization, a row inserted twice at once: run the whole body again
  busy,         ///< locked for as long as anybody waits
  lost,         ///< the connection is gone: another one may do
  unreachable,  ///< no connection can be made
  unavailable,  ///< disk full, read only, out of connections: later, perhaps
  damaged,      ///< no database any more
  text,         ///< a text that the database cannot keep
  other         ///< a bug or a broken environment
};

fault classify(const std::exception &error) noexcept;
/// Told apart for the sentence: what to do about it is something else.
bool disk_is_full(const std::exception &error) noexcept;

/// Whether the session's database answers.
bool answers(soci::session &session) noexcept;

/// How often a body is run where others are quicker, with pauses that double, from 4 to 250 ms, and jitter, so that two
/// who met once do not meet again.
constexpr int most_attempts = 24;
void pause_before(int attempt);

}  // namespace dms
