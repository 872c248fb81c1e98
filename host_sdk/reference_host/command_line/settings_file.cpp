#include "reference_host/command_line/settings_file.hpp"

#include <algorithm>
#include <boost/property_tree/info_parser.hpp>
#include <cstdlib>
#include <string_view>

#include "dms/cpp/basics.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

constexpr std::string_view of_credentials = "credential:";
constexpr auto file_option = "--config";

bool names(const std::string &word, const std::string &option) {
  return word == option || word.starts_with(option + '=');
}

bool is_given(const CLI::Option &option, const words &line) {
  const char *value = option.get_envname().empty() ? nullptr : std::getenv(option.get_envname().c_str());
  if (value != nullptr && *value != '\0') return true;
  return std::ranges::any_of(option.get_lnames(), [&](const std::string &name) {
    return std::ranges::any_of(line, [&](const std::string &word) { return names(word, "--" + name); });
  });
}

/// What the line says already, itself or by an option that excludes this one.
bool is_decided(const CLI::Option &option, const words &line) {
  return is_given(option, line) ||
         std::ranges::any_of(option.get_excludes(), [&](const auto *other) { return is_given(*other, line); });
}

bool in_a_service() {
  return std::getenv("CREDENTIALS_DIRECTORY") != nullptr;
}

/// What only the service may read is left out for whoever does not serve, and with a key its certificate.
bool is_beside(const std::vector<std::string> &secret, const std::string &key) {
  constexpr std::string_view of_tls = "tls-";
  return std::ranges::any_of(secret, [&](const std::string &other) {
    return other == key || (other.starts_with(of_tls) && key.starts_with(of_tls));
  });
}

std::string value_of(const std::string &file, const std::string &key, std::string value) {
  if (!value.starts_with(of_credentials)) return value;
  const auto name = value.substr(of_credentials.size());
  if (!in_a_service() || name.empty() || name.find('/') != std::string::npos) {
    throw failure(dms_invalid,
                  said("{1}: \"{2}\" names a credential, which only a service of systemd has.", file, key));
  }
  return std::string(std::getenv("CREDENTIALS_DIRECTORY")) + '/' + name;
}

boost::property_tree::ptree read(const std::string &file) {
  boost::property_tree::ptree tree;
  try {
    boost::property_tree::read_info(file, tree);
  } catch (const boost::property_tree::info_parser_error &fault) {
    if (fault.line() == 0) throw failure(dms_invalid, said("The file \"{1}\" cannot be read.", file));
    throw failure(dms_invalid, file + ":" + std::to_string(fault.line()) + ": " + fault.message() + '.');
  }
  return tree;
}

/// What only the service may read.
words unseen_of(const boost::property_tree::ptree &settings) {
  words found;
  if (in_a_service()) return found;
  for (const auto &[key, inner] : settings) {
    if (inner.data().starts_with(of_credentials)) found.push_back(key);
  }
  return found;
}

const CLI::App *command_named(const CLI::App &app, const std::string &name) {
  const auto found = app.get_subcommands([&](const CLI::App *each) { return each->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

std::string file_of(const words &line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == file_option && at + 1 < line.size()) return line[at + 1];
    if (line[at].starts_with("--config=")) return line[at].substr(std::string_view("--config=").size());
  }
  return {};
}

}  // namespace

words unseen_in(const std::string &file) {
  return unseen_of(read(file));
}

words with_settings(const CLI::App &app, words line) {
  const auto file = file_of(line);
  const auto *command = line.empty() ? nullptr : command_named(app, line.front());
  if (file.empty() || command == nullptr || command->get_option_no_throw(file_option) == nullptr) return line;
  const auto before = line;
  const bool serves = line.front() == "serve" || line.front() == "demo";
  const auto settings = read(file);
  const auto secret = serves ? words{} : unseen_of(settings);
  for (const auto &[key, inner] : settings) {
    const auto *option = command->get_option_no_throw("--" + key);
    if (option == nullptr || key == "config" || !inner.empty()) {
      throw failure(dms_invalid, said("{1}: \"{2}\" is no setting; dms_host serve --help lists them.", file, key));
    }
    if (is_decided(*option, before) || is_beside(secret, key)) continue;
    line.push_back("--" + key + '=' + value_of(file, key, inner.data()));
  }
  return line;
}

}  // namespace dms::reference::command_line
