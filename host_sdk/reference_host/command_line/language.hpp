// language.hpp - what the command line says, in one language throughout: --locale, else that of the terminal (LC_ALL,
// LC_MESSAGES, LANG), else the dealership's. What scripts read - counts of an import, lists, "URL:" - is the same in
// all.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

namespace dms::reference::command_line {

/// Before anything is said. Looks for --locale in the words of the command line itself, so that --help follows it.
void choose_language(int count, const char *const *words);
/// --locale, where the command has none of its own.
void add_language(CLI::App &command);
/// "de-AT" or "en".
const std::string &locale();
/// The sentence in that language, with {1} and {2} replaced.
std::string said(std::string_view sentence, std::string_view first = {}, std::string_view second = {});
/// The help of a command and of all below it.
void translate_help(CLI::App &command);
/// What was wrong with the command line, in one sentence.
std::string sentence_of(const CLI::ParseError &wrong, const CLI::App &app);

}  // namespace dms::reference::command_line
