#include "reference_host/core/data/data_place.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string_view>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/data/dialect.hpp"

namespace dms::reference {
namespace {

namespace fs = std::filesystem;

constexpr const char *name_of_address = "database";

[[noreturn]] void cannot_write(const fs::path &folder) {
  throw failure(dms_unavailable, "The data directory \"" + folder.string() + "\" cannot be written.");
}

void sync(const fs::path &what, int how) {
  const int descriptor = ::open(what.c_str(), how | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

fs::path host_file(const fs::path &data_directory) {
  return data_directory / "host.db";
}

std::string remembered_database(const fs::path &data_directory) {
  std::string address;
  std::ifstream file(data_directory / name_of_address);
  std::getline(file, address);
  return address;
}

void remember_database(const fs::path &data_directory, const std::string &address) {
  const auto file = data_directory / name_of_address, fresh = data_directory / ".database.new";
  std::error_code reason;
  if (address.empty()) {
    fs::remove(file, reason);
    if (reason) cannot_write(data_directory);
    return sync(data_directory, O_RDONLY | O_DIRECTORY);
  }
  if (address == remembered_database(data_directory)) return;
  // The address may hold a password.
  const int made = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (made < 0) cannot_write(data_directory);
  const auto line = address + '\n';
  const bool written =
      ::write(made, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(made) == 0;
  ::close(made);
  if (written) fs::rename(fresh, file, reason);
  if (!written || reason) cannot_write(data_directory);
  sync(data_directory, O_RDONLY | O_DIRECTORY);
}

std::string place_of_data(const fs::path &data_directory, const std::optional<std::string> &wish) {
  const auto remembered = remembered_database(data_directory);
  const auto in_file = host_file(data_directory);
  const bool to_file = wish ? *wish == "sqlite" : remembered.empty();
  if (wish && !to_file && engine_of(*wish) != engine::postgresql) {
    throw failure(dms_invalid, "The database is written as in postgresql://user@host/name, or \"sqlite\".");
  }
  if (to_file) {
    if (!remembered.empty()) {
      throw failure(dms_refused, "The dealership of \"" + data_directory.string() +
                                     "\" is on PostgreSQL. Bring it back first: dms_host database move --to-sqlite "
                                     "--data \"" +
                                     data_directory.string() + "\"");
    }
    return in_file.string();
  }
  if (fs::exists(in_file)) {
    throw failure(dms_refused, "The dealership of \"" + data_directory.string() +
                                   "\" is in files there. Move it into the database first: dms_host database move "
                                   "--database URL --data \"" +
                                   data_directory.string() + "\"");
  }
  return wish ? *wish : remembered;
}

std::string shown_database(const std::string &address) {
  auto shown = address;
  const auto from = shown.find("://"), at = shown.find('@');
  const auto colon = from == std::string::npos ? from : shown.find(':', from + 3);
  if (at != std::string::npos && colon < at) shown.erase(colon, at - colon);
  constexpr std::string_view told = "password=";
  for (auto hit = shown.find(told); hit != std::string::npos; hit = shown.find(told, hit)) {
    shown.erase(hit, shown.find_first_of("& ", hit) - hit);
  }
  return shown;
}

bool holds_password(const std::string &address) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> parsed(
      ::PQconninfoParse(address.c_str(), nullptr), &::PQconninfoFree);
  if (!parsed) return false;
  for (const auto *option = parsed.get(); option->keyword != nullptr; ++option) {
    const std::string_view name = option->keyword;
    if ((name == "password" || name == "sslpassword") && option->val != nullptr) return true;
  }
  return false;
}

}  // namespace dms::reference
