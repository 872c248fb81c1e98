#include "screens/kit/words.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

#include <boost/locale/gnu_gettext.hpp>

#include "screens/kit/embedded.hpp"

namespace lead_system::screens {
namespace {

namespace gettext = boost::locale::gnu_gettext;
using catalogue_facet = boost::locale::message_format<char>;
constexpr char domain_name[] = "lead_system";

std::string utf8(const icu::UnicodeString &text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

std::locale load(const std::string &tag, std::string_view catalogue) {
  gettext::messages_info info;
  info.language = tag.substr(0, 2);
  info.encoding = "UTF-8";
  info.domains.emplace_back(domain_name);
  info.paths.emplace_back("embedded");
  info.callback = [catalogue](const std::string &, const std::string &) {
    return std::vector<char>(catalogue.begin(), catalogue.end());
  };
  return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

writing_rules rules_of(const icu::Locale &locale) {
  writing_rules rules;
  UErrorCode status = U_ZERO_ERROR;
  const icu::DecimalFormatSymbols numbers(locale, status);
  rules.grouping = utf8(numbers.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
  rules.decimal = utf8(numbers.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
  const icu::DateFormatSymbols dates(locale, status);
  std::int32_t count = 0;
  const auto *days = dates.getWeekdays(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::ABBREVIATED);
  // ICU counts from 1 = Sunday.
  for (std::size_t day = 0; day < 7 && count == 8; ++day) rules.weekdays[day] = utf8(days[day == 6 ? 1 : day + 2]);
  const auto *months = dates.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::ABBREVIATED);
  for (std::size_t month = 0; month < 12 && count >= 12; ++month) rules.months[month] = utf8(months[month]);
  return rules;
}

icu::Locale icu_locale(const std::string &tag) {
  return icu::Locale::createCanonical(tag.c_str());
}

}  // namespace

language::language(std::string tag, std::string_view catalogue)
    : tag_(std::move(tag)), facets_(load(tag_, catalogue)), rules_(rules_of(icu_locale(tag_))) {
  domain_ = std::use_facet<catalogue_facet>(facets_).domain(domain_name);
}

std::string language::operator()(const message &text) const {
  auto arguments = text.arguments;
  for (auto &argument : arguments) argument = translate(argument);
  return fill(translate(text.id), arguments);
}

std::string language::translate(std::string_view id) const {
  std::string key(id);
  // The empty key is the catalogue's header.
  if (key.empty()) return key;
  const auto *found = std::use_facet<catalogue_facet>(facets_).get(domain_, nullptr, key.c_str());
  return found != nullptr ? std::string(found) : key;
}

std::string language::translate(std::string_view one, std::string_view many, std::int64_t n) const {
  const std::string key(one);
  const auto small = static_cast<int>(n < 0 ? 2 : n > 1'000'000 ? 1'000'000 : n);
  const auto *found = std::use_facet<catalogue_facet>(facets_).get(domain_, nullptr, key.c_str(), small);
  return found != nullptr ? std::string(found) : std::string(n == 1 ? one : many);
}

bool language::has(std::string_view id) const {
  const std::string key(id);
  return std::use_facet<catalogue_facet>(facets_).get(domain_, nullptr, key.c_str()) != nullptr;
}

std::string language::fill(std::string text, const std::vector<std::string> &arguments) {
  if (arguments.empty() || text.find('{') == std::string::npos) return text;
  std::string result;
  result.reserve(text.size() + 32);
  for (std::size_t at = 0; at < text.size(); ++at) {
    // One pass: braces inside an argument stay as they are.
    const auto index = at + 2 < text.size() && text[at] == '{' && text[at + 2] == '}' ? text[at + 1] - '1' : -1;
    if (index >= 0 && static_cast<std::size_t>(index) < arguments.size()) {
      result += arguments[static_cast<std::size_t>(index)];
      at += 2;
    } else {
      result += text[at];
    }
  }
  return result;
}

std::string language::number(std::int64_t value) const {
  auto digits = std::to_string(value < 0 ? -value : value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), rules_.grouping);
  }
  return value < 0 ? "-" + digits : digits;
}

std::string language::language_name(const std::string &code) const {
  icu::UnicodeString name;
  icu::Locale(code.c_str()).getDisplayLanguage(icu_locale(tag_), name);
  return name.isEmpty() ? code : utf8(name);
}

words::words() : german_("de-AT", embedded("locale/de.mo")), english_("en-GB", embedded("locale/en.mo")) {}

const language &words::in(std::string_view locale) const noexcept {
  return locale.substr(0, 2) == "de" ? german_ : english_;
}

}  // namespace lead_system::screens
