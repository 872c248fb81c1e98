#include "reference_host/core/data/serve_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "dms/cpp/basics.hpp"

namespace dms::reference {
namespace {

int open_file(const std::filesystem::path &file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    throw failure(dms_unavailable, "The data directory \"" + file.parent_path().string() + "\" cannot be written.");
  return descriptor;
}

}  // namespace

void serve_lock::take() {
  if (held()) return;
  const int descriptor = open_file(file_);
  // Whoever only asks holds it for an instant: try again for a second.
  for (int attempt = 0; attempt < 20; ++attempt) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
      descriptor_ = descriptor;
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ::close(descriptor);
  throw failure(dms_refused, "Another process serves this data directory already; stop it first.");
}

void serve_lock::release() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

bool serve_lock::held_elsewhere() const {
  if (held()) return false;
  const int descriptor = open_file(file_);
  const bool taken = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
  ::close(descriptor);
  return taken;
}

}  // namespace dms::reference
