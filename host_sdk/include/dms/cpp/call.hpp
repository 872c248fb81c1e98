// call.hpp - who asks, as C++ sees it.
#pragma once

#include <cstdint>

#include "basics.hpp"

namespace dms {

/// A borrowed view of a dms_call: valid as long as the call.
class call {
 public:
  explicit call(const dms_call *raw) : raw_(raw) {}
  std::string user() const { return std::string(view(raw_->user)); }
  std::string user_name() const { return std::string(view(raw_->user_name)); }
  std::string locale() const { return std::string(view(raw_->locale)); }
  std::string correlation() const { return std::string(view(raw_->correlation)); }
  std::string channel() const { return std::string(view(raw_->channel)); }
  /// The token of what was asked for once (dms_screen.act); empty: the host never repeats it.
  std::string request() const { return std::string(view(raw_->request)); }
  std::int64_t now_us() const noexcept { return raw_->now_us; }
  bool may(std::string_view right) const { return raw_->may(raw_->context, str(right)) != 0; }
  bool cancelled() const { return raw_->cancelled(raw_->context) != 0; }
  const dms_call *raw() const noexcept { return raw_; }

 private:
  const dms_call *raw_;
};

}  // namespace dms
