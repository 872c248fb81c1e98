#include "store/fault.hpp"

#include "connections/fault.hpp"

namespace lead_system::store {

fault classify(const std::exception &error) noexcept {
  switch (dms::classify(error)) {
    case dms::fault::contention:
    case dms::fault::busy:
      return fault::contention;
    case dms::fault::lost:
      return fault::lost;
    case dms::fault::unreachable:
    case dms::fault::unavailable:
      return fault::unavailable;
    case dms::fault::damaged:
    case dms::fault::text:
    case dms::fault::other:
      break;
  }
  return fault::other;
}

std::string sentence_for(fault kind, const std::exception &error) {
  switch (kind) {
    case fault::contention:
      return "The lead database is busy; nothing was written. Please try again in a moment.";
    case fault::lost:
      return "The connection to the lead database was lost. Please try again in a moment.";
    case fault::unavailable:
      if (dms::disk_is_full(error)) {
        return "The disk of the lead database is full; nothing was written. Free some space and try again.";
      }
      return "The lead database cannot be used at present; nothing was written. Please try again later.";
    case fault::other:
      break;
  }
  return error.what();
}

}  // namespace lead_system::store
