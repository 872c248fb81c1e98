// Names of persons and companies that came as one text.
#include <unicode/uchar.h>

#include <algorithm>

#include "intake/name_words.hpp"
#include "intake/normalise.hpp"
#include "intake/utf8.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

using name_words = std::vector<std::string>;

using namespace known_words;

template <typename List>
bool is_in(const List &list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

/// "Dipl.-Ing." → "dipling".
std::string squashed(std::string_view text) {
  auto plain = fold_name(text);
  std::erase(plain, ' ');
  return plain;
}

bool in_capitals(std::string_view text) {
  return text.size() > 1 &&
         std::none_of(text.begin(), text.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

bool is_faculty(std::string_view word) {
  const auto plain = squashed(word);
  return is_in(faculties, plain) &&
         (word.ends_with('.') || word.front() == '(' || (word.front() >= 'a' && word.front() <= 'z'));
}

bool is_company_form(std::string_view word) {
  const auto plain = squashed(word);
  if (plain == "eu" || plain == "ev") return word.find('.') != std::string_view::npos || word == "eU" || word == "eV";
  if (is_in(capital_forms, plain)) return in_capitals(word) || word == "Kg";
  // "Muster-GmbH"
  const auto hyphen = word.rfind('-');
  return is_in(company_forms, plain) ||
         (hyphen != std::string_view::npos && hyphen > 2 && is_company_form(word.substr(hyphen + 1)));
}

bool is_and(std::string_view word) {
  return word == "&" || word == "+";
}

bool is_particle(std::string_view text) {
  for (auto known :
       {"von", "van", "vom", "zu", "zur", "de", "del", "della", "den", "der", "dos", "da", "el", "al", "bin", "di"}) {
    if (text == known) return true;
  }
  return false;
}

std::string_view trimmed_name(std::string_view text) {
  const auto from = text.find_first_not_of(" ,");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" ,") - from + 1);
}

name_words words_in(std::string_view text) {
  name_words result;
  while (!(text = trimmed_name(text)).empty()) {
    const auto end = std::min(text.find(' '), text.size());
    result.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return result;
}

template <typename Iterator>
std::string joined_words(Iterator from, Iterator to) {
  std::string result;
  for (; from != to; ++from) result += (result.empty() ? "" : " ") + *from;
  return result;
}

/// "Dr.med.univ.Max" → "Dr. med. univ. Max"; "Mag.a" and "e.U." stay.
std::string apart(std::string_view text) {
  std::string result;
  bool title_before = false;
  for (auto &word : words_in(text)) {
    std::string_view rest = word;
    if (!result.empty()) result += ' ';
    for (auto dot = rest.find('.'); dot != std::string_view::npos && dot + 3 < rest.size(); dot = rest.find('.')) {
      const auto piece = rest.substr(0, dot + 1);
      const bool letter = rest[dot + 1] != '-' && rest[dot + 1] != '.' && rest.find('@') == std::string_view::npos;
      if (!letter || !(is_title(piece) || (title_before && is_faculty(piece)))) break;
      title_before = true;
      result += std::string(piece) + ' ';
      rest.remove_prefix(dot + 1);
    }
    result += rest;
    title_before = is_title(rest) || (title_before && is_faculty(rest));
  }
  return result;
}

bool names_company(std::string_view text) {
  const auto words = words_in(text);
  return std::any_of(words.begin(), words.end(), [](const auto &word) { return is_company_form(word); });
}

/// "Max Muster - Muster GmbH" with a comma between the two; "Müller - Huber" stays.
std::string with_commas_at_companies(std::string text) {
  for (std::string_view sign : {" - ", " – ", " / ", " | "}) {
    const auto at = text.find(sign);
    if (at == std::string::npos) continue;
    const auto before = std::string_view(text).substr(0, at), behind = std::string_view(text).substr(at + sign.size());
    if (names_company(before) || names_company(behind)) text.replace(at, sign.size(), ", ");
  }
  if (text.find('&') == std::string::npos) std::replace(text.begin(), text.end(), ';', ',');  // "&x;" is one word
  return text;
}

/// One name on its way to its parts.
class name_reader {
 public:
  explicit name_reader(person &into) : into_(into) {}

  bool read(std::string_view full) {
    if (full.size() > 2 && full.front() == '"' && full.back() == '"') full = full.substr(1, full.size() - 2);
    const auto text = with_commas_at_companies(without_asides(full));
    std::vector<name_words> parts;
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      if (auto words = words_in(apart(rest.substr(0, end))); !words.empty()) parts.push_back(std::move(words));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::erase_if(parts, [&](name_words &part) { return company(part) && part.empty(); });
    if (!parts.empty()) persons(parts);
    place(into_.title, joined_words(titles_.begin(), titles_.end()));
    if (into_.last_name.empty() && into_.first_name.empty() && !into_.company.empty())
      place(into_.salutation, "company");
    return complete_;
  }

 private:
  /// "(privat)", "🌸", a phone number or an address: no part of a name.
  std::string without_asides(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
      const auto from = at;
      const auto letter = next_character(text, at);
      const auto type = u_charType(letter);
      const bool sign = type == U_OTHER_SYMBOL || type == U_MODIFIER_SYMBOL || type == U_ENCLOSING_MARK ||
                        letter == 0x200D || (letter >= 0xFE00 && letter <= 0xFE0F) || letter == '*' || letter == '_';
      if (sign && letter != 0x2019 && letter != '`' && letter != 0xB4) {
        complete_ = false;
        plain += ' ';
      } else {
        plain += text.substr(from, at - from);
      }
    }
    std::string result;
    for (std::string_view rest = plain; !rest.empty();) {
      const auto open = std::min(rest.find_first_of("([{"), rest.size());
      result += rest.substr(0, open);
      rest.remove_prefix(open);
      const auto close = rest.find_first_of(")]}");
      if (rest.empty() || close == std::string_view::npos) {
        result += rest;
        break;
      }
      const auto inside = rest.substr(0, close + 1);
      const bool title = inside.find(' ') == std::string_view::npos && (is_title(inside) || is_faculty(inside));
      auto beside = words_in(inside.substr(1, inside.size() - 2));
      const bool place_of_work = !title && company(beside) && beside.empty();
      result += title ? " " + std::string(inside) : " ";
      complete_ = complete_ && (title || place_of_work);
      rest.remove_prefix(close + 1);
    }
    return result;
  }

  static bool is_all_company(const name_words &words) {
    if (words.size() < 2) return false;
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (is_in(company_words, squashed(words[at]))) return true;
      const bool joined = at > 0 && at + 1 == words.size() && is_and(words[at - 1]);
      if (joined && is_in(company_partners, squashed(words[at]))) return true;
    }
    return false;
  }

  /// Takes a company off the words; what stands behind its form is a person.
  bool company(name_words &words) {
    if (is_all_company(words)) {
      place(into_.company, joined_words(words.begin(), words.end()));
      words.clear();
      return true;
    }
    const bool named = words.size() > 1 && normal_salutation(words.front()) == "company";
    auto form = std::find_if(words.rbegin(), words.rend(), [](const auto &word) { return is_company_form(word); });
    if (!named && (form == words.rend() || words.size() < 2)) return false;
    if (named) words.erase(words.begin());
    form = std::find_if(words.rbegin(), words.rend(), [](const auto &word) { return is_company_form(word); });
    // "Sportverein Linz", "Verein der Freunde": the form stands in front.
    const bool in_front = form != words.rend() && form.base() == words.begin() + 1;
    if (in_front && !named && is_in(capital_forms, squashed(*form))) return false;  // "Kg Huber"
    const auto end = form == words.rend() || in_front ? words.end() : form.base();
    place(into_.company, joined_words(words.begin(), end));
    words.erase(words.begin(), end);
    while (!words.empty() && (squashed(words.front()).empty() || is_in(to_whom, squashed(words.front())))) {
      words.erase(words.begin());
    }
    return true;
  }

  /// The words of one person between their commas.
  void persons(std::vector<name_words> &parts) {
    for (auto &part : parts) cut_at_other_names(part);
    take_front(parts.front());
    for (auto &part : parts) take_back(part, &part == &parts.front() ? 2 : 1);
    std::erase_if(parts, [](const auto &part) { return part.empty(); });
    if (parts.empty()) return;
    if (parts.size() > 1 && is_family_name(parts)) {
      take_front(parts[1]);
      place(into_.first_name, joined_words(parts[1].begin(), parts[1].end()));
      place(into_.last_name, joined_words(parts[0].begin(), parts[0].end()));
      complete_ = complete_ && parts.size() == 2;
    } else {
      complete_ = complete_ && parts.size() == 1;
      names(parts.front());
    }
  }

  /// Whether the first part is a family name and the second the given one: "von der Au, Hans".
  static bool is_family_name(const std::vector<name_words> &parts) {
    const auto &family = parts[0];
    const auto &given = parts[1];
    const auto names = std::count_if(family.begin(), family.end(), [](const auto &word) { return !is_particle(word); });
    const bool digits = std::any_of(given.begin(), given.end(), [](const auto &word) {
      return word.find_first_of("0123456789") != std::string::npos;
    });
    return !digits && !given.empty() && (names <= 1 || is_in(given_names, squashed(given.front())));
  }

  /// "c/o Huber", "geb. Huber", "8010 Graz" behind a name.
  void cut_at_other_names(name_words &words) {
    while (words.size() > 1 && squashed(words.front()) == "zhd") words.erase(words.begin());
    for (std::size_t at = 1; at < words.size(); ++at) {
      const auto &word = words[at];
      const bool code =
          at > 1 && (word.size() == 4 || word.size() == 5) && word.find_first_not_of("0123456789") == std::string::npos;
      if (!code && !is_in(other_names, squashed(word))) continue;
      if (squashed(word) == "co" && word.find('/') == std::string::npos) continue;
      words.resize(at);
      complete_ = false;
    }
  }

  /// A sign at the end of a sentence is none of the name.
  static void take_signs_off(std::string &word) {
    while (word.size() > 1 && std::string_view("!?:").find(word.back()) != std::string_view::npos) word.pop_back();
    const bool short_form = squashed(word).size() < 4 || is_title(word) || is_faculty(word) ||
                            is_in(generations, squashed(word)) || std::count(word.begin(), word.end(), '.') != 1;
    if (word.ends_with('.') && !short_form) word.pop_back();
  }

  /// Salutation and titles before a name.
  void take_front(name_words &words) {
    bool title_before = false;
    std::size_t salutations = 0;
    while (words.size() > 1) {
      const auto word = words.front();
      const auto plain = squashed(word);
      const auto salutation = plain.size() > 1 ? normal_salutation(word) : std::nullopt;
      const bool joins = salutations > 0 && (plain == "und" || plain == "u" || plain.empty());
      if (title_before && is_faculty(word)) {
        titles_.push_back(word);
      } else if (salutation && !(title_before && plain == "fr")) {
        if (++salutations == 1) place(into_.salutation, *salutation);
        if (salutations > 1) into_.salutation.clear(), complete_ = false;
      } else if (is_title(word)) {
        titles_.push_back(word);
        title_before = true;
      } else if (plain == "familie" || plain == "fam" || plain == "divers") {
        complete_ = false;
      } else if (!joins && !plain.empty()) {
        return;
      }
      words.erase(words.begin());
    }
  }

  /// Titles, "jun." and what is no name behind it; `least` words stay unless they are all titles.
  void take_back(name_words &words, std::size_t least) {
    const bool only_titles =
        std::all_of(words.begin(), words.end(), [](const auto &word) { return is_title(word) || is_faculty(word); });
    if (least == 1 && only_titles) {
      titles_.insert(titles_.end(), words.begin(), words.end());
      words.clear();
      return;
    }
    std::erase_if(words, [&](const auto &word) {
      const auto digits =
          std::count_if(word.begin(), word.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
      const bool only_digits = digits > 0 && squashed(word).find_first_not_of("0123456789") == std::string::npos;
      const bool none =
          digits > 2 || only_digits || word.find('@') != std::string::npos || (squashed(word).empty() && !is_and(word));
      if (digits > 0 || word.find('@') != std::string::npos) complete_ = false;
      return none;
    });
    for (auto &word : words) take_signs_off(word);
    while (!words.empty() && is_and(words.back())) words.pop_back();
    name_words behind;
    while (words.size() > 1) {
      const auto &word = words.back();
      if (const auto said = squashed(word); said == "frau" || said == "herr" || said == "herrn") {
        place(into_.salutation, *normal_salutation(word));
        words.pop_back();
        continue;
      }
      const bool generation = is_in(generations, squashed(word)) && (words.size() > 2 || word.ends_with('.'));
      const bool faculty = is_faculty(word) && (word.front() == '(' || is_title(words[words.size() - 2]));
      const bool title = words.size() > least && (is_title(word) || faculty);
      if (!generation && !title) break;
      if (generation) complete_ = false;
      if (title && !generation) behind.insert(behind.begin(), word);
      words.pop_back();
    }
    titles_.insert(titles_.end(), behind.begin(), behind.end());
  }

  /// The last one is the last name, with the particles before it.
  void names(const name_words &words) {
    if (words.empty()) return;
    auto last = words.end() - 1;
    while (last - words.begin() > 1 && is_particle(*(last - 1))) --last;
    if (words.size() == 2 && is_particle(words.front())) last = words.begin();
    place(into_.first_name, joined_words(words.begin(), last));
    place(into_.last_name, joined_words(last, words.end()));
  }

  void place(std::string &field, const std::string &value) {
    if (value.empty() || field == value) return;
    if (field.empty()) {
      field = value;
    } else {
      complete_ = false;
    }
  }

  static constexpr std::string_view to_whom[] = {"zh", "zhd", "zhdn", "co", "attn"};

  person &into_;
  name_words titles_;
  bool complete_ = true;
};

}  // namespace

bool is_title(std::string_view word) {
  const auto plain = squashed(word);
  if (is_in(capital_titles, plain)) {
    const auto from = word.find_first_not_of("([");
    return from != std::string_view::npos && in_capitals(word.substr(from)) && !(plain == "hr" && word.ends_with('.'));
  }
  return is_in(titles, plain);
}

bool split_name(std::string_view full, person &into) {
  return name_reader(into).read(full);
}

}  // namespace lead_system::intake
