// words.hpp - the plugin's texts: an English sentence is the key, gettext catalogues inside the library translate it.
// No system locale is needed or touched.
#pragma once

#include <array>
#include <locale>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lead/message.hpp"

namespace lead_system::screens {

/// How one language writes numbers and names days, as ICU knows it.
struct writing_rules {
  std::string grouping, decimal;
  std::array<std::string, 7> weekdays;  ///< Monday first: "Mo."
  std::array<std::string, 12> months;   ///< "Nov."
};

/// One language. Immutable, so any thread may use it.
class language {
 public:
  language(std::string tag, std::string_view catalogue);

  /// The translation, with {1}, {2} … replaced.
  template <typename... Arguments>
  std::string operator()(std::string_view id, const Arguments &...arguments) const {
    return fill(translate(id), {std::string(arguments)...});
  }
  /// A message of another folder: arguments that are texts of ours (a state's title) are translated too.
  std::string operator()(const message &text) const;
  std::string with(std::string_view id, const std::vector<std::string> &arguments) const {
    return fill(translate(id), arguments);
  }
  /// The form for `n`; {1} is `n` as this language writes it, the arguments follow from {2} on.
  template <typename... Arguments>
  std::string count(std::string_view one, std::string_view many, std::int64_t n, const Arguments &...arguments) const {
    return fill(translate(one, many, n), {number(n), std::string(arguments)...});
  }

  /// 1 284 in German (no-break space), 1,284 in English.
  std::string number(std::int64_t value) const;
  /// "Deutsch" for "de"; the code itself where ICU knows no name.
  std::string language_name(const std::string &code) const;
  const std::string &tag() const noexcept { return tag_; }
  const writing_rules &rules() const noexcept { return rules_; }
  bool has(std::string_view id) const;

 private:
  std::string translate(std::string_view id) const;
  std::string translate(std::string_view one, std::string_view many, std::int64_t n) const;
  static std::string fill(std::string text, const std::vector<std::string> &arguments);

  std::string tag_;  ///< "de-AT"
  std::locale facets_;
  int domain_ = 0;
  writing_rules rules_;
};

/// All languages that the plugin speaks.
class words {
 public:
  words();
  /// German for "de", "de-AT", "de-DE" …, else English.
  const language &in(std::string_view locale) const noexcept;

 private:
  language german_, english_;
};

}  // namespace lead_system::screens
