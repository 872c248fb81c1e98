// directory_transport.cpp - a drop folder that somebody else empties.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class descriptor {
 public:
  descriptor(const fs::path &path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
  descriptor(const descriptor &) = delete;
  descriptor &operator=(const descriptor &) = delete;
  ~descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const noexcept { return number_ >= 0; }
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

/// Durable once true: the bytes and the name are on the disk.
bool write_durably(const fs::path &folder, const fs::path &name, std::string_view bytes) {
  const auto beside = folder / ("." + name.string() + ".part");
  {
    const descriptor file(beside, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file || !file.write_all(bytes) || !file.sync()) return false;
  }
  if (::rename(beside.c_str(), (folder / name).c_str()) != 0) return false;
  const descriptor directory(folder, O_RDONLY | O_DIRECTORY);
  return directory && directory.sync();
}

fs::path folder_of(const attempt &what) {
  const auto set = what.channel.settings.find("directory");
  return set == what.channel.settings.end() || set->second.empty() ? what.folder : set->second;
}

/// Writes a file into the channel's folder, which is made where it is missing.
verdict put(const attempt &what, const std::string &name, const std::string &body) {
  const auto folder = folder_of(what);
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (!problem && write_durably(folder, name, body)) {
    return {verdict::kind::acknowledged, {"Written to the drop folder.", {}}};
  }
  const std::string why = problem ? problem.message() : std::strerror(errno);
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
  std::error_code ignored;
  fs::remove(folder_of(what) / name, ignored);
  if (came.is == verdict::kind::acknowledged) came.text = {"The folder can be written; no message was sent.", {}};
  return came;
}

}  // namespace lead_system::feedback
