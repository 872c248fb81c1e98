#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include "intake/normalise.hpp"

namespace lead_system::intake {
namespace {

/// The national part of a number written with the usual signs; nothing where there is something else in it, or where
/// it is of another country.
std::optional<std::string> austrian_national(std::string_view text, bool at_home) {
  std::string digits;
  bool international = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (text.substr(at, 3) == "(0)" && international) {
      at += 2;
    } else if (letter >= '0' && letter <= '9') {
      digits += letter;
    } else if (letter == '+' && digits.empty() && !international) {
      international = true;
    } else if (letter != ' ' && letter != '/' && letter != '-' && letter != '.') {
      return std::nullopt;
    }
  }
  const std::string_view all = digits;
  if (international) {
    if (!all.starts_with("43")) return std::nullopt;
    return std::string(all.substr(2));
  }
  if (!at_home) return std::nullopt;
  if (all.starts_with("0043")) return std::string(all.substr(4));
  if (all.starts_with("0") && !all.starts_with("00")) return std::string(all.substr(1));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> quick_mobile(std::string_view text, std::string_view region) {
  if (text.size() > 24) return std::nullopt;
  auto national = austrian_national(text, region.empty() || region == "AT");
  // 650, 660, 664, 676, 680, 681, 688, 699 with seven or eight digits: mobile whatever follows.
  if (!national || national->size() < 10 || national->size() > 11) return std::nullopt;
  for (auto prefix : {"650", "660", "664", "676", "680", "681", "688", "699"}) {
    if (national->starts_with(prefix)) return "+43" + *national;
  }
  return std::nullopt;
}

std::optional<std::string> normal_phone(std::string_view text, std::string_view region) {
  if (auto quick = quick_mobile(text, region)) return quick;
  constexpr std::size_t longest = 60;
  if (text.empty() || text.size() > longest) return std::nullopt;
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto &util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  const std::string home(region.empty() ? "AT" : region);
  if (util.Parse(std::string(text), home, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
  // E.164 has no room for an extension: such a number stays as it came.
  if (!util.IsValidNumber(number) || number.has_extension()) return std::nullopt;
  std::string formatted;
  util.Format(number, PhoneNumberUtil::E164, &formatted);
  return formatted;
}

}  // namespace lead_system::intake
