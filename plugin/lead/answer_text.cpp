#include "lead/answer_text.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

#include "embedded/answers.hpp"

namespace lead_system {

namespace {

constexpr std::array<answer_placeholder, 10> all_placeholders{
    {{"salutation", "Anrede", "“Dear Ms Huber,”", &answer_values::salutation},
     {"name", "Name", "Name of the prospect", &answer_values::name},
     {"vehicle", "Fahrzeug", "The wanted vehicle", &answer_values::vehicle},
     {"type", "Anfragetyp", "Type of the enquiry", &answer_values::type},
     {"wished_date", "Wunschtermin", "Requested date", &answer_values::wished_date},
     {"location", "Standort", "Location of the lead", &answer_values::location},
     {"salesperson", "Verkäufer", "Who writes, or whose lead it is", &answer_values::salesperson},
     {"salesperson_mail", "Verkäufer-E-Mail", "His e-mail address", &answer_values::salesperson_mail},
     {"salesperson_phone", "Verkäufer-Telefon", "His telephone number", &answer_values::salesperson_phone},
     {"dealership", "Autohaus", "Name of the dealership", &answer_values::dealership}}};

const answer_placeholder *find_placeholder(std::string_view name) {
  const auto found = std::find_if(all_placeholders.begin(), all_placeholders.end(),
                                  [&](const auto &one) { return one.english == name || one.german == name; });
  return found == all_placeholders.end() ? nullptr : &*found;
}

/// One line filled in; `any` a placeholder stood in it, `told` one that is not empty; `open_end`: its last one is
/// empty.
struct filled_line {
  std::string text;
  bool any = false, told = false, open_end = false;
};

filled_line fill_line(std::string_view line, const answer_values &with) {
  filled_line result;
  while (!line.empty()) {
    const auto open = line.find('{');
    const auto close = open == std::string_view::npos ? open : line.find('}', open);
    if (close == std::string_view::npos) break;
    const auto *known = find_placeholder(line.substr(open + 1, close - open - 1));
    result.text += line.substr(0, open);
    if (known == nullptr) {
      result.text += line.substr(open, close - open + 1);
    } else {
      result.any = true;
      const auto &value = with.*known->value;
      result.told = result.told || !value.empty();
      result.open_end = value.empty() && close + 1 == line.size();
      result.text += value;
    }
    line.remove_prefix(close + 1);
  }
  result.text += line;
  return result;
}

/// "Autohaus, " and "Ihre Anfrage: ": what is left where the placeholder behind is empty.
void drop_end(std::string &text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == ':' || text.back() == ',')) text.pop_back();
}

struct greeting_row {
  std::string_view language, salutation, before;
};
constexpr greeting_row greeting_rows[] = {{"de", "ms", "Sehr geehrte Frau "},
                                          {"de", "mr", "Sehr geehrter Herr "},
                                          {"en", "ms", "Dear Ms "},
                                          {"en", "mr", "Dear Mr "}};

constexpr std::array<std::string_view, 12> english_months{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

/// "title: Eingangsbestätigung" and so on, an empty line, the text.
shipped_answer read_shipped(std::string_view text) {
  std::map<std::string, std::string, std::less<>> head;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) break;
    head[std::string(line.substr(0, colon))] = line.substr(colon + 2);
  }
  while (text.ends_with('\n')) text.remove_suffix(1);
  return {head["title"], head["kind"], head["language"], head["subject"], std::string(text)};
}

}  // namespace

std::span<const answer_placeholder> answer_placeholders() noexcept {
  return all_placeholders;
}

std::optional<message> signs_problem(std::string_view text, std::size_t longest, bool lines) {
  const bool signs = std::any_of(text.begin(), text.end(), [&](unsigned char c) {
    return (c < ' ' && !(lines && (c == '\n' || c == '\r' || c == '\t'))) || c == 0x7F;
  });
  if (text.size() <= longest && !signs) return std::nullopt;
  return message{"This is too long or holds signs that cannot be kept.", {}};
}

std::optional<message> typed_problem(std::string_view text, std::size_t longest, bool lines) {
  if (text.empty()) return message{"This must not be empty.", {}};
  return signs_problem(text, longest, lines);
}

std::optional<message> template_problem(std::string_view text) {
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == std::string_view::npos)
      return message{"A brace is opened and not closed. Close it or take it out.", {}};
    const auto name = text.substr(open + 1, close - open - 1);
    if (find_placeholder(name) != nullptr) continue;
    constexpr std::size_t longest_name = 40;
    const std::string shown = name.size() > longest_name ? "…" : std::string(name);
    return message{"There is no placeholder {1}. Use one of the list beside the text.", {"{" + shown + "}"}};
  }
  return std::nullopt;
}

std::string filled_answer(std::string_view text, const answer_values &with) {
  std::string result;
  bool dropped = true;  // before the first line
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto made = fill_line(line, with);
    if (made.any && !made.told) {
      dropped = true;
      continue;
    }
    if (made.open_end) drop_end(made.text);
    const bool after_blank = result.empty() || result.ends_with("\n\n");
    if (made.text.empty() && dropped && after_blank) continue;
    dropped = dropped && made.text.empty();
    result += made.text + '\n';
  }
  while (result.ends_with('\n')) result.pop_back();
  return result;
}

std::string filled_subject(std::string_view text, const answer_values &with) {
  auto made = fill_line(text.substr(0, text.find('\n')), with);
  if (made.open_end) drop_end(made.text);
  return made.text;
}

std::string salutation_of(const person &who, std::string_view language) {
  const bool german = language == "de";
  for (const auto &row : greeting_rows) {
    if (row.language != language || row.salutation != who.salutation || who.last_name.empty()) continue;
    const auto title = who.title.empty() ? std::string{} : who.title + ' ';
    return std::string(row.before) + title + who.last_name + ',';
  }
  if (who.first_name.empty() && who.last_name.empty()) {
    return german ? "Sehr geehrte Damen und Herren," : "Dear Sir or Madam,";
  }
  return (german ? "Guten Tag " : "Dear ") + who.full_name() + ',';
}

std::string wished_date_of(const lead_content &content, const std::string &zone, std::string_view language) {
  if (content.appointment_at == 0) return {};
  const auto *place = date::locate_zone("Europe/Vienna");
  try {
    if (!zone.empty()) place = date::locate_zone(zone);
  } catch (const std::runtime_error &) {
    // an unknown one counts as Vienna's
  }
  const date::sys_time<std::chrono::microseconds> at{std::chrono::microseconds(content.appointment_at)};
  const auto local = place->to_local(at);
  const auto day = date::floor<date::days>(local);
  const date::year_month_day ymd{day};
  const auto time =
      content.appointment_day ? std::string{} : date::format("%H:%M", date::floor<std::chrono::minutes>(local));
  if (language == "de") return date::format("%d.%m.%Y", day) + (time.empty() ? "" : ", " + time + " Uhr");
  const auto month = static_cast<unsigned>(ymd.month());
  return std::to_string(static_cast<unsigned>(ymd.day())) + ' ' + std::string(english_months.at(month - 1)) + ' ' +
         std::to_string(static_cast<int>(ymd.year())) + (time.empty() ? "" : ", " + time);
}

std::string answer_language(const person &who, const std::string &otherwise) {
  const auto known = who.language.empty() ? otherwise : who.language;
  return known.starts_with("de") ? "de" : "en";
}

std::vector<shipped_answer> shipped_answers() {
  std::vector<shipped_answer> result;
  for (const auto &file : embedded::answers()) result.push_back(read_shipped(file.content));
  return result;
}

}  // namespace lead_system
