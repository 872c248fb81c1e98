// words.hpp - the host's own words in the user's language.
#pragma once

#include <locale>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace dms::render {

/// The gettext catalogues that are part of the program. The English sentence is the key. Immutable after
/// construction, so every thread may ask.
class words {
 public:
  words();
  /// `locale` is BCP 47 ("de-AT"); what is not translated, or a language that is not there, is the key itself. Of a
  /// sentence that was composed, the names in quotes are {1}, {2} … of its key.
  std::string say(std::string_view locale, std::string_view sentence) const;
  /// The same with {1}, {2} … replaced; `first` replaces {1}.
  std::string say(std::string_view locale, std::string_view sentence, std::string_view first,
                  std::string_view second = {}) const;

 private:
  std::map<std::string, std::locale, std::less<>> languages_;
};

/// Kept by everything that speaks, however long it lives.
using shared_words = std::shared_ptr<const words>;

/// "de-AT" for what is German, "en" for everything else.
std::string known_locale(std::string_view asked);

}  // namespace dms::render
