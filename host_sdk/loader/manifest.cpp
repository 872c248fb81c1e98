#include "loader/manifest.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/property_tree/info_parser.hpp>
#include <fstream>
#include <sstream>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/digest.hpp"

namespace dms {
namespace {

constexpr std::size_t largest_manifest = std::size_t{64} << 10U;

[[noreturn]] void bad(const std::filesystem::path &file, const std::string &what) {
  throw failure(dms_invalid, "The manifest " + file.filename().string() + " " + what + ".");
}

std::vector<std::string> services(const boost::property_tree::ptree &tree, const char *key) {
  std::vector<std::string> found;
  if (auto part = tree.get_child_optional(key)) {
    for (const auto &[name, value] : *part) found.push_back(name);
  }
  return found;
}

std::vector<declared_setting> settings_in(const boost::property_tree::ptree &tree) {
  std::vector<declared_setting> found;
  const auto part = tree.get_child_optional("settings");
  if (!part) return found;
  for (const auto &[key, value] : *part) {
    declared_setting one{key, value.get("kind", "text"), value.get("secret", "false") == "true", {}};
    if (const auto labels = value.get_child_optional("label")) {
      for (const auto &[language, words] : *labels) one.label[language] = words.data();
    }
    found.push_back(std::move(one));
  }
  return found;
}

bool safe_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

boost::property_tree::ptree parse(const std::filesystem::path &file) {
  std::error_code none;
  if (std::filesystem::file_size(file, none) > largest_manifest || none) bad(file, "cannot be read or is too large");
  std::ifstream from(file);
  std::stringstream in;
  in << from.rdbuf();
  // INFO would read whatever file another one names.
  for (std::string line; std::getline(in, line);) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin != std::string::npos && line[begin] == '#') bad(file, "includes another file, which it may not");
  }
  in.clear();
  in.seekg(0);
  boost::property_tree::ptree tree;
  try {
    boost::property_tree::read_info(in, tree);
  } catch (const boost::property_tree::info_parser_error &wrong) {
    bad(file, "cannot be read in line " + std::to_string(wrong.line()) + ": " + wrong.message());
  }
  return tree;
}

}  // namespace

manifest read_manifest(const std::filesystem::path &file) {
  const auto tree = parse(file);
  auto text = [&](const char *key) {
    auto value = tree.get_optional<std::string>(key);
    if (!value || value->empty()) bad(file, "does not name \"" + std::string(key) + "\"");
    return *value;
  };
  auto number = [&](const char *key) {
    auto value = tree.get_optional<std::uint32_t>(key);
    if (!value) bad(file, "has no number in \"" + std::string(key) + "\"");
    return *value;
  };
  manifest read;
  read.file = std::filesystem::absolute(file);
  read.id = text("id");
  if (!safe_id(read.id)) bad(file, "has an id with other signs than a-z, 0-9, _ and -");
  read.name = tree.get("name", read.id);
  read.version = text("version");
  read.abi_major = number("abi.major");
  read.abi_minor = number("abi.minor");
  // A file name only: a manifest never reaches out of its own folder.
  const std::filesystem::path library = text("library.file");
  if (library.has_parent_path() || library == "." || library == "..") bad(file, "names a library outside its folder");
  read.library = read.file.parent_path() / library;
  read.sha256 = text("library.sha256");
  read.required = services(tree, "required");
  read.optional = services(tree, "optional");
  read.settings = settings_in(tree);
  return read;
}

std::vector<std::filesystem::path> find_manifests(const std::vector<std::filesystem::path> &folders) {
  std::vector<std::filesystem::path> found;
  auto look_into = [&](const std::filesystem::path &folder, auto &&deeper) -> void {
    std::error_code none;
    for (const auto &item : std::filesystem::directory_iterator(folder, none)) {
      if (item.is_directory(none)) {
        deeper(item.path());
      } else if (item.path().extension() == ".info") {
        found.push_back(item.path());
      }
    }
  };
  for (const auto &folder : folders) {
    look_into(folder, [&](const auto &inner) { look_into(inner, [](const auto &) {}); });
  }
  std::ranges::sort(found);
  return found;
}

std::string sha256_of_file(const std::filesystem::path &file) {
  if (sodium_init() < 0) throw failure(dms_failed, "The cryptography library cannot be started.");
  std::ifstream in(file, std::ios::binary);
  sha256_sum digest;
  std::array<char, 65536> buffer{};
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    digest.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) throw failure(dms_failed, "The file " + file.filename().string() + " cannot be read.");
  return digest.hex();
}

}  // namespace dms
