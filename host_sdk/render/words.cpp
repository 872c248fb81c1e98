#include "render/words.hpp"

#include <boost/locale/gnu_gettext.hpp>

#include "render/resources.hpp"

namespace dms::render {
namespace {

namespace gettext = boost::locale::gnu_gettext;
using message_facet = boost::locale::message_format<char>;

std::locale catalogue(const std::string &language, std::string_view bytes) {
  gettext::messages_info about;
  about.language = language;
  about.encoding = "UTF-8";
  about.paths.emplace_back(".");
  about.domains.emplace_back("host/UTF-8");
  about.callback = [bytes](const std::string &, const std::string &) {
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  return std::locale(std::locale::classic(), gettext::create_messages_facet<char>(about));
}

void replace(std::string &text, std::string_view mark, std::string_view value) {
  if (auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
}

/// A failure's sentence has its names in it already, in quotes: There is no user "x". → There is no user "{1}".
std::pair<std::string, std::vector<std::string>> taken_out(std::string_view sentence) {
  std::pair<std::string, std::vector<std::string>> parts;
  auto &[pattern, names] = parts;
  while (!sentence.empty()) {
    const auto begin = sentence.find('"');
    const auto end = begin == std::string_view::npos ? begin : sentence.find('"', begin + 1);
    if (end == std::string_view::npos) break;
    names.emplace_back(sentence.substr(begin + 1, end - begin - 1));
    pattern += std::string(sentence.substr(0, begin)) + "\"{" + std::to_string(names.size()) + "}\"";
    sentence.remove_prefix(end + 1);
  }
  pattern += sentence;
  return parts;
}

}  // namespace

words::words() {
  for (const auto &[name, bytes] : resources()) {
    if (name.ends_with(".mo")) {
      auto language = name.substr(0, name.size() - 3);
      languages_.emplace(language, catalogue(language, bytes));
    }
  }
}

std::string words::say(std::string_view locale, std::string_view sentence) const {
  auto found = languages_.find(locale.substr(0, locale.find('-')));
  if (found == languages_.end()) return std::string(sentence);
  const auto &catalogue = std::use_facet<message_facet>(found->second);
  if (const auto *translated = catalogue.get(0, nullptr, std::string(sentence).c_str())) return translated;
  const auto [pattern, names] = taken_out(sentence);
  const auto *translated = names.empty() ? nullptr : catalogue.get(0, nullptr, pattern.c_str());
  if (translated == nullptr) return std::string(sentence);
  std::string text = translated;
  for (auto number = names.size(); number > 0; --number) {
    replace(text, "{" + std::to_string(number) + "}", names[number - 1]);
  }
  return text;
}

std::string words::say(std::string_view locale, std::string_view sentence, std::string_view first,
                       std::string_view second) const {
  auto text = say(locale, sentence);
  replace(text, "{2}", second);
  replace(text, "{1}", first);
  return text;
}

std::string known_locale(std::string_view asked) {
  return asked.starts_with("de") ? "de-AT" : "en";
}

}  // namespace dms::render
