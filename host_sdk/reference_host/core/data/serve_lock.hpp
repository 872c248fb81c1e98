// serve_lock.hpp - at most one process serves a data directory; a lock that ends with its process says which.
#pragma once

#include <filesystem>

namespace dms::reference {

class serve_lock {
 public:
  explicit serve_lock(std::filesystem::path file) : file_(std::move(file)) {}
  serve_lock(const serve_lock &) = delete;
  serve_lock &operator=(const serve_lock &) = delete;
  ~serve_lock() { release(); }
  /// Throws failure(dms_refused) when another process has it. Again changes nothing.
  void take();
  void release() noexcept;
  bool held() const noexcept { return descriptor_ >= 0; }
  bool held_elsewhere() const;

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace dms::reference
