#include "loader/loader.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <map>
#include <mutex>
#include <utility>

#include "loader/survive.hpp"

namespace dms {
namespace {

/// Libraries of this process, mapped for good: kept in a map that is never destroyed, since destructors at exit would
/// unload code that other threads or static objects may still use.
class mapped_libraries {
 public:
  static mapped_libraries &instance() {
    static auto *forever = new mapped_libraries;
    return *forever;
  }
  /// Maps a private copy: an admin may install over a library whose pages this process still runs, and what was checked
  /// is what is mapped. The same bytes are mapped once; others of the same name are another library.
  const boost::dll::shared_library &load(const std::filesystem::path &file, const std::string &digest) {
    const std::lock_guard lock(mutex_);
    auto &library = by_digest_[file.string() + ' ' + digest];
    if (!library.is_loaded()) {
      const private_copy copy(file);
      if (sha256_of_file(copy.file()) != digest) {
        throw failure(dms_refused, "The library " + file.filename().string() +
                                       " changed while it was loaded; install the plugin again.");
      }
      // The throwing overload: only it tells the cause. Exactly this file, all symbols now, none for others.
      library.load(boost::dll::fs::path(copy.file().string()),
                   boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    }
    return library;
  }
  bool knows(const manifest &what) {
    const std::lock_guard lock(mutex_);
    const auto found = by_digest_.find(what.library.string() + ' ' + what.sha256);
    return found != by_digest_.end() && found->second.is_loaded();
  }

 private:
  /// A copy that nobody else can write; its name goes with this object, what is mapped of it stays.
  class private_copy {
   public:
    explicit private_copy(const std::filesystem::path &of) {
      auto pattern = (std::filesystem::temp_directory_path() / "dms-plugin-XXXXXX").string();
      if (::mkdtemp(pattern.data()) == nullptr) {
        throw failure(dms_unavailable, "The library " + of.filename().string() +
                                           " cannot be copied to be loaded; is the temporary folder full?");
      }
      folder_ = pattern;
      std::error_code problem;
      std::filesystem::copy_file(of, file_ = folder_ / of.filename(), problem);
      if (problem) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
        throw failure(dms_unavailable, "The library " + of.filename().string() +
                                           " cannot be copied to be loaded: " + problem.message() + ".");
      }
    }
    private_copy(const private_copy &) = delete;
    private_copy &operator=(const private_copy &) = delete;
    ~private_copy() {
      std::error_code ignored;
      std::filesystem::remove_all(folder_, ignored);
    }
    const std::filesystem::path &file() const noexcept { return file_; }

   private:
    std::filesystem::path folder_, file_;
  };

  std::mutex mutex_;
  std::map<std::string, boost::dll::shared_library> by_digest_;
};

std::string reason(const dms_error &error, dms_status status) {
  if (error.message[0] != '\0') return error.message;
  return "it gave no reason (status " + std::to_string(status) + ")";
}

/// Whoever may write the library and its manifest decides what this process runs: root, the account that runs it, or
/// the one that its own program is of.
void check_keepers(const manifest &what) {
  struct stat program {};
  const bool known = ::stat("/proc/self/exe", &program) == 0;
  for (const auto &path : {what.file.parent_path(), what.file, what.library}) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) continue;
    const bool ours = about.st_uid == 0 || about.st_uid == ::geteuid() || (known && about.st_uid == program.st_uid);
    if (ours && (about.st_mode & S_IWOTH) == 0) continue;
    throw failure(dms_refused, "\"" + path.string() +
                                   "\" can be written by others than who runs this host, so nothing of "
                                   "it is loaded. Take that right away from them.");
  }
}

void check_library(const manifest &what, const std::string &label) {
  if (what.abi_major != DMS_ABI_MAJOR) {
    throw failure(dms_refused, label + " is made for interface version " + std::to_string(what.abi_major) +
                                   ", this host speaks version " + std::to_string(DMS_ABI_MAJOR) + ".");
  }
  if (!std::filesystem::is_regular_file(what.library)) {
    throw failure(dms_not_found, "The library " + what.library.filename().string() + " of the plugin " + what.id +
                                     " is missing; install the plugin again.");
  }
  check_keepers(what);
  if (sha256_of_file(what.library) != what.sha256) {
    throw failure(dms_refused, "The library " + what.library.filename().string() + " of the plugin " + what.id +
                                   " is not the one that its manifest describes (SHA-256 differs); install the "
                                   "plugin again.");
  }
}

const dms_plugin_entry *find_entry(const manifest &what, const std::string &label) {
  try {
    const auto &library = mapped_libraries::instance().load(what.library, what.sha256);
    if (!library.has(DMS_PLUGIN_ENTRY_SYMBOL)) {
      throw failure(dms_refused, label + " does not export the function " DMS_PLUGIN_ENTRY_SYMBOL ".");
    }
    const auto *entry = library.get<const dms_plugin_entry *()>(DMS_PLUGIN_ENTRY_SYMBOL)();
    if (entry == nullptr) throw failure(dms_refused, label + " returns no entry.");
    return entry;
  } catch (const boost::system::system_error &cause) {
    throw failure(dms_failed, label + " cannot be loaded: " + cause.what() + ".");
  }
}

void check_entry(const dms_plugin_entry &entry, const std::string &label) {
  if (entry.struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0) {
    throw failure(dms_refused,
                  label + " describes itself in too small a struct (" + std::to_string(entry.struct_size) + " bytes).");
  }
  if (entry.abi_major != DMS_ABI_MAJOR) {
    throw failure(dms_refused, label + " was built for interface version " + std::to_string(entry.abi_major) +
                                   ", this host speaks version " + std::to_string(DMS_ABI_MAJOR) + ".");
  }
  if (entry.min_host_minor > DMS_ABI_MINOR) {
    throw failure(dms_refused, label + " needs a newer host (interface " + std::to_string(DMS_ABI_MAJOR) + "." +
                                   std::to_string(entry.min_host_minor) + ", this one has " +
                                   std::to_string(DMS_ABI_MAJOR) + "." + std::to_string(DMS_ABI_MINOR) + ").");
  }
  if (entry.init == nullptr || entry.deinit == nullptr || entry.describe == nullptr || entry.create == nullptr) {
    throw failure(dms_refused, label + " lacks one of its entry functions.");
  }
}

/// The value of "id" in the description; it is one flat object, so that the loader needs no JSON library.
std::string described_id(const std::string &description) {
  auto at = description.find("\"id\"");
  if (at == std::string::npos) return {};
  at = description.find('"', description.find(':', at));
  const auto end = at == std::string::npos ? at : description.find('"', at + 1);
  return end == std::string::npos ? std::string{} : description.substr(at + 1, end - at - 1);
}

void check_description(const dms_plugin_entry &entry, const manifest &what, const std::string &label) {
  string_sink description(65536);
  auto error = no_error();
  const auto status = survive(error, [&] { return entry.describe(description.get(), &error); });
  if (status != dms_ok) throw failure(dms_refused, label + " does not describe itself: " + reason(error, status));
  if (const auto id = described_id(description.text()); id != what.id) {
    throw failure(dms_refused, label + " calls itself \"" + id + "\" in its library: manifest and library differ.");
  }
}

void check_services(const manifest &what, const dms_host *from, const std::string &label) {
  for (const auto &id : what.required) {
    if (from->get_service(from, str(id)) == nullptr) {
      throw failure(dms_unsupported, label + " needs the service " + id + ", which this host does not have.");
    }
  }
}

bool complete(const dms_plugin &made) {
  return made.struct_size >= DMS_PLUGIN_SIZE_1_0 && made.init != nullptr && made.activate != nullptr &&
         made.deactivate != nullptr && made.destroy != nullptr && made.get_extension != nullptr;
}

}  // namespace

loaded_plugin::loaded_plugin(const manifest &what, const dms_host *from, bool as_it_was)
    : label_("The plugin " + what.id) {
  if (!as_it_was || !mapped_libraries::instance().knows(what)) check_library(what, label_);
  check_services(what, from, label_);
  const auto *entry = find_entry(what, label_);
  check_entry(*entry, label_);
  auto error = no_error();
  if (const auto status = survive(error, [&] { return entry->init(&error); }); status != dms_ok) {
    throw failure(status, label_ + " cannot be started: " + reason(error, status));
  }
  try {
    check_description(*entry, what, label_);
  } catch (const failure &) {
    entry->deinit();
    throw;
  }
  entry_ = entry;
  auto status = survive(error, [&]() -> dms_status {
    plugin_ = entry->create(&error);
    return plugin_ != nullptr ? dms_ok : dms_failed;
  });
  if (status == dms_ok && !complete(*plugin_)) {
    entry->deinit();
    throw failure(dms_refused, label_ + " makes an instance with too small a struct or without its functions.");
  }
  if (status == dms_ok) status = survive(error, [&] { return plugin_->init(plugin_, from, &error); });
  if (status != dms_ok) {
    if (plugin_ != nullptr) plugin_->destroy(plugin_);
    entry->deinit();
    throw failure(status, label_ + " cannot be started: " + reason(error, status));
  }
}

loaded_plugin::~loaded_plugin() {
  deactivate();
  auto error = no_error();
  survive(error, [&]() -> dms_status {
    plugin_->destroy(plugin_);
    entry_->deinit();
    return dms_ok;
  });
}

void loaded_plugin::activate(const dms_call *who, const dms_progress *progress) {
  auto error = no_error();
  const auto status = survive(error, [&] { return plugin_->activate(plugin_, who, progress, &error); });
  if (status != dms_ok) throw failure(status, label_ + " cannot be enabled: " + reason(error, status));
  active_ = true;
}

void loaded_plugin::deactivate() noexcept {
  if (!std::exchange(active_, false)) return;
  auto error = no_error();
  survive(error, [&]() -> dms_status {
    plugin_->deactivate(plugin_);
    return dms_ok;
  });
}

const void *loaded_plugin::extension(std::string_view id) const noexcept {
  const void *found = nullptr;
  auto error = no_error();
  survive(error, [&]() -> dms_status {
    found = plugin_->get_extension(plugin_, str(id));
    return dms_ok;
  });
  return found;
}

}  // namespace dms
