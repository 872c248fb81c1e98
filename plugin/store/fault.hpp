// fault.hpp - what a fault of the lead database means for who writes and reads, and what a person hears of it.
#pragma once

#include <soci/soci.h>

#include <exception>
#include <string>

namespace lead_system::store {

enum class fault {
  contention,   ///< busy, locked, deadlock, serialization, a row inserted twice at once: run the whole body again
  lost,         ///< the connection is gone: a fresh one may do
  unavailable,  ///< disk full, read only, out of connections: later, perhaps
  other         ///< a bug or a broken environment
};

fault classify(const std::exception &error) noexcept;
/// The sentence for a person, of a fault that is not `other`.
std::string sentence_for(fault kind, const std::exception &error);

}  // namespace lead_system::store
