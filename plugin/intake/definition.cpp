#include "intake/definition.hpp"

#include <algorithm>
#include <stdexcept>

#include "intake/catalog_text.hpp"
#include "intake/dates.hpp"
#include "intake/definition_bounds.hpp"
#include "intake/definition_parts.hpp"
#include "intake/info_text.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {
namespace {

struct named_format {
  std::string_view name;
  payload_format format;
};
constexpr named_format formats[] = {
    {"xml", payload_format::xml}, {"adf", payload_format::adf},   {"star", payload_format::star},
    {"csv", payload_format::csv}, {"json", payload_format::json}, {"mail", payload_format::mail},
};

payload_format format_of(const std::string &file, const info_node &node) {
  const auto &name = plain_value(file, node);
  for (const auto &known : formats) {
    if (known.name == name) return known.format;
  }
  throw definition_error(file, node.line, {"Unknown format \"{1}\": xml, adf, star, csv, json or mail.", {name}});
}

/// The parts of a definition while its file is read.
class definition_file {
 public:
  /// `all`: takes the mistakes of a text that was written on the screen; null: the first one is thrown.
  definition_file(const std::string &file, const std::string &text, const catalog &known, mistakes *all = nullptr)
      : file_(file), root_(parse_info(file, text)), types_(known), all_(all) {
    result_.file = file;
  }

  definition read() {
    // The format first: it says how the expressions of the other parts are compiled.
    const auto parts = here();
    for (const auto &node : root_.children) {
      if (node.key != "format") continue;
      parts.step([&] { how_.format = format_of(file_, node), result_.format = node.value; });
    }
    if (!result_.format.empty()) {
      for (const auto &node : root_.children) here().step([&] { read_part(node); });
      check();
    } else if (all_ == nullptr || all_->empty()) {
      parts.step([&] { throw definition_error(file_, 1, {"The definition has no format.", {}}); });
    }
    how_.types = type_words_;
    result_.how = std::make_shared<const definition::reading>(std::move(how_));
    return std::move(result_);
  }
  catalog take_types() { return std::move(types_); }

 private:
  part_context here() const { return {file_, how_.format, all_}; }

  void read_part(const info_node &node) {
    struct part {
      std::string_view key;
      void (definition_file::*read)(const info_node &);
    };
    static constexpr part parts[] = {
        {"format", &definition_file::nothing},    {"source", &definition_file::source},
        {"title", &definition_file::title},       {"category", &definition_file::category_},
        {"type", &definition_file::type},         {"zone", &definition_file::zone},
        {"date", &definition_file::date},         {"decimal", &definition_file::decimal},
        {"payload", &definition_file::payload},   {"lead", &definition_file::lead},
        {"prospect", &definition_file::prospect}, {"phone", &definition_file::phone},
        {"vehicle", &definition_file::vehicle},   {"consent", &definition_file::consent},
        {"finance", &definition_file::finance},   {"map", &definition_file::map},
        {"match", &definition_file::match},       {"feedback", &definition_file::feedback},
        {"old_list", &definition_file::old_list}, {"entered_here", &definition_file::entered_here},
    };
    auto found =
        std::find_if(std::begin(parts), std::end(parts), [&](const part &item) { return item.key == node.key; });
    if (found == std::end(parts)) unknown_key(file_, node);
    (this->*found->read)(node);
  }

  void nothing(const info_node &) {}
  void source(const info_node &node) {
    result_.id = plain_value(file_, node);
    // The id names a folder and a path segment.
    const bool fits = result_.id.size() <= 60 && std::all_of(result_.id.begin(), result_.id.end(), [](char letter) {
                        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
                      });
    if (!fits) {
      throw definition_error(file_, node.line, {"The source's id is written in small letters, digits and _.", {}});
    }
  }
  void title(const info_node &node) { result_.title = plain_value(file_, node); }
  void category_(const info_node &node) {
    if (!node.children.empty()) {
      if (may_declare(node, types_.find_category(node.value) != nullptr)) add_category(file_, node, types_);
    } else {
      result_.category = plain_value(file_, node);
      category_line_ = node.line;
    }
  }
  void type(const info_node &node) {
    if (may_declare(node, types_.find_type(node.value) != nullptr)) add_type(file_, node, types_);
  }
  /// On the screen what is known stays as it is, and nothing new is declared: rights hang on it.
  bool may_declare(const info_node &node, bool known) const {
    if (all_ == nullptr) return true;
    if (known) return false;
    throw definition_error(
        file_, node.line,
        {"\"{1}\" is new: categories and lead types are declared in a file of the data directory.", {node.value}});
  }
  void old_list(const info_node &node) { result_.old_list = yes_or_no(node); }
  void entered_here(const info_node &node) { result_.entered_here = yes_or_no(node); }
  bool yes_or_no(const info_node &node) const {
    const auto &word = plain_value(file_, node);
    if (word != "yes" && word != "no") {
      throw definition_error(file_, node.line, {"\"{1}\" is yes or no.", {node.key}});
    }
    return word == "yes";
  }
  void zone(const info_node &node) {
    how_.zone = plain_value(file_, node);
    if (!is_zone(how_.zone)) throw definition_error(file_, node.line, {"Unknown time zone \"{1}\".", {how_.zone}});
  }
  void date(const info_node &node) {
    const auto &format = plain_value(file_, node);
    if (!is_date_format(format)) {
      throw definition_error(file_, node.line,
                             {"The date format \"{1}\" needs YYYY, MM and DD; hh, mm, ss may follow.", {format}});
    }
    how_.dates.push_back(format);
  }
  void decimal(const info_node &node) {
    const auto &sign = plain_value(file_, node);
    if (sign != "," && sign != ".") {
      throw definition_error(file_, node.line, {"decimal is \",\" or \".\".", {}});
    }
    how_.decimal = sign.front();
  }
  void payload(const info_node &node) { read_payload_part(here(), node, how_); }
  void lead(const info_node &node) { read_section(here(), node, lead_field_names, how_.lead); }
  void prospect(const info_node &node) { read_section(here(), node, person_field_names, how_.prospect); }
  void phone(const info_node &node) {
    how_.phones.emplace_back();
    read_section(here(), node, phone_field_names, how_.phones.back());
  }
  void vehicle(const info_node &node) { read_section(here(), node, vehicle_field_names, how_.vehicle); }
  void consent(const info_node &node) {
    how_.consents.emplace_back();
    read_section(here(), node, consent_field_names, how_.consents.back());
  }
  void finance(const info_node &node) { read_section(here(), node, finance_field_names, how_.finance); }
  void map(const info_node &node) {
    if (node.value == "type") {
      type_words_ = read_words(here(), node);
      type_nodes_ = &node;
    } else {
      read_map(here(), node, how_);
    }
  }
  void match(const info_node &node) { match_node_ = &node; }
  void feedback(const info_node &node) { result_.feedback = read_feedback(here(), node); }

  void require(bool there, const char *sentence) const {
    here().step([&] {
      if (!there) throw definition_error(file_, 1, {sentence, {}});
    });
  }

  void check_category() const {
    if (result_.category.empty() || types_.find_category(result_.category) != nullptr) return;
    throw definition_error(file_, category_line_, {"There is no category \"{1}\".", {result_.category}});
  }

  void check_word(const info_node &word) {
    if (types_.find_type(word.value) == nullptr) {
      throw definition_error(file_, word.line, {"There is no lead type \"{1}\".", {word.value}});
    }
    if (std::find(result_.types.begin(), result_.types.end(), word.value) == result_.types.end()) {
      result_.types.push_back(word.value);
    }
  }

  /// What can only be seen when everything was read.
  void check() {
    require(!result_.id.empty(), "The definition has no source.");
    require(!result_.title.empty(), "The definition has no title.");
    require(!result_.category.empty(), "The definition has no category.");
    here().step([&] { check_category(); });
    require(how_.format == payload_format::csv || !how_.records.empty(),
            "The definition has no payload with a record.");
    require(how_.lead.present, "The definition has no lead.");
    require(how_.prospect.present, "The definition has no prospect.");
    require(!type_words_.empty() || result_.entered_here, "The definition has no map type.");
    for (const auto &word : type_nodes_ == nullptr ? std::vector<info_node>{} : type_nodes_->children) {
      here().step([&] { check_word(word); });
    }
    if (match_node_ != nullptr) result_.match = read_match(here(), *match_node_, types_);
    for (const auto &item : types_.types()) {
      if (types_.find_category(item.category) == nullptr) {
        throw definition_error(file_, 1, {"The type \"{1}\" is of no known category.", {item.key}});
      }
    }
    if (all_ != nullptr) check_bounds(how_, *all_);
  }

  const std::string &file_;
  info_node root_;
  catalog types_;
  definition result_;
  definition::reading how_;
  mistakes *all_;
  word_map type_words_;
  const info_node *type_nodes_ = nullptr, *match_node_ = nullptr;
  int category_line_ = 0;
};

std::string located(const std::string &file, int line, const std::string &sentence) {
  return file + (line > 0 ? ":" + std::to_string(line) : std::string()) + ": " + sentence;
}

}  // namespace

definition_error::definition_error(const std::string &file, int line, message sentence)
    : std::runtime_error(located(file, line, in_english(sentence))), line_(line), sentence_(std::move(sentence)) {}

definition parse_definition(const std::string &file, const std::string &text, catalog &into) {
  definition_file parts(file, text, into);
  auto result = parts.read();
  into = parts.take_types();
  return result;
}

checked_definition check_definition(const std::string &text, const catalog &known) {
  checked_definition result;
  result.wrong = size_mistakes(text);
  if (!result.wrong.empty()) return result;
  const std::string file = "definition";
  try {
    definition_file parts(file, text, known, &result.wrong);
    result.read = parts.read();
  } catch (const definition_error &mistake) {
    result.wrong.push_back({mistake.line(), mistake.sentence()});
  }
  result.read.file.clear();
  std::stable_sort(result.wrong.begin(), result.wrong.end(),
                   [](const auto &one, const auto &other) { return one.line < other.line; });
  const auto same = std::unique(result.wrong.begin(), result.wrong.end());
  result.wrong.erase(same, result.wrong.end());
  return result;
}

}  // namespace lead_system::intake
