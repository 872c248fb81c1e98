// Every text that a person may see stands in the German catalogue: read from the sources, so that none is forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "paths.hpp"
#include "screens/kit/embedded.hpp"
#include "screens/kit/words.hpp"

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

/// Texts that are no texts: names that are the same everywhere, and those of the example in a preview.
const std::set<std::string> excepted{"Europe/Vienna", "Lead ",  "Cannot establish connection", "Anna", "Huber",
                                     "Nissan",        "Qashqai"};

void expect_translated(const language &german, const files::path &file) {
  for (const auto &item : literals(text_of(file))) {
    if (!is_a_text(item) || excepted.contains(item.text)) continue;
    // The plural of a counted text is found by its singular.
    if (item.before.find(".count(") != std::string::npos && ends_with_call(item.before, ",")) continue;
    EXPECT_TRUE(german.has(item.text)) << file.filename() << ": \"" << item.text << "\" has no German translation";
  }
}

constexpr std::array help_pages{"absence",    "new_lead",     "first_steps", "today",       "overview",
                                "lead",       "contacts",     "evaluation",  "sales",       "settings",
                                "cutover",    "sources",      "tryout",      "privacy",     "administration",
                                "intake_log", "feedback_log", "answers",     "manufacturer"};

/// The images of a help page, "overview" for ![Words](../pictures/overview_de.png); each has words.
std::vector<std::string> pictures_of(const std::string &page, const std::string &language) {
  static const std::regex image(R"(!\[([^\]]*)\]\(([^)]*)\))");
  const std::string text(embedded("help/" + language + "/" + page + ".md"));
  const std::string before = "../pictures/", after = "_" + language + ".png";
  std::vector<std::string> names;
  for (std::sregex_iterator found(text.begin(), text.end(), image), end; found != end; ++found) {
    EXPECT_GT((*found)[1].length(), 3) << page << ": an image without words";
    const auto source = (*found)[2].str();
    const bool sound = source.starts_with(before) && source.ends_with(after);
    EXPECT_TRUE(sound) << page << ": " << source;
    if (sound) names.push_back(source.substr(before.size(), source.size() - before.size() - after.size()));
  }
  return names;
}

}  // namespace

TEST(texts, every_text_of_the_screens_is_in_the_german_catalogue) {
  const words all;
  for (const auto &entry : files::recursive_directory_iterator(files::path(paths::source()) / "plugin/screens")) {
    if (entry.path().extension() == ".cpp") expect_translated(all.in("de"), entry.path());
  }
  for (const auto *file : {"plugin/lead_system.cpp", "plugin/contribute_jobs.cpp", "plugin/contribute_events.cpp",
                           "plugin/evaluation/figures.cpp", "plugin/evaluation/calendar.cpp", "plugin/store/fault.cpp",
                           "plugin/store/sessions.cpp"}) {
    expect_translated(all.in("de"), files::path(paths::source()) / file);
  }
  for (const auto *file : {"plugin/lead/state.cpp", "plugin/lead/sale.cpp"}) {
    expect_translated(all.in("de"), files::path(paths::source()) / file);
  }
}

TEST(texts, every_answer_of_the_desks_is_in_the_german_catalogue) {
  const words all;
  for (const auto &entry : files::recursive_directory_iterator(files::path(paths::source()) / "plugin/processing")) {
    if (entry.path().extension() == ".cpp") expect_translated(all.in("de"), entry.path());
  }
}

TEST(texts, every_message_of_intake_and_feedback_is_in_the_german_catalogue) {
  const words all;
  for (const auto *folder : {"plugin/intake", "plugin/feedback", "plugin/notice"}) {
    for (const auto &entry : files::recursive_directory_iterator(files::path(paths::source()) / folder)) {
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
  std::istringstream lines(text_of(files::path(paths::source()) / "resources/lead_types.info"));
  for (std::string line; std::getline(lines, line);) {
    const auto key = line.find("title \"");
    if (key == std::string::npos) continue;
    const auto from = line.find('"') + 1;
    const auto title = line.substr(from, line.rfind('"') - from);
    EXPECT_TRUE(all.in("de").has(title)) << title;
  }
}

TEST(texts, every_help_page_is_there_in_both_languages) {
  for (const auto *page : help_pages) {
    for (const auto *folder : {"de", "en"}) {
      const auto name = std::string("help/") + folder + "/" + page + ".md";
      EXPECT_GT(embedded(name).size(), 200U) << name;
    }
  }
}

TEST(texts, every_help_page_shows_pictures_that_are_there_in_its_language) {
  for (const auto *page : help_pages) {
    const auto german = pictures_of(page, "de"), english = pictures_of(page, "en");
    EXPECT_FALSE(german.empty()) << page << " has no picture";
    EXPECT_EQ(german, english) << page << " shows the same pictures in both languages";
    for (const auto &name : german) {
      for (const auto *language : {"de", "en"}) {
        const auto file = "help/pictures/" + name + "_" + language + ".png";
        EXPECT_TRUE(embedded(file).starts_with("\x89PNG")) << file << " of the page " << page;
      }
    }
  }
}

TEST(texts, every_picture_that_travels_along_is_on_a_help_page) {
  std::set<std::string> shown;
  for (const auto *page : help_pages) {
    for (const auto &name : pictures_of(page, "de")) shown.insert(name);
  }
  for (const auto &file : embedded_files()) {
    if (!file.name.starts_with("help/pictures/")) continue;
    const auto name = files::path(file.name).stem().string();
    EXPECT_TRUE(shown.contains(name.substr(0, name.rfind('_')))) << file.name << " is on no page";
  }
}
