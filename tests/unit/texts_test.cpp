// Every text that a person may see stands in the German catalogue: read from the sources, so that none is forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "screens/embedded.hpp"
#include "screens/words.hpp"

using namespace lead_system::screens;
namespace files = std::filesystem;

namespace {

std::string text_of(const files::path &file) {
  std::ifstream in(file);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

struct literal {
  std::string text;
  std::string before;  ///< the code in front of it
  bool plural = false;
};

/// The string literals of a C++ source, adjacent ones joined; comments and includes left out.
std::vector<literal> literals(const std::string &code) {
  std::vector<literal> result;
  std::string before;
  bool joined = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const bool line_start = at == 0 || code[at - 1] == '\n';
    if (code.compare(at, 2, "//") == 0 || (line_start && code[at] == '#')) {
      at = std::min(code.find('\n', at), code.size());
      continue;
    }
    if (code[at] == '\'' && (at == 0 || std::isdigit(static_cast<unsigned char>(code[at - 1])) == 0)) {
      at += code.compare(at + 1, 1, "\\") == 0 ? 3 : 2;
      joined = false;
      continue;
    }
    if (code[at] != '"') {
      if (std::isspace(static_cast<unsigned char>(code[at])) == 0) joined = false;
      before += code[at];
      continue;
    }
    std::string text;
    for (++at; at < code.size() && code[at] != '"'; ++at) {
      if (code[at] == '\\') ++at;
      text += code[at];
    }
    if (joined) {
      result.back().text += text;
    } else {
      const auto from = before.size() > 60 ? before.size() - 60 : 0;
      result.push_back({text, before.substr(from)});
    }
    joined = true;
    before += ' ';
  }
  return result;
}

bool ends_with_call(const std::string &before, std::string_view call) {
  const auto end = before.find_last_not_of(" \n\t");
  return end != std::string::npos && std::string_view(before).substr(0, end + 1).ends_with(call);
}

/// A sentence or label, not a key, a format or a piece of one.
bool looks_like_a_text(const std::string &text) {
  const bool lower = std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c) != 0; });
  const auto first = static_cast<unsigned char>(text.front());
  const bool counted = std::isdigit(first) != 0 && text.find(' ') != std::string::npos;
  return lower && (std::isupper(first) != 0 || counted);
}

bool is_a_text(const literal &item) {
  if (item.text.empty()) return false;
  for (const auto *call : {"say(", "say.count(", "message{"}) {
    if (ends_with_call(item.before, call)) return true;
  }
  return looks_like_a_text(item.text);
}

/// Texts that are no texts: names that are the same everywhere.
const std::set<std::string> excepted{"Europe/Vienna", "Lead ", "Cannot establish connection"};

void expect_translated(const language &german, const files::path &file) {
  for (const auto &item : literals(text_of(file))) {
    if (!is_a_text(item) || excepted.contains(item.text)) continue;
    // The plural of a counted text is found by its singular.
    if (item.before.find(".count(") != std::string::npos && ends_with_call(item.before, ",")) continue;
    EXPECT_TRUE(german.has(item.text)) << file.filename() << ": \"" << item.text << "\" has no German translation";
  }
}

}  // namespace

TEST(texts, every_text_of_the_screens_is_in_the_german_catalogue) {
  const words all;
  for (const auto &entry : files::directory_iterator(files::path(SOURCE_DIR) / "plugin/screens")) {
    if (entry.path().extension() == ".cpp") expect_translated(all.in("de"), entry.path());
  }
  for (const auto *file : {"plugin/lead_system.cpp", "plugin/evaluation/figures.cpp", "plugin/evaluation/calendar.cpp",
                           "plugin/store/fault.cpp", "plugin/store/sessions.cpp"}) {
    expect_translated(all.in("de"), files::path(SOURCE_DIR) / file);
  }
  expect_translated(all.in("de"), files::path(SOURCE_DIR) / "plugin/lead/state.cpp");
}

TEST(texts, every_answer_of_the_desks_is_in_the_german_catalogue) {
  const words all;
  for (const auto &entry : files::directory_iterator(files::path(SOURCE_DIR) / "plugin/processing")) {
    if (entry.path().extension() == ".cpp") expect_translated(all.in("de"), entry.path());
  }
}

TEST(texts, every_message_of_intake_and_feedback_is_in_the_german_catalogue) {
  const words all;
  for (const auto *folder : {"plugin/intake", "plugin/feedback", "plugin/notice"}) {
    for (const auto &entry : files::directory_iterator(files::path(SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      const auto code = text_of(entry.path());
      for (const auto &item : literals(code)) {
        // Messages with their arguments: {"…", {…}}. Sentences on an admin's definition file stay English.
        const auto at = code.find(item.text + "\", {");
        if (item.text.empty() || at == std::string::npos || !looks_like_a_text(item.text)) continue;
        EXPECT_TRUE(all.in("de").has(item.text)) << entry.path().filename() << ": \"" << item.text << "\"";
      }
    }
  }
}

TEST(texts, titles_of_types_and_categories_are_in_the_german_catalogue) {
  const words all;
  std::istringstream lines(text_of(files::path(SOURCE_DIR) / "resources/lead_types.info"));
  for (std::string line; std::getline(lines, line);) {
    const auto key = line.find("title \"");
    if (key == std::string::npos) continue;
    const auto from = line.find('"') + 1;
    const auto title = line.substr(from, line.rfind('"') - from);
    EXPECT_TRUE(all.in("de").has(title)) << title;
  }
}

TEST(texts, every_help_page_is_there_in_both_languages) {
  for (const auto *page : {"first_steps", "overview", "lead", "contacts", "evaluation", "settings", "cutover",
                           "privacy", "administration", "sources", "intake_log", "feedback_log"}) {
    for (const auto *folder : {"de", "en"}) {
      const auto name = std::string("help/") + folder + "/" + page + ".md";
      EXPECT_GT(embedded(name).size(), 200U) << name;
    }
  }
}
