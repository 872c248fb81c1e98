// Which definition a payload is tried out by.
#include "screens/sources/source_definition.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view shipped_mark = "shipped:";
constexpr std::size_t most_versions = 20;

json grouped(std::string value, std::string label, const std::string &group) {
  auto result = option(std::move(value), std::move(label));
  result["group"] = group;
  return result;
}

std::string version_words(const request &by, const std::string &title, std::int64_t version) {
  return by.say("{1}, version {2}", by.say(title), by.say.number(version));
}

std::optional<chosen_definition> version_of(const request &by, const definition_parts &more, const std::string &source,
                                            std::int64_t number, intake::mistakes &wrong) {
  const auto version = more.rows.version(source, number);
  if (!version) return std::nullopt;
  auto checked = more.desk.check(source, version->text);
  wrong = std::move(checked.wrong);
  if (!wrong.empty()) return std::nullopt;
  checked.read.version = number;
  auto words_ = version_words(by, checked.read.title, number);
  return chosen_definition{nullptr, std::move(checked.read), std::move(words_)};
}

}  // namespace

std::string version_choice(const std::string &source, std::int64_t version) {
  return source + "@" + std::to_string(version);
}

json definition_options(const request &by, const definition_parts &more) {
  json result = json::array({option("", by.say("Please choose"))});
  const auto in_use = by.say("As they read now"), shipped = by.say("Shipped, without changes made here"),
             versions = by.say("Versions of one's own");
  for (const auto &[id, source] : by.sources) {
    const auto words_ = source.version == 0 ? by.say(source.title) : version_words(by, source.title, source.version);
    result.push_back(grouped(id, words_, in_use));
  }
  for (const auto &[id, source] : more.book.shipped().definitions) {
    const auto now = by.sources.find(id);
    if (now != by.sources.end() && now->second.version == 0 && now->second.closed.empty()) continue;
    result.push_back(grouped(std::string(shipped_mark) + id, by.say(source.title), shipped));
  }
  for (const auto &one : more.rows.all()) {
    std::size_t count = 0;
    for (const auto &version : more.rows.versions(one.id)) {
      if (version.version == one.active) continue;
      if (++count > most_versions) break;
      result.push_back(
          grouped(version_choice(one.id, version.version), version_words(by, one.title, version.version), versions));
    }
  }
  return result;
}

std::optional<chosen_definition> choose_definition(const request &by, const definition_parts &more,
                                                   const std::string &choice, intake::mistakes &wrong) {
  if (choice.starts_with(shipped_mark)) {
    const auto &all = more.book.shipped().definitions;
    const auto found = all.find(choice.substr(shipped_mark.size()));
    if (found == all.end()) return std::nullopt;
    return chosen_definition{nullptr, found->second, by.say(found->second.title)};
  }
  if (const auto sign = choice.find('@'); sign != std::string::npos) {
    const auto number = to_integer(choice.substr(sign + 1));
    return number ? version_of(by, more, choice.substr(0, sign), *number, wrong) : std::nullopt;
  }
  const auto found = by.sources.find(choice);
  if (found == by.sources.end()) return std::nullopt;
  const auto &source = found->second;
  return chosen_definition{
      by.known, source, source.version == 0 ? by.say(source.title) : version_words(by, source.title, source.version)};
}

}  // namespace lead_system::screens
