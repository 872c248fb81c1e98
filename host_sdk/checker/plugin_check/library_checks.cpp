// What a library promises before there is an instance of it.
#include <dlfcn.h>

#include "checker/plugin_check/exports.hpp"
#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

constexpr int loads = 50;

void one_export(const subject &of) {
  const auto found = exported_symbols(of.plugin.library);
  require(found.size() == 1 && found.front() == DMS_PLUGIN_ENTRY_SYMBOL,
          "it exports " + std::to_string(found.size()) + " symbols" +
              (found.empty() ? "" : ", among them " + found.back()));
}

void whole_entry(const subject &of) {
  const auto &entry = entry_of(of.plugin);
  require(entry.init != nullptr && entry.deinit != nullptr && entry.describe != nullptr && entry.create != nullptr,
          "a function of the entry is null");
  require(entry.min_host_minor <= DMS_ABI_MINOR, "it needs a host of a later minor");
}

void same_entry(const subject &of) {
  require(&entry_of(of.plugin) == &entry_of(of.plugin), "it is another one the second time");
}

void counted(const subject &of) {
  const auto &entry = entry_of(of.plugin);
  auto error = no_error();
  require_ok(entry.init(&error), error, "init of the library");
  require_ok(entry.init(&error), error, "the second init");
  entry.deinit();
  auto *made = entry.create(&error);
  require(made != nullptr, "after one of two deinits: " + said(error, error.code));
  made->destroy(made);
  entry.deinit();
}

void describes_itself(const subject &of) {
  const auto &entry = entry_of(of.plugin);
  string_sink text(DMS_MAX_RECORD);
  auto error = no_error();
  require_ok(entry.init(&error), error, "init of the library");
  require_ok(entry.describe(text.get(), &error), error, "describe");
  const auto read = json_or_null(text.text());
  require(read.is_object() && read.value("id", "") == of.plugin.id && read.value("version", "") == of.plugin.version,
          "library and manifest differ: " + text.text().substr(0, 200));
  entry.deinit();
}

void describes_to_nobody(const subject &of) {
  const auto &entry = entry_of(of.plugin);
  const dms_sink full{nullptr, [](void *, dms_str) -> dms_status { return dms_too_large; }};
  auto error = no_error();
  require_ok(entry.init(&error), error, "init of the library");
  require(entry.describe(&full, &error) == dms_too_large, "it hides that its sink refused");
  entry.deinit();
}

void loaded_often(const subject &of) {
  for (int round = 0; round < loads; ++round) {
    void *library = nullptr;
    const auto &entry = entry_of(of.plugin, &library);
    auto error = no_error();
    require_ok(entry.init(&error), error, "init of the library");
    entry.deinit();
    ::dlclose(library);
  }
}

}  // namespace

void add_library_checks(check_list &to) {
  to.insert(to.end(), {{"export", "the library exports the one function and nothing else", one_export},
                       {"entry", "the entry is whole, and for hosts of today", whole_entry},
                       {"entry_again", "the entry is the same however often it is asked for", same_entry},
                       {"counted", "init and deinit of the library are counted", counted},
                       {"description", "the library says the same of itself as its manifest", describes_itself},
                       {"description_sink", "a sink that refuses a description is believed", describes_to_nobody},
                       {"loads", "the library is loaded and unloaded fifty times", loaded_often}});
}

}  // namespace dms::checking
