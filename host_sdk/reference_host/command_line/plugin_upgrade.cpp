// Another version of a plugin in the place of the one that is there: looked at first, with a backup, and put back where
// it does not start.
#include <unistd.h>

#include <iostream>
#include <optional>

#include "host_core/plugin_data_copy.hpp"
#include "host_core/plugin_signature.hpp"
#include "loader/loader.hpp"
#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/data/backup.hpp"

namespace dms::reference::command_line {
namespace {

namespace files = std::filesystem;

struct upgrade_options {
  std::string file, backup;
};

/// Everything that can be known without running anything of it.
void check_offered(const manifest &offered) {
  if (offered.abi_major != DMS_ABI_MAJOR) {
    throw failure(dms_refused, said("It is made for interface version {1}, this host speaks version {2}.",
                                    std::to_string(offered.abi_major), std::to_string(DMS_ABI_MAJOR)));
  }
  if (!files::is_regular_file(offered.library) || sha256_of_file(offered.library) != offered.sha256) {
    throw failure(dms_refused,
                  said("The library beside \"{1}\" is not the one that it describes (SHA-256 differs): get "
                       "it again.",
                       offered.file.string()));
  }
}

/// Library and manifest of the plugin folder, which go aside while others stand in their place.
class place_of_plugin {
 public:
  explicit place_of_plugin(const manifest &there) : folder_(there.file.parent_path()), there_(there) {
    aside_ = folder_ / ".before_upgrade";
    if (::access(folder_.c_str(), W_OK) != 0) {
      throw failure(dms_refused, said("This account cannot write \"{1}\": what a package brought is upgraded by the "
                                      "package manager.",
                                      folder_.string()));
    }
  }
  /// Aside, before anything is changed. What an earlier try left there is the one of before still.
  void keep() {
    fresh_ = files::create_directory(aside_);
    for (const auto &each : {there_.file, there_.library, signature_of(there_.file)}) {
      const auto kept = aside_ / each.filename();
      if (files::exists(each) && !files::exists(kept)) copy_into(each, kept);
    }
  }
  /// The library first: a manifest never names one that is not there yet.
  void put(const manifest &offered) {
    copy_into(offered.library, folder_ / offered.library.filename());
    copy_into(signature_of(offered.file), signature_of(there_.file));
    copy_into(offered.file, there_.file);
  }
  void put_back() {
    for (const auto &each : {there_.library, signature_of(there_.file), there_.file}) {
      copy_into(aside_ / each.filename(), each);
    }
  }
  void settle() const { files::remove_all(aside_); }
  /// Nothing was changed: what this try kept must not be taken for what was there at the next one.
  void let_go() const {
    if (fresh_) settle();
  }
  const files::path &aside() const noexcept { return aside_; }

 private:
  static files::path signature_of(const files::path &manifest) { return files::path(manifest).concat(".sig"); }
  /// Whole or not at all; where there is none, there is none then.
  static void copy_into(const files::path &from, const files::path &to) {
    if (!files::exists(from)) {
      files::remove(to);
      return;
    }
    const auto part = files::path(to).concat(".part");
    files::copy_file(from, part, files::copy_options::overwrite_existing);
    files::rename(part, to);
  }

  files::path folder_, aside_;
  manifest there_;
  bool fresh_ = false;  ///< nothing was left aside before
};

manifest installed(host &of, const std::string &id) {
  for (const auto &file : find_manifests(of.plugin_folders())) {
    if (file.stem() != id) continue;
    auto found = read_manifest(file);
    if (found.id == id) return found;
  }
  throw failure(dms_not_found, "There is no plugin \"" + id + "\" in the plugin folders.");
}

/// Files, data and the run of before, whatever of them changed; what is not as it was, empty where all is.
std::string taken_back(host &of, const std::string &id, bool runs, place_of_plugin &place,
                       const std::optional<plugin_data_copy> &data) {
  try {
    if (runs) turn_plugin(of, id, false);
    place.put_back();
    if (data) data->put_back();
    const bool again = !runs || turn_plugin(of, id, true).state == plugin_state::enabled;
    place.settle();
    return again ? std::string{} : said("The one of before is in place again, but does not start: look at the log.");
  } catch (const std::exception &reason) {
    return said("The one of before could not be put back ({1}): its files are in {2}, the data in the backup.",
                said(reason.what()), place.aside().string());
  }
}

/// What became of it, as a sentence.
std::string upgrade(host &of, const manifest &offered, const std::string &backup) {
  const auto there = installed(of, offered.id);
  if (there.sha256 == offered.sha256 && there.version == offered.version) return said("It is in place already.");
  if (const auto makers = of.data().settings.get("host", trusted_makers)) check_signature(offered.file, *makers);
  place_of_plugin place(there);
  const auto before = of.plugins().status(offered.id);
  const bool runs = before && before->wanted;
  of.backup(backup);
  std::cerr << said("Backup: {1}", backup) << '\n';
  place.keep();
  if (runs) {
    if (const auto now = turn_plugin(of, offered.id, false); now.state != plugin_state::disabled) {
      place.let_go();
      throw failure(dms_refused, said("Nothing was changed: {1}", said(now.reason)));
    }
  }
  std::optional<plugin_data_copy> data;
  try {
    data.emplace(of.data_directory(), offered.id);
    place.put(offered);
    if (runs) {
      if (const auto now = turn_plugin(of, offered.id, true); now.state != plugin_state::enabled) {
        throw failure(dms_failed, now.reason);
      }
    }
  } catch (const std::exception &reason) {
    const auto trouble = taken_back(of, offered.id, runs, place, data);
    if (!trouble.empty()) {
      throw failure(dms_failed,
                    said("Version {1} does not start: {2}", offered.version, said(reason.what())) + ' ' + trouble);
    }
    throw failure(dms_failed, runs ? said("Version {1} does not start, the one of before runs again: {2}",
                                          offered.version, said(reason.what()))
                                   : said("Version {1} could not be put in place, the one of before is there: {2}",
                                          offered.version, said(reason.what())));
  }
  place.settle();
  of.record({0, of.clock().now_us(), "", "command_line", "plugin.upgrade", "plugin " + offered.id,
             there.version + " -> " + offered.version});
  return said("\"{1}\" is version {2} now.", offered.id, offered.version);
}

int run_upgrade(const target &of, const upgrade_options &how) {
  const auto offered = read_manifest(files::absolute(how.file));
  check_offered(offered);
  const auto on = open_host(of);
  auto backup = how.backup;
  if (backup.empty()) {
    const auto folder = on->data_directory() / "backups";
    files::create_directories(folder);
    backup = (folder / (offered.id + "-before-" + offered.version + '-' +
                        std::to_string(on->clock().now_us() / 1000000) + ".backup"))
                 .string();
  }
  std::cout << upgrade(*on, offered, backup) << '\n';
  on->stop();
  return ended_well;
}

}  // namespace

void add_plugin_upgrade(CLI::App &family, target &of, chosen &run) {
  auto *command = family.add_subcommand(
      "upgrade",
      "Put another version in the place of a plugin, with a backup; the one of before where it does not start");
  auto how = std::make_shared<upgrade_options>();
  add_target(*command, of);
  command->add_option("file", how->file, "Its manifest, with its library beside it")->required()->type_name("FILE");
  command->add_option("--backup", how->backup, "Where the backup of before goes; else backups in the data directory")
      ->type_name("FILE");
  command->callback([&of, &run, how] { run = [&of, how] { return run_upgrade(of, *how); }; });
}

}  // namespace dms::reference::command_line
