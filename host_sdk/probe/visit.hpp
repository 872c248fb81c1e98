// visit.hpp - what every call of a contribution or an extension has in common.
#pragma once

#include <string>
#include <vector>

#include "probe/probe.hpp"

namespace dms::probing {

class visit {
 public:
  /// `context` is what the host called with, the probe itself; `call` may be null only where the host is wrong.
  visit(void *context, const dms_call *call, const void *sink, bool extension = false);
  visit(const visit &) = delete;
  visit &operator=(const visit &) = delete;
  ~visit();
  /// Whether there is enough to go on with.
  explicit operator bool() const noexcept { return going_on_; }
  probe &of() const noexcept { return *of_; }

 private:
  void look_at_thread() const;
  void look_at_call();
  std::string texts_of_call() const;

  probe *of_;
  const dms_call *call_;
  bool going_on_ = true;
  std::string before_;
  bool cancelled_before_ = false;
};

bool is_language_tag(std::string_view text) noexcept;

}  // namespace dms::probing
