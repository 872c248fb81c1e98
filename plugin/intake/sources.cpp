#include "intake/sources.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "embedded/sources.hpp"
#include "intake/catalog_text.hpp"

namespace lead_system::intake {
namespace {

constexpr std::string_view types_file = "lead_types.info";

void add(const std::string &file, std::string_view name, const std::string &text, sources &into,
         std::map<std::string, std::string> &files) {
  try {
    if (name == types_file) {
      parse_lead_types(file, text, into.types);
      return;
    }
    auto types = into.types;
    auto found = parse_definition(file, text, types);
    // Which of two files would win is nothing that an admin should have to know.
    if (const auto [twin, is_first] = files.emplace(found.id, file); !is_first) {
      throw definition_error(file, 0, {"The source \"{1}\" is defined in {2} already.", {found.id, twin->second}});
    }
    into.types = std::move(types);
    const auto id = found.id;
    into.texts[id] = text;
    into.definitions.insert_or_assign(id, std::move(found));
  } catch (const definition_error &problem) {
    into.problems.emplace_back(problem.what());
  }
}

void add_file(const std::filesystem::path &path, sources &into, std::map<std::string, std::string> &files) {
  // One byte more than parse_info takes: a larger file is refused there.
  constexpr std::size_t most = (std::size_t{1} << 20U) + 1;
  std::ifstream stream(path, std::ios::binary);
  std::string text(most, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  if (stream.bad() || (!stream.eof() && stream.fail())) {
    into.problems.push_back(path.string() + ": The file cannot be read.");
    return;
  }
  add(path.string(), path.filename().string(), text, into, files);
}

}  // namespace

sources load_sources(const std::filesystem::path &admin_directory) {
  sources result;
  std::map<std::string, std::string> shipped, of_the_admin;  // source id → file
  for (const auto &file : embedded::sources()) {
    add(std::string(file.name), file.name, std::string(file.content), result, shipped);
  }
  std::error_code problem;
  std::vector<std::filesystem::path> files;
  if (!admin_directory.empty() && std::filesystem::is_directory(admin_directory, problem)) {
    for (std::filesystem::directory_iterator entry(admin_directory, problem), end; !problem && entry != end;
         entry.increment(problem)) {
      if (entry->path().extension() == ".info") files.push_back(entry->path());
    }
    if (problem) result.problems.push_back(admin_directory.string() + ": " + problem.message() + ".");
  }
  // Types before the definitions that may use them.
  std::sort(files.begin(), files.end(), [](const auto &one, const auto &other) {
    const auto rank = [](const auto &path) { return path.filename() == types_file ? 0 : 1; };
    return std::make_pair(rank(one), one) < std::make_pair(rank(other), other);
  });
  for (const auto &file : files) add_file(file, result, of_the_admin);
  return result;
}

std::vector<std::string> old_lists(const definitions &among) {
  std::vector<std::string> found;
  for (const auto &[id, source] : among) {
    if (source.old_list) found.push_back(id);
  }
  return found;
}

void keep_types_in_use(store::store &from, catalog &types, const dms::log &log) {
  for (const auto &[key, category_key] : from.types_in_use()) {
    if (types.find_type(key) != nullptr) continue;
    log.warning("lead type " + key + ": no definition declares it any more, its leads stay");
    if (types.find_category(category_key) == nullptr) types.add(category{category_key, category_key});
    lead_type type;
    type.key = key;
    type.category = category_key;
    type.title = type.short_title = key;
    type.retired = true;
    types.add(std::move(type));
  }
}

}  // namespace lead_system::intake
