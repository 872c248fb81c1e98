// follow_ups.hpp - whether what was promised to people was kept: the one rule of it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "evaluation/calendar.hpp"
#include "store/follow_up_rows.hpp"

namespace lead_system::evaluation {

/// Planned contacts and agreed test drives whose day has passed; and those that were kept.
struct follow_ups {
  std::uint32_t due = 0, kept = 0;
  follow_ups &operator+=(const follow_ups &more) noexcept {
    due += more.due;
    kept += more.kept;
    return *this;
  }
  bool operator==(const follow_ups &) const = default;
};

/// By type and location. Something that was planned is kept where the next thing that is done with the lead is done by
/// the end of its day, whatever it is: a result, another date, the end. Its day, where nothing was done, must have
/// passed. What is done together with it does not count: a result and the next contact are written at one moment. Nor
/// does what the prospect's own answer plans.
/// `steps`: each lead's one after the other.
std::map<std::pair<std::string, std::string>, follow_ups> follow_ups_of(std::span<const store::follow_up_step> steps,
                                                                        const calendar &days);

}  // namespace lead_system::evaluation
