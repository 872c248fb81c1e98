#include "store/hold.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "store/fault.hpp"
#include "store/statement.hpp"

namespace lead_system::store {

namespace {

/// FNV-1a: the same in every build, since hosts of different versions share a database.
std::uint64_t number_of(const std::string &name) noexcept {
  std::uint64_t number = 0xCBF29CE484222325U;
  for (const char letter : name) number = (number ^ static_cast<unsigned char>(letter)) * 0x100000001B3U;
  return number;
}

class locked_range final : public store::holding {
 public:
  explicit locked_range(int descriptor) : descriptor_(descriptor) {}
  ~locked_range() override { ::close(descriptor_); }

 private:
  int descriptor_;
};

std::unique_ptr<store::holding> lock_range(const std::string &database, std::uint64_t number) {
  const int descriptor = ::open((database + "-held").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    throw store_unavailable(
        "The lead database cannot be used at present; nothing was written. Please try again later.");
  }
  auto result = std::make_unique<locked_range>(descriptor);
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(number >> 2U);  // an offset is positive
  range.l_len = 1;
  // Of the open file, not of the process: two of one process exclude each other too.
  while (::fcntl(descriptor, F_OFD_SETLK, &range) != 0) {
    if (errno == EINTR) continue;
    return nullptr;
  }
  return result;
}

class locked_session final : public store::holding {
 public:
  explicit locked_session(const options &how) {
    open_session(session_, how);
    configure_session(session_, how);
    for (const char *setting :
         {"SET tcp_keepalives_idle = 20", "SET tcp_keepalives_interval = 10", "SET tcp_keepalives_count = 3"}) {
      session_ << setting;
    }
  }
  bool lock(std::uint64_t number) {
    int locked = 0;
    const auto key = static_cast<long long>(number);
    session_ << "SELECT CASE WHEN pg_try_advisory_lock(:key) THEN 1 ELSE 0 END", soci::use(key), soci::into(locked);
    return locked == 1;
  }

 private:
  soci::session session_;
};

}  // namespace

std::unique_ptr<store::holding> hold(const options &how, const std::string &name) {
  if (engine_of(how.database) == engine::sqlite) return lock_range(how.database, number_of(name));
  try {
    auto result = std::make_unique<locked_session>(how);
    if (!result->lock(number_of(name))) return nullptr;
    return result;
  } catch (const soci::soci_error &error) {
    const auto kind = classify(error);
    if (kind == fault::other) throw;
    throw store_unavailable(sentence_for(kind, error));
  }
}

}  // namespace lead_system::store
