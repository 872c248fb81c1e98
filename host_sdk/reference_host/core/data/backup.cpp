#include "reference_host/core/data/backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "host_core/opened.hpp"
#include "reference_host/core/data/one_moment.hpp"
#include "reference_host/core/data/postgresql_dump.hpp"
#include "reference_host/core/data/scratch_folder.hpp"
#include "reference_host/core/data/tar.hpp"
#include "reference_host/core/host.hpp"
#include "reference_host/core/version.hpp"

namespace dms::reference {
namespace {

namespace fs = std::filesystem;

constexpr int most_looks = 200;  ///< through an inbox in which files come and go

bool side_file(const fs::path &file) {
  const auto name = file.filename().string();
  return name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal");
}

bool plain(const fs::path &file) {
  std::error_code gone;
  return fs::symlink_status(file, gone).type() == fs::file_type::regular;
}

class backup_in_the_making {
 public:
  backup_in_the_making(const fs::path &data, const fs::path &scratch)
      : data_(data), copy_(scratch / "copy"), tar_(scratch / "backup.tar") {}

  /// First of all: what waits here now is in the backup, or its leads are in the database that is copied later.
  void add_inbox() {
    const auto inbox = open_folder(data_ / "inbox");
    for (const auto &source : names_in(inbox)) {
      const auto folder = open_folder(inbox, source);
      for (int look = 0; look < most_looks && !all_of_source(folder, "inbox/" + source + '/'); ++look) {
      }
    }
  }

  /// Files before databases: what a file was read into is in the database then.
  void add_plugins() {
    for (const auto &item : files_of_plugins()) {
      if (item.extension() != ".db") {
        const opened file(::open(item.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        add_copy(file, file ? 0 : errno,
                 name_of(item));  // gone meanwhile: a message that was sent, a payload that was read
      }
    }
  }
  /// Those of the plugins and, on SQLite, the host's: of one moment, as what one says of the other is true then.
  /// Plugins first: they call the host while they write, the host calls nobody.
  void add_databases(bool with_host) {
    std::vector<fs::path> databases;
    for (const auto &item : files_of_plugins()) {
      if (item.extension() == ".db") databases.push_back(item);
    }
    if (with_host) databases.push_back(data_ / "host.db");
    const one_moment now(databases);
    for (const auto &file : databases) {
      now.copy(file, copy_);
      add(copy_, name_of(file));
    }
  }
  /// Host and plugins in one look at the database.
  void add_schemas(const database &of, const std::vector<std::string> &schemas) {
    dump_schemas(of.place(), schemas, copy_);
    add(copy_, "postgresql.dump");
  }

  backup_summary finish(backup_summary made) {
    made.files = static_cast<std::int64_t>(files_.size());
    made.bytes = bytes_;
    auto contents = to_document(made);
    contents["contents"] = files_;
    tar_.add_text(contents.dump(1), "backup.json");
    tar_.finish();
    return made;
  }

 private:
  std::vector<fs::path> files_of_plugins() const {
    std::vector<fs::path> found;
    const auto plugins = data_ / "plugins";
    if (!fs::is_directory(plugins)) return found;
    for (const auto &item : fs::recursive_directory_iterator(plugins)) {
      if (plain(item.path()) && !side_file(item.path())) found.push_back(item.path());
    }
    std::sort(found.begin(), found.end());
    return found;
  }
  std::string name_of(const fs::path &file) const { return file.lexically_relative(data_).string(); }

  /// False when a file was moved on while this looked: then it stands somewhere else now.
  bool all_of_source(const opened &source, const std::string &title) {
    bool all = true;
    // In the order in which files move.
    for (const std::string inner : {"", "new/", ".work/", "quarantine/"}) {
      const auto folder = open_folder(source, inner.empty() ? "." : inner.substr(0, inner.size() - 1));
      const bool own = inner.starts_with('.') || inner.starts_with('q');
      for (const auto &name : names_in(folder)) {
        const auto whole = title + inner + name;
        if (names_.contains(whole)) continue;
        const auto file = own ? open_plain_file(folder, name) : open_handed_in(folder, name);
        all = add_copy(file, file ? 0 : errno, whole) && all;
      }
    }
    return all;
  }

  /// Of a file that others may write, move or remove; false when it is gone. Folders and links are passed over.
  bool add_copy(const opened &file, int reason, const std::string &name) {
    if (reason == ENOENT) return false;
    if (reason == ELOOP || reason == EMLINK) return true;
    const opened copy(::open(copy_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file || !copy || !copy_bytes(file, copy)) {
      throw failure(dms_unavailable, "The file \"" + fs::path(name).filename().string() + "\" cannot be read.");
    }
    add(copy_, name);
    return true;
  }

  void add(const fs::path &file, const std::string &name) {
    const auto size = fs::file_size(file);
    files_[name] = tar_.add(file, name);
    names_.insert(name);
    bytes_ += static_cast<std::int64_t>(size);
    fs::remove(file);
  }

  fs::path data_, copy_;
  tar_writer tar_;
  nlohmann::json files_ = nlohmann::json::object();  ///< SHA-256 by name
  std::set<std::string> names_;
  std::int64_t bytes_ = 0;
};

/// The host's schema, and that of each plugin that was ever enabled: it has the plugin's id.
std::vector<std::string> schemas_of(const database &of) {
  std::vector<std::string> wanted;
  of.read([&](soci::session &sql) {
    wanted = {"dms_host"};
    std::string plugin;
    soci::statement rows = (sql.prepare << "select id from plugins order by id", soci::into(plugin));
    rows.execute();
    while (rows.fetch()) wanted.push_back(plugin);
  });
  return schemas_there(of.place(), wanted);
}

/// Onto the disk and under its name, or not at all.
void put_in_place(const fs::path &made, const fs::path &to) {
  // Across mounts, so no rename from the data directory: the copy beside the goal is renamed.
  const auto beside = to.parent_path() / ("." + to.filename().string() + "." + random_hex(6));
  std::error_code reason;
  fs::copy_file(made, beside, reason);
  if (!reason) {
    fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write, reason);
    const int descriptor = ::open(beside.c_str(), O_RDONLY | O_CLOEXEC);
    const bool kept = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    // A hard link refuses what is there already; not every file system has them.
    if (kept) fs::create_hard_link(beside, to, reason);
    if (kept && reason && !fs::exists(to)) {
      fs::rename(beside, to, reason);
      if (!reason) return;
    }
    if (!kept) reason = std::make_error_code(std::errc::io_error);
  }
  std::error_code none;
  fs::remove(beside, none);
  if (!reason) return;
  if (fs::exists(to)) throw failure(dms_refused, "The file \"" + to.string() + "\" is already there.");
  throw failure(dms_unavailable, "The backup file cannot be written: is the disk full?");
}

}  // namespace

nlohmann::json to_document(const backup_summary &made) {
  return {{"schema", "dms.backup/1"},
          {"files", made.files},
          {"bytes", made.bytes},
          {"made_at_us", made.made_us},
          {"host_version", made.host_version},
          {"on_postgresql", made.on_postgresql},
          {"schemas", made.schemas}};
}

backup_summary write_backup(const database &of, const fs::path &data_directory, const fs::path &to,
                            std::int64_t now_us) {
  if (fs::exists(to)) throw failure(dms_refused, "The file \"" + to.string() + "\" is already there.");
  if (!fs::is_directory(to.parent_path())) {
    throw failure(dms_not_found, "There is no folder \"" + to.parent_path().string() + "\".");
  }
  forget_abandoned(data_directory);
  const scratch_folder scratch(data_directory, ".backup-");
  backup_in_the_making making(data_directory, scratch.path());
  making.add_inbox();
  making.add_plugins();
  backup_summary made;
  made.on_postgresql = of.kind() == engine::postgresql;
  making.add_databases(!made.on_postgresql);
  if (made.on_postgresql) {
    made.schemas = schemas_of(of);
    making.add_schemas(of, made.schemas);
  }
  made.made_us = now_us;
  made.host_version = host_version;
  made = making.finish(made);
  put_in_place(scratch.path() / "backup.tar", to);
  return made;
}

backup_summary host::backup(const fs::path &to) {
  auto made = write_backup(*database_, how_.data_directory, fs::absolute(to), clock_.now_us());
  record({0, clock_.now_us(), {}, "command_line", "backup", to.filename().string(), std::to_string(made.files)});
  return made;
}

}  // namespace dms::reference
