#include "reference_host/core/data/data_move.hpp"

#include <algorithm>

#include "reference_host/core/data/data_place.hpp"
#include "reference_host/core/data/postgresql_dump.hpp"
#include "reference_host/core/data/scratch_folder.hpp"
#include "reference_host/core/host.hpp"

namespace dms::reference {
namespace {

namespace fs = std::filesystem;

constexpr const char *host_schema = "dms_host";
constexpr const char *moving = "moving";  ///< a setting of the host while a move into the database is under way

fs::path plugin_file(const fs::path &data, const std::string &plugin) {
  return data / "plugins" / plugin / (plugin + ".db");
}

std::vector<std::string> plugins_with_files(const fs::path &data) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto &item : fs::directory_iterator(data / "plugins", none)) {
    const auto id = item.path().filename().string();
    if (fs::exists(plugin_file(data, id))) found.push_back(id);
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> plugins_of(database &host_data) {
  std::vector<std::string> found;
  host_data.read([&](soci::session &sql) {
    found.clear();
    std::string id;
    soci::statement rows = (sql.prepare << "select id from plugins order by id", soci::into(id));
    rows.execute();
    while (rows.fetch()) found.push_back(id);
  });
  return found;
}

/// What stands in the other engine is made by its owners: the host, and each plugin when it is enabled.
void make_schemas(const fs::path &folder, const std::string &place, const move_wish &wish,
                  const std::vector<std::string> &plugins) {
  host_options how;
  how.data_directory = folder;
  how.database = place;
  how.plugin_folders = wish.plugin_folders;
  host maker(std::move(how));
  if (maker.database().kind() == engine::postgresql) maker.data().settings.set("host", moving, "1");
  for (const auto &plugin : plugins) {
    const auto made = maker.plugins().enable(plugin, "");
    if (made.state != plugin_state::enabled) throw failure(dms_refused, made.reason);
  }
  maker.stop();
}

void use_schema(soci::session &sql, const std::string &schema) {
  sql << "set search_path = \"" + schema + '"';
}

/// The host's data, then each plugin's, of one moment.
template <typename Each>
void with_transaction(soci::session &sql, Each &&each) {
  begin_write(sql);
  try {
    each();
    sql << "commit";
  } catch (...) {
    roll_back(sql);
    throw;
  }
}

struct schema_file {
  std::string schema;
  fs::path file;
};

std::vector<schema_file> files_of(const fs::path &data, const std::vector<std::string> &plugins) {
  std::vector<schema_file> found{{host_schema, host_file(data)}};
  for (const auto &plugin : plugins) found.push_back({plugin, plugin_file(data, plugin)});
  return found;
}

std::vector<moved_schema> count_files(const std::vector<schema_file> &files) {
  std::vector<moved_schema> found;
  for (const auto &[schema, file] : files) found.push_back({schema, count_tables(*open_session(file.string()))});
  return found;
}

/// Nothing of a dealership may be there, but for what a move that broke off has left.
void check_goal(const std::string &address, const std::vector<std::string> &plugins) {
  auto wanted = plugins;
  wanted.emplace_back(host_schema);
  const auto there = schemas_there(address, wanted);
  if (there.empty()) return;
  int left_by_us = 0;
  if (std::ranges::find(there, host_schema) != there.end()) {
    *open_session(address) << "select count(*) from settings where scope = 'host' and key = 'moving'",
        soci::into(left_by_us);
  }
  if (left_by_us == 0) {
    throw failure(dms_refused, "There is a dealership in this database already. Name an empty one; nothing was moved.");
  }
}

void put_aside(const fs::path &file) {
  auto aside = file;
  aside += ".moved";
  fs::rename(file, aside);
  for (const char *beside : {"-wal", "-shm"}) {
    std::error_code none;
    fs::remove(file.string() + beside, none);
  }
}

/// Everything that SQLite keeps beside the file goes into it.
void close_log(const fs::path &file) {
  *open_session(file.string()) << "pragma wal_checkpoint(truncate)";
}

std::vector<moved_schema> into_database(const move_wish &wish, const fs::path &data) {
  const auto in_file = host_file(data);
  if (!fs::exists(in_file)) throw failure(dms_not_found, "There is no dealership in \"" + data.string() + "\".");
  if (remembered_database(data) == wish.database) {  // all but the last step was done
    put_aside(in_file);
    return {};
  }
  std::vector<std::string> plugins;
  {
    database own(in_file.string());
    // Of a version that kept only the plugins' data there: that is in its place already.
    const auto before = settings(own).get("host", "database");
    if (!before) plugins = plugins_with_files(data);
    check_goal(wish.database, plugins);
    if (!wish.dry_run) migrate(own);
  }
  const auto files = files_of(data, plugins);
  if (wish.dry_run) return count_files(files);
  const scratch_folder scratch(data, ".move-");
  make_schemas(scratch.path() / "data", wish.database, wish, plugins);
  std::vector<moved_schema> moved;
  const auto to = open_session(wish.database);
  with_transaction(*to, [&] {
    for (const auto &one : files) {
      const auto from = open_session(one.file.string());
      use_schema(*to, one.schema);
      with_transaction(*from, [&] { moved.push_back({one.schema, copy_tables(*from, *to)}); });
    }
    use_schema(*to, host_schema);
    *to << "delete from settings where scope = 'host' and key in ('database', 'moving')";
    *to << "select setval('customer_number', greatest(10000, coalesce(max(id), 0))) from customers";
  });
  for (const auto &one : files) close_log(one.file);
  remember_database(data, wish.database);
  for (auto one = files.rbegin(); one != files.rend(); ++one) put_aside(one->file);
  return moved;
}

void check_nobody_serves(soci::session &sql) {
  int others = 0;
  sql << "select count(*) from pg_catalog.pg_stat_activity where datname = current_database() "
         "and application_name = 'dms_host' and pid <> pg_backend_pid()",
      soci::into(others);
  if (others > 0) {
    throw failure(dms_refused, "Other hosts work on this database; stop them first. Nothing was moved.");
  }
}

std::vector<moved_schema> into_files(const move_wish &wish, const fs::path &data) {
  const auto address = remembered_database(data);
  if (address.empty()) {
    throw failure(dms_refused, "The dealership of \"" + data.string() + "\" is in files already.");
  }
  check_nobody_serves(*open_session(address));
  std::vector<std::string> plugins;
  {
    database own(address);
    migrate(own);
    plugins = schemas_there(address, plugins_of(own));
  }
  for (const auto &[schema, file] : files_of(data, plugins)) {
    if (fs::exists(file)) throw failure(dms_refused, "The file \"" + file.string() + "\" is already there.");
  }
  const auto from = open_session(address);
  std::vector<moved_schema> moved;
  const scratch_folder scratch(data, ".move-");
  const auto fresh = scratch.path() / "data";
  if (!wish.dry_run) make_schemas(fresh, "sqlite", wish, plugins);
  with_transaction(*from, [&] {
    for (const auto &one : files_of(fresh, plugins)) {
      use_schema(*from, one.schema);
      if (wish.dry_run) {
        moved.push_back({one.schema, count_tables(*from)});
        continue;
      }
      const auto to = open_session(one.file.string());
      with_transaction(*to, [&] { moved.push_back({one.schema, copy_tables(*from, *to)}); });
    }
  });
  if (wish.dry_run) return moved;
  for (const auto &plugin : plugins) {
    close_log(plugin_file(fresh, plugin));
    fs::create_directories(plugin_file(data, plugin).parent_path());
    fs::rename(plugin_file(fresh, plugin), plugin_file(data, plugin));
  }
  close_log(host_file(fresh));
  remember_database(data, {});
  fs::rename(host_file(fresh), host_file(data));
  return moved;
}

}  // namespace

std::vector<moved_schema> move_data(const move_wish &wish) {
  if (wish.data_directory.empty()) throw failure(dms_invalid, "Name the data directory: --data DIR, or set DMS_DATA.");
  if (!fs::is_directory(wish.data_directory)) {
    throw failure(dms_not_found, "There is no dealership in \"" + wish.data_directory.string() + "\".");
  }
  if (!wish.database.empty() && engine_of(wish.database) != engine::postgresql) {
    throw failure(dms_invalid, "The database is written as in postgresql://user@host/name, or \"sqlite\".");
  }
  const auto data = fs::canonical(wish.data_directory);
  serve_lock alone(data / "serve.lock");
  alone.take();
  try {
    return wish.database.empty() ? into_files(wish, data) : into_database(wish, data);
  } catch (const soci::soci_error &error) {
    const auto meaning = meaning_of(error);
    if (meaning == fault::other) throw;
    throw failure(dms_unavailable, sentence_for(meaning, error));
  }
}

}  // namespace dms::reference
