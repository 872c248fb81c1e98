// A backup back into an empty place: looked through as a whole first, written then, in force at one moment.
#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <map>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"
#include "dms/cpp/json.hpp"
#include "reference_host/core/data/backup.hpp"
#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/data/postgresql_dump.hpp"
#include "reference_host/core/data/scratch_folder.hpp"
#include "reference_host/core/data/serve_lock.hpp"
#include "reference_host/core/data/tar.hpp"
#include "reference_host/core/records/audit.hpp"

namespace dms::reference {
namespace {

namespace fs = std::filesystem;

constexpr auto contents_name = "backup.json";
constexpr auto dump_name = "postgresql.dump";
constexpr std::size_t largest_contents = std::size_t{64} << 20U;
constexpr std::uint64_t room_beside = std::uint64_t{16} << 20U;  ///< that a file system needs for itself

[[noreturn]] void not_ours(const std::string &name) {
  throw failure(dms_failed, "This is not a backup of this program: it holds \"" + name + "\".");
}

[[noreturn]] void changed_meanwhile() {
  throw failure(dms_failed, "The backup file was changed while it was restored. Nothing was restored.");
}

/// Names that a backup may hold: never one that leads out of the directory.
void check_name(const std::string &name) {
  const fs::path path(name);
  const bool safe = !name.empty() && name.find('\0') == std::string::npos && path.is_relative() &&
                    path.lexically_normal() == path && path.has_filename() && *path.begin() != "..";
  const bool known = name == "host.db" || name == dump_name || name == contents_name || name.starts_with("plugins/") ||
                     name.starts_with("inbox/");
  if (!safe || !known) not_ours(name);
}

/// Hands each file's bytes to `keep`, in pieces; returns the file's SHA-256.
template <typename Keep>
std::string through(tar_reader &from, Keep &&keep) {
  std::vector<char> buffer(std::size_t{1} << 16U);
  sha256_sum digest;
  for (auto count = from.read(buffer.data(), buffer.size()); count > 0;
       count = from.read(buffer.data(), buffer.size())) {
    digest.add(buffer.data(), count);
    keep(buffer.data(), count);
  }
  return digest.hex();
}

backup_summary read_contents(const std::string &text, const std::map<std::string, std::string> &files) {
  const auto stated = read_json(text).value_or(nlohmann::json());
  if (!stated.is_object() || stated.value("schema", "") != "dms.backup/1" || !stated.contains("contents")) {
    throw failure(dms_failed, "The backup was made by a newer version of this program; install that one.");
  }
  if (stated["contents"] != nlohmann::json(files)) {
    throw failure(dms_failed, "The backup file is damaged or cut off. Take another copy of it.");
  }
  backup_summary found;
  found.files = static_cast<std::int64_t>(files.size());
  found.bytes = stated.value("bytes", std::int64_t{0});
  found.made_us = stated.value("made_at_us", std::int64_t{0});
  found.host_version = stated.value("host_version", "");
  found.on_postgresql = files.contains(dump_name);
  if (found.on_postgresql) found.schemas = stated.value("schemas", found.schemas);
  return found;
}

/// Closed and on the disk, or a sentence.
class new_file {
 public:
  explicit new_file(const fs::path &file) {
    fs::create_directories(file.parent_path());
    descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor_ < 0) refuse();
  }
  new_file(const new_file &) = delete;
  new_file &operator=(const new_file &) = delete;
  ~new_file() { ::close(descriptor_); }
  void write(const char *bytes, std::size_t count) const {
    while (count > 0) {
      const auto written = ::write(descriptor_, bytes, count);
      if (written < 0) refuse();
      bytes += written;
      count -= static_cast<std::size_t>(written);
    }
  }
  void keep() const {
    if (::fsync(descriptor_) != 0) refuse();
  }

 private:
  [[noreturn]] static void refuse() {
    throw failure(dms_unavailable, "The backup cannot be unpacked: is the disk full? Nothing was restored.");
  }
  int descriptor_ = -1;
};

/// What a backup holds, with the digest of each file.
struct looked_through {
  backup_summary said;
  std::map<std::string, std::string> files;
};

looked_through look_through(tar_reader &from) {
  looked_through found;
  std::string contents;
  bool stated = false;
  while (const auto entry = from.next()) {
    check_name(entry->name);
    if (stated) not_ours(entry->name);
    if (entry->name == contents_name) {
      contents = from.read_all(largest_contents);
      stated = true;
      continue;
    }
    if (found.files.contains(entry->name)) not_ours(entry->name);
    found.files[entry->name] = through(from, [](const char *, std::size_t) {});
  }
  if (!stated || found.files.contains("host.db") == found.files.contains(dump_name)) {
    throw failure(dms_failed, "This is not a backup of this program: it does not say what it holds.");
  }
  found.said = read_contents(contents, found.files);
  return found;
}

/// The same open file once more. Whoever may write it may do so meanwhile, so what is written is checked again.
void unpack(tar_reader &from, std::map<std::string, std::string> files, const fs::path &into) {
  from.start();
  while (const auto entry = from.next()) {
    if (entry->name == contents_name) continue;
    const auto known = files.find(entry->name);
    if (known == files.end()) changed_meanwhile();
    const new_file to(into / entry->name);
    if (through(from, [&](const char *bytes, std::size_t count) { to.write(bytes, count); }) != known->second) {
      changed_meanwhile();
    }
    to.keep();
    files.erase(known);
  }
  if (!files.empty()) changed_meanwhile();
}

void check_database(const fs::path &file) {
  std::string answer;
  try {
    soci::session sql(soci::sqlite3, "dbname=\"" + file.string() + "\"");
    sql << "pragma quick_check(1)", soci::into(answer);
  } catch (const soci::soci_error &) {
    answer.clear();
  }
  if (answer != "ok") {
    throw failure(dms_failed, "The database \"" + file.filename().string() + "\" in the backup is damaged.");
  }
}

void check_databases(const fs::path &in) {
  for (const auto &item : fs::recursive_directory_iterator(in)) {
    if (item.is_regular_file() && item.path().extension() == ".db") check_database(item.path());
  }
}

/// As the restored host begins: with nobody signed in, and its own line in the audit log.
void prepare(const std::string &place, const restore_wish &wish, const backup_summary &found, std::int64_t now_us) {
  database host_data(place);
  migrate(host_data);
  host_data.write([](soci::session &sql) { sql << "delete from sessions"; });
  audit(host_data).write(
      {0, now_us, {}, "command_line", "restore", wish.file.filename().string(), std::to_string(found.files)});
}

/// Never over a dealership: the database that the backup was made of may be the one that is worked with.
void check_goal(const restore_wish &wish, const backup_summary &found) {
  const bool to_postgresql = wish.database && engine_of(*wish.database) == engine::postgresql;
  if (found.on_postgresql && !to_postgresql) {
    throw failure(dms_refused,
                  "This backup is of a dealership on PostgreSQL. Name an empty database for it: --database "
                  "postgresql://user@host/name");
  }
  if (!found.on_postgresql && to_postgresql) {
    throw failure(dms_refused,
                  "This backup is of a dealership in files. Restore it without --database; \"dms_host database move\" "
                  "brings it to PostgreSQL then.");
  }
  if (!to_postgresql) return;
  try {
    if (schemas_there(*wish.database, found.schemas).empty()) return;
  } catch (const soci::soci_error &reason) {
    throw failure(dms_unavailable, sentence_for(meaning_of(reason), reason));
  }
  throw failure(dms_refused,
                "There is a dealership in this database already. Name an empty one; nothing was restored.");
}

/// The place that a backup is restored to; nothing is left of it unless it was kept.
class empty_place {
 public:
  explicit empty_place(const fs::path &folder) : folder_(folder) {
    if (folder.empty()) throw failure(dms_invalid, "Name the data directory: --data DIR, or set DMS_DATA.");
    std::error_code reason;
    if (fs::exists(folder) && !fs::is_directory(folder)) refuse_full();
    made_ = fs::create_directories(folder, reason);
    if (reason) {
      throw failure(dms_unavailable,
                    "The data directory \"" + folder.string() + "\" cannot be made: check its name and its rights.");
    }
    if (made_) fs::permissions(folder, fs::perms::owner_all);
    for (const auto &item : fs::directory_iterator(folder)) {
      // Of a restore that was killed, and the lock of one that is running, which is asked for next.
      const auto name = item.path().filename().string();
      if (!name.starts_with(".restore-") && name != "serve.lock") refuse_full();
    }
    lock_.emplace(folder / "serve.lock");
    lock_->take();
    for (const auto &item : fs::directory_iterator(folder)) {
      if (item.path().filename().string().starts_with(".restore-")) fs::remove_all(item.path());
    }
  }
  empty_place(const empty_place &) = delete;
  empty_place &operator=(const empty_place &) = delete;
  ~empty_place() {
    lock_.reset();
    if (kept_) return;
    std::error_code none;
    for (const auto *name : {"plugins", "inbox", "database", "serve.lock"}) fs::remove_all(folder_ / name, none);
    if (made_) fs::remove(folder_, none);
  }

  /// host.db, or the address of the database, last: without it there is no dealership.
  void fill_from(const fs::path &unpacked) {
    for (const auto *name : {"plugins", "inbox", "database", "host.db"}) {
      if (fs::exists(unpacked / name)) fs::rename(unpacked / name, folder_ / name);
      sync();
    }
    kept_ = true;
  }

 private:
  void sync() const {
    const int descriptor = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
  }
  [[noreturn]] void refuse_full() const {
    throw failure(dms_refused, "The directory \"" + folder_.string() +
                                   "\" is not empty. Name one that is not there yet; nothing was restored.");
  }
  fs::path folder_;
  std::optional<serve_lock> lock_;
  bool made_ = false, kept_ = false;
};

}  // namespace

backup_summary check_backup(const fs::path &file) {
  tar_reader from(file);
  return look_through(from).said;
}

backup_summary restore_backup(const restore_wish &wish, std::int64_t now_us) {
  tar_reader from(wish.file);
  const auto [found, files] = look_through(from);
  check_goal(wish, found);
  empty_place place(wish.data_directory);
  const auto needed = static_cast<std::uint64_t>(found.bytes) + room_beside;
  std::error_code unknown;
  if (const auto room = fs::space(wish.data_directory, unknown); !unknown && room.available < needed) {
    throw failure(dms_unavailable, "There is too little room on the disk for what the backup holds.");
  }
  const scratch_folder unpacked(wish.data_directory, ".restore-");
  unpack(from, files, unpacked.path());
  check_databases(unpacked.path());
  auto place_of_host = (unpacked.path() / "host.db").string();
  if (found.on_postgresql) {
    place_of_host = *wish.database;
    restore_dump(place_of_host, unpacked.path() / dump_name);
    remember_database(unpacked.path(), place_of_host);
  }
  prepare(place_of_host, wish, found, now_us);
  place.fill_from(unpacked.path());
  return found;
}

}  // namespace dms::reference
