// directory_turn.hpp - users and locations are changed one at a time.
#pragma once

#include <mutex>
#include <optional>

#include "reference_host/core/host.hpp"

namespace dms::reference {

/// In this process, and among all hosts on the database.
class host::directory_turn {
 public:
  explicit directory_turn(host &of) : of_(of), here_(of.directory_mutex_) {
    if (of_.directory_depth_ == 0) everywhere_.emplace(*of_.database_, "directory");
    ++of_.directory_depth_;
  }
  directory_turn(const directory_turn &) = delete;
  directory_turn &operator=(const directory_turn &) = delete;
  ~directory_turn() { --of_.directory_depth_; }

 private:
  host &of_;
  std::lock_guard<std::recursive_mutex> here_;
  std::optional<database::turn> everywhere_;
};

}  // namespace dms::reference
