// survive.hpp - a call into a plugin that ends with a status, whatever the plugin does.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "dms/cpp/basics.hpp"

namespace dms {

/// Calls a C function of a plugin. One that breaks the rule and throws through the C interface must not take the host
/// along: it counts as dms_failed, and `error` says that it threw.
template <typename Call>
dms_status survive(dms_error &error, Call &&call) noexcept {
  return barrier(&error, [&]() -> dms_status {
    try {
      return std::forward<Call>(call)();
    } catch (const std::exception &thrown) {
      throw failure(dms_failed, std::string("it threw an exception: ") + thrown.what());
    } catch (...) {
      throw failure(dms_failed, "it threw an exception");
    }
  });
}

}  // namespace dms
