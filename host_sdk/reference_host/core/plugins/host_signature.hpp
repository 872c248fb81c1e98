// host_signature.hpp - what only this dealership's hosts can have made: a keyed digest of a text.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "reference_host/core/settings.hpp"

namespace dms::reference {

/// With the key that the setting `name` of the host keeps. It is made where there is none yet, once for all hosts.
class host_signature {
 public:
  /// Throws failure(dms_failed) where the key is damaged.
  host_signature(settings kept, std::string_view name);
  /// 64 hexadecimal digits.
  std::string of(std::string_view text) const;

 private:
  std::array<unsigned char, 32> key_{};
};

}  // namespace dms::reference
