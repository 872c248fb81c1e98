#include "reference_host/command_line/language.hpp"

#include <cstdlib>

#include "reference_host/web/rendered.hpp"

namespace dms::reference::command_line {
namespace {

constexpr auto of_the_dealership = "de-AT";

struct spoken {
  web::words words;
  std::string locale = of_the_dealership;
};

spoken &language() {
  static spoken kept;
  return kept;
}

std::string wish_of(int count, const char *const *words) {
  constexpr std::string_view option = "--locale";
  for (int at = 1; at < count; ++at) {
    const std::string_view word(words[at]);
    if (word == option && at + 1 < count) return words[at + 1];
    if (word.starts_with("--locale=")) return std::string(word.substr(option.size() + 1));
  }
  for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char *value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return {};
}

/// The first word of CLI11's sentence: the option or argument that it is about.
std::string name_in(const std::string &sentence) {
  const auto end = sentence.find_first_of(":, ");
  return sentence.substr(0, end);
}

}  // namespace

void choose_language(int count, const char *const *words) {
  const auto wish = wish_of(count, words);
  auto &kept = language();
  // Another language, or none as in LANG=C: the dealership's.
  if (wish.starts_with("de")) kept.locale = "de-AT";
  if (wish.starts_with("en")) kept.locale = "en";
}

void add_language(CLI::App &command) {
  if (command.get_option_no_throw("--locale") != nullptr) return;
  // choose_language has read it already.
  command.add_option("--locale", "Language of what this command says: de or en; else that of the terminal")
      ->type_name("LOCALE");
}

const std::string &locale() {
  return language().locale;
}

std::string said(std::string_view sentence, std::string_view first, std::string_view second) {
  return language().words.say(locale(), sentence, first, second);
}

void translate_help(CLI::App &command) {
  command.description(said(command.get_description()));
  command.group(said(command.get_group()));
  for (auto *option : command.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    option->description(said(option->get_description()));
    option->group(said(option->get_group()));
  }
  for (const char *label : {"Usage", "OPTIONS", "Positionals", "REQUIRED", "Env", "SUBCOMMAND", "SUBCOMMANDS"}) {
    command.get_formatter()->label(label, said(label));
  }
  for (auto *inner : command.get_subcommands({})) translate_help(*inner);
}

std::string sentence_of(const CLI::ParseError &wrong, const CLI::App &app) {
  if (const auto extra = app.remaining(true); !extra.empty()) {
    return said("There is no command or option \"{1}\" here.", extra.front());
  }
  const std::string what = wrong.what();
  if (dynamic_cast<const CLI::RequiredError *>(&wrong) != nullptr) {
    const bool command = what.starts_with("A subcommand");
    return command ? said("Say what to do: name a command.") : said("\"{1}\" is missing.", name_in(what));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch *>(&wrong) != nullptr) {
    return said("\"{1}\" needs a value, and one only.", name_in(what));
  }
  if (dynamic_cast<const CLI::ConversionError *>(&wrong) != nullptr) {
    const auto equals = what.rfind(" = ");
    return said("The value \"{1}\" cannot be read.", equals == std::string::npos ? what : what.substr(equals + 3));
  }
  return what + '.';
}

}  // namespace dms::reference::command_line
