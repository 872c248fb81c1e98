// directory_transport.cpp - a drop folder that somebody else empties. Who empties it may put links there: every folder
// on the way is opened from the one before, never behind a link, and so is the file.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "feedback/channel_settings.hpp"
#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class descriptor {
 public:
  explicit descriptor(int number) noexcept : number_(number) {}
  descriptor(descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor &operator=(descriptor &&other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  descriptor(const descriptor &) = delete;
  descriptor &operator=(const descriptor &) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const noexcept { return number_ >= 0; }
  int get() const noexcept { return number_; }
  bool write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto count = ::write(number_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  bool sync() const { return ::fsync(number_) == 0; }

 private:
  int number_;
};

constexpr int a_folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

/// The root is whoever's who runs the host; below it folders are made where they are missing.
descriptor open_below(const fs::path &root, const fs::path &folder) {
  std::error_code said_by_open;
  fs::create_directories(root, said_by_open);
  descriptor now(::open(root.c_str(), a_folder));
  for (const auto &step : folder.lexically_normal().lexically_relative(root.lexically_normal())) {
    if (!now) return now;
    if (step.empty() || step == ".") continue;
    if (::mkdirat(now.get(), step.c_str(), 0777) != 0 && errno != EEXIST) return descriptor(-1);
    now = descriptor(::openat(now.get(), step.c_str(), a_folder | O_NOFOLLOW));
  }
  return now;
}

/// Durable once true: the bytes and the name are on the disk.
bool write_durably(const descriptor &folder, const std::string &name, std::string_view bytes) {
  const auto beside = "." + name + ".part";
  ::unlinkat(folder.get(), beside.c_str(), 0);  // of an attempt that was killed
  {
    // As the umask, or the folder's default ACL where it has one, leaves it: that says who may empty the folder.
    const descriptor file(
        ::openat(folder.get(), beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660));
    if (!file || !file.write_all(bytes) || !file.sync()) return false;
  }
  return ::renameat(folder.get(), beside.c_str(), folder.get(), name.c_str()) == 0 && folder.sync();
}

struct drop_place {
  fs::path root, folder;
};

drop_place place_of_drop(const attempt &what) {
  const auto set = what.channel.settings.find("directory");
  if (set == what.channel.settings.end() || set->second.empty()) return {what.folder, what.folder};
  return {what.drop_root, set->second};
}

/// Writes a file into the channel's folder, which is made where it is missing.
verdict put(const attempt &what, const std::string &name, const std::string &body) {
  const auto [root, folder] = place_of_drop(what);
  if (!lies_below(folder, root)) {
    return {verdict::kind::retry,
            {"Drop folders lie below {1}. Whoever runs the DMS can name another place for them.", {root.string()}}};
  }
  const auto there = open_below(root, folder);
  if (there && write_durably(there, name, body)) {
    return {verdict::kind::acknowledged, {"Written to the drop folder.", {}}};
  }
  const std::string why = std::strerror(errno);
  return {verdict::kind::retry, {"The drop folder cannot be written: {1}.", {why}}};
}

}  // namespace

verdict deliver_to_directory(const attempt &what) {
  return put(what, file_name(what), what.sent.body);
}

verdict try_directory(const attempt &what) {
  // Hidden, so that whoever empties the folder does not take it for a message.
  const auto name = "." + what.sent.message_id + ".probe";
  auto came = put(what, name, "probe");
  if (came.is != verdict::kind::acknowledged) return came;
  const auto [root, folder] = place_of_drop(what);
  if (const auto there = open_below(root, folder)) ::unlinkat(there.get(), name.c_str(), 0);
  came.text = {"The folder can be written; no message was sent.", {}};
  return came;
}

}  // namespace lead_system::feedback
