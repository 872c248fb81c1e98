#include "reference_host/core/data/one_moment.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

#include "dms/cpp/basics.hpp"

namespace dms::reference {

namespace {

namespace fs = std::filesystem;

constexpr int pages_at_once = 4096;

std::unique_ptr<soci::session> opened_file(const fs::path &file) {
  return std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file.string() + "\" timeout=10");
}

sqlite_api::sqlite3 *handle_of(soci::session &sql) {
  return static_cast<soci::sqlite3_session_backend &>(*sql.get_backend()).conn_;
}

}  // namespace

struct one_moment::reader {
  fs::path file;
  std::unique_ptr<soci::session> sql;
};

one_moment::one_moment(std::vector<fs::path> files) {
  try {
    std::vector<std::unique_ptr<soci::session>> locks;
    for (const auto &file : files) {
      locks.push_back(opened_file(file));
      *locks.back() << "begin immediate";
    }
    for (auto &file : files) {
      auto sql = opened_file(file);
      *sql << "begin";
      int tables = 0;
      *sql << "select count(*) from sqlite_master", soci::into(tables);  // the moment begins with the first look
      readers_.push_back(std::make_unique<reader>(reader{std::move(file), std::move(sql)}));
    }
    for (const auto &lock : locks) *lock << "rollback";
  } catch (const soci::soci_error &) {
    throw failure(dms_unavailable, "A database is in use for so long that it cannot be backed up; try again.");
  }
}

one_moment::~one_moment() = default;

void one_moment::copy(const fs::path &file, const fs::path &to) const {
  const auto found = std::find_if(readers_.begin(), readers_.end(), [&](const auto &one) { return one->file == file; });
  if (found == readers_.end()) throw failure(dms_failed, "The file \"" + file.string() + "\" came too late.");
  const auto into = opened_file(to);
  auto *copying = sqlite_api::sqlite3_backup_init(handle_of(*into), "main", handle_of(*(*found)->sql), "main");
  int state = copying == nullptr ? SQLITE_ERROR : SQLITE_OK;
  while (state == SQLITE_OK) state = sqlite_api::sqlite3_backup_step(copying, pages_at_once);
  if (copying != nullptr) sqlite_api::sqlite3_backup_finish(copying);
  if (state != SQLITE_DONE)
    throw failure(dms_unavailable, "The copy of a database cannot be written: is the disk full?");
}

}  // namespace dms::reference
