// E-mail addresses as people write them into forms.
#include <unicode/uchar.h>

#include <algorithm>

#include "intake/normalise.hpp"
#include "intake/utf8.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

constexpr bool is_ascii_alnum(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

/// Letters of other scripts are part of an address, their quotation marks and dashes are not.
bool only_letters_beyond_ascii(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = next_character(text, at);
    if (letter < 0 || (letter >= 0x80 && u_isalnum(letter) == 0 && u_charType(letter) != U_NON_SPACING_MARK)) {
      return false;
    }
  }
  return true;
}

bool is_email_domain(std::string_view domain) {
  if (domain.size() > 253 || domain.find('.') == std::string_view::npos || !only_letters_beyond_ascii(domain)) {
    return false;
  }
  while (true) {
    const auto label = domain.substr(0, domain.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    const bool fits = std::all_of(label.begin(), label.end(), [](char letter) {
      return is_ascii_alnum(letter) || letter == '-' || (letter & 0x80) != 0;
    });
    if (!fits) return false;
    if (label.size() == domain.size()) return label.size() > 1;
    domain.remove_prefix(label.size() + 1);
  }
}

constexpr std::string_view local_signs = ".!#$%&'*+-/=?^_`{|}~";

bool is_local_part(std::string_view local) {
  const bool fits = std::all_of(local.begin(), local.end(), [](char letter) {
    return is_ascii_alnum(letter) || (letter & 0x80) != 0 || local_signs.find(letter) != std::string_view::npos;
  });
  return fits && !local.empty() && local.size() <= 64 && local.front() != '.' && only_letters_beyond_ascii(local);
}

/// Whether the dot at `at` is of an address although a blank is beside it: "egon .moser@b.at", "a@b .at", "a@b. at".
bool joins(std::string_view text, std::size_t at) {
  const auto behind = text.substr(at + 1);
  const auto before = text.substr(0, at);
  const auto sign = before.rfind('@');
  const bool ends_domain =
      sign != std::string_view::npos && before.find_first_of(".,;", sign) == std::string_view::npos;
  if (behind.starts_with(' ')) {
    const auto word = behind.substr(1, std::min(behind.find_first_of(" ,;)>", 1), behind.size()) - 1);
    return ends_domain && word.size() >= 2 && word.size() <= 4 &&
           std::all_of(word.begin(), word.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; });
  }
  const auto word = behind.substr(0, behind.find(' '));
  return !before.empty() && before.back() == ' ' && !word.empty() &&
         (ends_domain || word.find('@') != std::string_view::npos);
}

/// The text with "(at)" as the sign, and without the blanks that people let slip in around it and before a dot.
std::string straightened(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto rest = text.substr(at);
    bool sign = false;
    for (std::string_view word : {"(at)", "[at]", "{at}", "(AT)", "[AT]", "(ät)", "(a)", "＠"}) {
      if (!rest.starts_with(word)) continue;
      result += '@';
      at += word.size() - 1;
      sign = true;
      break;
    }
    if (!sign) result += text[at];
  }
  for (std::size_t at = 1; at < result.size(); ++at) {
    const char letter = result[at];
    if (letter != '@' && !(letter == '.' && joins(result, at))) continue;
    while (at > 0 && result[at - 1] == ' ') result.erase(--at, 1);
    while (at + 1 < result.size() && result[at + 1] == ' ') result.erase(at + 1, 1);
  }
  return result;
}

bool ends_local(char letter) {
  // These are allowed by the standard; where people write them they are what separates.
  return !is_ascii_alnum(letter) && (letter & 0x80) == 0 &&
         (local_signs.find(letter) == std::string_view::npos ||
          std::string_view("/=?").find(letter) != std::string_view::npos);
}

/// What stands before the sign at `at`: its begin.
std::size_t local_begin(std::string_view text, std::size_t at) {
  auto from = at;
  while (from > 0 && !ends_local(text[from - 1])) --from;
  // Quotation marks beyond ASCII end it as well.
  for (auto part = from; part < at;) {
    const auto begin = part;
    const auto letter = next_character(text, part);
    const bool part_of_it = letter >= 0 && (letter < 0x80 || u_isalnum(letter) != 0);
    if (!part_of_it) from = part;
    if (part_of_it && begin == from && letter < 0x80 && !is_ascii_alnum(text[begin]) && letter != '_') from = part;
  }
  return from;
}

std::size_t domain_end(std::string_view text, std::size_t from) {
  auto to = from;
  while (to < text.size()) {
    auto next = to;
    const auto letter = next_character(text, next);
    const bool part = letter >= 0x80 ? u_isalnum(letter) != 0
                                     : letter >= 0 && (is_ascii_alnum(text[to]) || text[to] == '.' || text[to] == '-');
    if (!part) break;
    to = next;
  }
  while (to > from && text[to - 1] == '.') --to;
  return to;
}

/// What may stand around an address without saying anything.
bool says_nothing_around(std::string_view text) {
  const auto folded = fold_name(text);
  return folded.empty() || folded == "mailto" || folded == "email" || folded == "e mail" || folded == "mail";
}

void replace_all(std::string &text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

/// What a person sees through: "max[at]example[dot]at", "max%40example.at", "max@@example..at", "max@example,at" and
/// letters of full width.
std::string guessed_address(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto from = at;
    const auto letter = next_character(text, at);
    if (letter > 0xFF00 && letter < 0xFF5F) {
      result += static_cast<char>(letter - 0xFEE0);
    } else {
      result += text.substr(from, at - from);
    }
  }
  result = straightened(result);
  for (std::string_view dot : {"[dot]", "(dot)", "{dot}", "[punkt]", "(punkt)", "(Punkt)", " dot ", " punkt ", "[.]"}) {
    replace_all(result, dot, ".");
  }
  for (std::string_view sign : {" at ", " ät ", "%40", "@@"}) replace_all(result, sign, "@");
  const auto sign = result.find('@');
  if (sign == std::string::npos || result.find('@', sign + 1) != std::string::npos) return {};
  auto domain = result.substr(sign);
  replace_all(domain, "..", ".");
  const auto comma = domain.rfind(',');
  const auto behind = comma == std::string::npos ? 0 : domain.size() - comma - 1;
  if (domain.find('.') == std::string::npos && (behind == 2 || behind == 3)) domain[comma] = '.';
  return result.substr(0, sign) + domain;
}

found_email first_address(std::string_view text) {
  const auto plain = straightened(text);
  const std::string_view all = plain;
  for (auto at = all.find('@'); at != std::string_view::npos; at = all.find('@', at + 1)) {
    const auto from = local_begin(all, at);
    const auto to = domain_end(all, at + 1);
    const auto local = all.substr(from, at - from), domain = all.substr(at + 1, to - at - 1);
    if (!is_local_part(local) || !is_email_domain(domain)) continue;
    found_email found{std::string(local) + "@" + fold_email(domain), false};
    found.alone = says_nothing_around(all.substr(0, from)) && says_nothing_around(all.substr(to));
    return found;
  }
  return {};
}

}  // namespace

found_email find_email(std::string_view text) {
  constexpr std::size_t longest = 2'000;
  if (text.size() > longest) text = text.substr(0, longest);
  auto found = first_address(text);
  if (!found.address.empty()) return found;
  found = first_address(guessed_address(text));
  found.alone = false;
  return found;
}

std::optional<std::string> normal_email(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const auto at = text.rfind('@');
  const bool plain = at != std::string_view::npos && text.size() <= 254 && is_local_part(text.substr(0, at)) &&
                     is_email_domain(text.substr(at + 1));
  // Nearly every address is no more than that.
  if (plain && local_begin(text, at) == 0) return std::string(text.substr(0, at + 1)) + fold_email(text.substr(at + 1));
  if (text.find_first_of(" (") != std::string_view::npos && text.find('<') == std::string_view::npos)
    return std::nullopt;
  auto found = find_email(text);
  if (found.address.empty()) return std::nullopt;
  const auto open = text.find('<');
  const bool named = open != std::string_view::npos && text.back() == '>' && text.find('@') > open;
  if (!named && !found.alone) return std::nullopt;
  return std::move(found.address);
}

}  // namespace lead_system::intake
