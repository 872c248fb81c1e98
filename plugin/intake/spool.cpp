#include "intake/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "dms/cpp/basics.hpp"

namespace lead_system::intake {
namespace {

[[noreturn]] void no_room() {
  throw dms::failure(dms_unavailable,
                     "The payload could not be put on disk: check the space there. Nothing was stored; try again.");
}

}  // namespace

spool::spool(const std::filesystem::path &directory) {
  std::filesystem::create_directories(directory);
  auto name = (directory / "payload-XXXXXX").string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) no_room();
  ::unlink(name.c_str());
  file_.reset(::fdopen(descriptor, "w+"));
  if (!file_) {
    ::close(descriptor);
    no_room();
  }
}

void spool::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) no_room();
}

void spool::rewind() {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) no_room();
}

std::string spool::read(std::size_t most) {
  std::string bytes(most, '\0');
  bytes.resize(std::fread(bytes.data(), 1, most, file_.get()));
  if (bytes.empty() && std::ferror(file_.get()) != 0) no_room();
  return bytes;
}

}  // namespace lead_system::intake
