#include "store/hold.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

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

}  // namespace

/// The session that the advisory locks belong to.
class holds::session {
 public:
  session(const options &how, dms::line_watch &watch) {
    open_session(session_, how);
    line_.emplace(watch, session_);
    const in_use now(*line_);
    configure_session(session_, how);
    session_ << "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";
  }
  bool lock(std::uint64_t key) { return ask("SELECT CASE WHEN pg_try_advisory_lock(:key) THEN 1 ELSE 0 END", key); }
  bool unlock(std::uint64_t key) { return ask("SELECT CASE WHEN pg_advisory_unlock(:key) THEN 1 ELSE 0 END", key); }

 private:
  class in_use {
   public:
    explicit in_use(dms::line_watch::line &line) : line_(line) { line_.in_use(); }
    in_use(const in_use &) = delete;
    in_use &operator=(const in_use &) = delete;
    ~in_use() { line_.at_rest(); }

   private:
    dms::line_watch::line &line_;
  };
  bool ask(const char *sql, std::uint64_t key) {
    const in_use now(*line_);
    int yes = 0;
    const auto number = static_cast<long long>(key);
    session_ << sql, soci::use(number), soci::into(yes);
    return yes == 1;
  }

  soci::session session_;
  std::optional<dms::line_watch::line> line_;
};

class holds::held_key final : public store::holding {
 public:
  held_key(holds &of, std::uint64_t key) : of_(of), key_(key) {}
  ~held_key() override { of_.unlock(key_); }

 private:
  holds &of_;
  std::uint64_t key_;
};

holds::holds(options how, std::shared_ptr<dms::line_watch> watch) : how_(std::move(how)), watch_(std::move(watch)) {}
holds::~holds() = default;

std::unique_ptr<store::holding> holds::hold(const std::string &name) {
  const auto key = number_of(name);
  if (engine_of(how_.database) == engine::sqlite) return lock_range(how_.database, key);
  if (!lock(key)) return nullptr;
  return std::make_unique<held_key>(*this, key);
}

bool holds::lock(std::uint64_t key) {
  const std::lock_guard lock(mutex_);
  if (held_.contains(key)) return false;
  for (bool again = static_cast<bool>(session_);; again = false) {
    try {
      if (!session_) {
        session_ = std::make_unique<session>(how_, *watch_);
        // The connection broke, its locks went with it: who works under one goes on, unless another host was quicker.
        for (const auto other : held_) session_->lock(other);
      }
      if (!session_->lock(key)) return false;
      held_.insert(key);
      return true;
    } catch (const soci::soci_error &error) {
      session_.reset();
      const auto kind = classify(error);
      if (kind == fault::other) throw;
      // It may have rested too long; a fresh one tells.
      if (!again) throw store_unavailable(sentence_for(kind, error));
    }
  }
}

void holds::unlock(std::uint64_t key) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    held_.erase(key);
    try {
      if (session_ && !session_->unlock(key)) session_.reset();
    } catch (const std::exception &) {
      session_.reset();  // and the lock with it
    }
  } catch (const std::exception &) {
    // Erasing from a set does not throw; the session, where it is left, is asked anew.
  }
}

}  // namespace lead_system::store
