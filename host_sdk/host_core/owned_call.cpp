#include "host_core/owned_call.hpp"

#include <algorithm>
#include <utility>

namespace dms::host_core {

owned_call::owned_call(parts from) : parts_(std::move(from)) {
  raw_ = dms_call{
      sizeof(dms_call),
      this,
      str(parts_.user),
      str(parts_.user_name),
      str(parts_.locale),
      str(parts_.correlation),
      str(parts_.channel),
      str(parts_.request),
      parts_.now_us,
      [](void *context, dms_str right) noexcept -> std::int32_t {
        std::int32_t granted = 0;
        barrier(nullptr, [&] { granted = static_cast<owned_call *>(context)->may(dms::view(right)) ? 1 : 0; });
        return granted;
      },
      [](void *context) noexcept -> std::int32_t { return static_cast<owned_call *>(context)->cancelled() ? 1 : 0; }};
}

bool owned_call::cancelled() const noexcept {
  return cancelled_ || std::ranges::any_of(flags_, [](const auto *flag) { return flag->load(); });
}

}  // namespace dms::host_core
