#include "reference_host/core/records/folding.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "dms/cpp/basics.hpp"

namespace dms::reference {

std::string folded(std::string_view text) {
  auto status = U_ZERO_ERROR;
  const auto *compose = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto *decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw failure(dms_failed, "The Unicode library cannot be started.");
  auto letters =
      compose->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  // As Austrians write them where there is no umlaut; the fold has made ß to ss already.
  for (const auto &[umlaut, pair] : {std::pair{u"ä", u"ae"}, std::pair{u"ö", u"oe"}, std::pair{u"ü", u"ue"}}) {
    letters.findAndReplace(umlaut, pair);
  }
  const auto parts = decompose->normalize(letters, status);
  icu::UnicodeString plain;
  for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    if (const auto letter = parts.char32At(at); u_charType(letter) != U_NON_SPACING_MARK) plain.append(letter);
  }
  plain.trim();
  std::string result;
  plain.toUTF8String(result);
  return result;
}

}  // namespace dms::reference
