// Names of persons and companies that came as one text.
#include <unicode/uchar.h>

#include <algorithm>

#include "intake/normalise.hpp"
#include "intake/utf8.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

using name_words = std::vector<std::string>;

constexpr std::string_view titles[] = {
    "dr",       "ddr",         "mdr",           "prof",       "univprof", "aoprof",     "aounivprof", "honprof",
    "mag",      "maga",        "mmag",          "ddipling",   "ing",      "dipling",    "dipl",       "diplkfm",
    "dkfm",     "diplwirting", "diplpad",       "diplhtling", "diplbw",   "diplpsych",  "diplinform", "drmed",
    "drtechn",  "driur",       "drphil",        "bsc",        "msc",      "phd",        "bakk",       "komm",
    "kommr",    "kommrat",     "kommerzialrat", "hofrat",     "medrat",   "obermedrat", "prim",       "primarius",
    "doz",      "univdoz",     "privdoz",       "pd",         "assprof",  "univass",    "bed",        "med",
    "llm",      "llb",         "mba",           "mas",        "akad",     "magister",   "doktor",     "professor",
    "dipl ing", "pfarrer",
};

/// Those that are names or words as well ("Ma", "Di"): titles only in capitals.
constexpr std::string_view capital_titles[] = {"di", "ma",  "ba",  "fh",   "kr",  "hr", "oa",
                                               "ra", "mim", "oar", "emba", "mpa", "mph"};

/// What follows a degree and says of which faculty.
constexpr std::string_view faculties[] = {"med",   "univ",  "iur",  "jur",  "phil",  "rer",  "nat",   "soc", "oc",
                                          "pol",   "techn", "vet",  "dent", "theol", "mult", "habil", "hc",  "art",
                                          "pharm", "ing",   "mont", "agr",  "comm",  "fh",   "des",   "mag", "bw",
                                          "psych", "kfm",   "biol", "chem", "math",  "inf",  "wirt",  "sc",  "et"};

/// Of companies and clubs. Capitals: they are syllables as well.
constexpr std::string_view company_forms[] = {"gmbh",
                                              "gesmbh",
                                              "gmbhco",
                                              "mbh",
                                              "kg",
                                              "keg",
                                              "ohg",
                                              "gesbr",
                                              "gbr",
                                              "genmbh",
                                              "regenmbh",
                                              "ltd",
                                              "llc",
                                              "inc",
                                              "sarl",
                                              "srl",
                                              "sro",
                                              "doo",
                                              "kft",
                                              "verein",
                                              "stiftung",
                                              "genossenschaft",
                                              "gmbhcokg",
                                              "flexco",
                                              "marktgemeinde",
                                              "stadtgemeinde",
                                              "gemeindeamt"};
constexpr std::string_view capital_forms[] = {"ag", "og", "kg", "se", "sa"};

constexpr std::string_view generations[] = {"sen", "senior", "sr", "jun", "junior", "jr", "ii", "iii", "iv"};

/// As fold_name writes them. Frequent given names: "Garcia Lopez, Maria" is a family name and a given one, "Max Muster,
/// Wien" a name and a town.
constexpr std::string_view given_names[] = {
    "adam",     "agnes",    "alex",      "alexander", "alexandra", "alfred",     "ali",       "alois",     "ana",
    "andrea",   "andreas",  "angela",    "anita",     "anja",      "anna",       "anton",     "antonia",   "armin",
    "astrid",   "barbara",  "ben",       "benjamin",  "bernd",     "bernhard",   "bettina",   "birgit",    "brigitte",
    "carina",   "carlos",   "caroline",  "christa",   "christian", "christina",  "christine", "christoph", "claudia",
    "clemens",  "cornelia", "daniel",    "daniela",   "david",     "diego",      "dominik",   "doris",     "edith",
    "elena",    "elias",    "elisabeth", "emma",      "erich",     "erika",      "ernst",     "erwin",     "eva",
    "fabian",   "fatma",    "felix",     "ferdinand", "florian",   "franz",      "franziska", "friedrich", "fritz",
    "gabriele", "georg",    "gerald",    "gerda",     "gerhard",   "gertrude",   "gunter",    "hans",      "harald",
    "heidi",    "heinrich", "heinz",     "helga",     "helmut",    "herbert",    "hermann",   "hubert",    "ingrid",
    "irene",    "isabella", "ivan",      "jakob",     "jan",       "jana",       "jasmin",    "jennifer",  "johann",
    "johanna",  "johannes", "jorg",      "jose",      "josef",     "juan",       "julia",     "julian",    "jurgen",
    "karin",    "karl",     "katharina", "kerstin",   "klaus",     "konrad",     "kurt",      "lara",      "laura",
    "lena",     "leon",     "leopold",   "lisa",      "luca",      "luis",       "lukas",     "magdalena", "manfred",
    "manul",    "manula",   "marco",     "margarete", "maria",     "marie",      "mario",     "marion",    "markus",
    "marlene",  "martin",   "martina",   "matthias",  "max",       "maximilian", "mehmet",    "melanie",   "michal",
    "michala",  "mohamed",  "monika",    "nadine",    "nicole",    "nina",       "norbert",   "oliver",    "oskar",
    "otto",     "patricia", "patrick",   "paul",      "paula",     "pedro",      "peter",     "petra",     "philipp",
    "rainer",   "regina",   "reinhard",  "renate",    "rene",      "robert",     "roland",    "roman",     "rosa",
    "rudolf",   "sabine",   "sabrina",   "sandra",    "sara",      "sarah",      "sebastian", "silvia",    "simon",
    "simone",   "sofia",    "sonja",     "sophie",    "stefan",    "stefanie",   "susanne",   "sylvia",    "tanja",
    "theresa",  "thomas",   "tobias",    "ulrike",    "ursula",    "valentina",  "vera",      "verena",    "veronika",
    "viktoria", "walter",   "werner",    "wilhelm",   "wolfgang",  "yvonne"};

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
  return is_in(company_forms, plain);
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

/// One name on its way to its parts.
class name_reader {
 public:
  explicit name_reader(person &into) : into_(into) {}

  bool read(std::string_view full) {
    const auto text = without_asides(full);
    std::vector<name_words> parts;
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      if (auto words = words_in(rest.substr(0, end)); !words.empty()) parts.push_back(std::move(words));
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
      result += title ? " " + std::string(inside) : " ";
      complete_ = complete_ && title;
      rest.remove_prefix(close + 1);
    }
    return result;
  }

  /// Takes a company off the words; what stands behind its form is a person.
  bool company(name_words &words) {
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
      } else if (plain == "familie" || plain == "fam") {
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
      const bool none = digits > 2 || word.find('@') != std::string::npos || squashed(word).empty();
      if (digits > 0 || word.find('@') != std::string::npos) complete_ = false;
      return none;
    });
    name_words behind;
    while (words.size() > 1) {
      const auto &word = words.back();
      const bool generation = is_in(generations, squashed(word)) && (words.size() > 2 || word.ends_with('.'));
      const bool title = words.size() > least && (is_title(word) || (is_faculty(word) && word.front() == '('));
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
