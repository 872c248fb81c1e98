#include "intake/definition_bounds.hpp"

#include <algorithm>

#include "intake/expression.hpp"

namespace lead_system::intake {
namespace {

constexpr int most_wide = 4, most_wide_in_brackets = 1;

constexpr std::string_view wide_axes[] = {"ancestor::",  "ancestor-or-self::",  "descendant::", "descendant-or-self::",
                                          "following::", "following-sibling::", "preceding::",  "preceding-sibling::"};

constexpr bool is_name_letter(char letter) noexcept {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_' || letter == '-';
}

/// Axes that go beside: from each of many elements to many others, all of which are held before any is left out.
constexpr std::string_view beside_axes[] = {"following::", "following-sibling::", "preceding::", "preceding-sibling::"};

constexpr bool is_gap(char letter) noexcept {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

/// Walks an XPath once, outside of its quoted texts; as it is compiled, in lower case (lower_names).
class reach {
 public:
  explicit reach(std::string_view xpath) : text_(without_blanks(lower_names(xpath))) {
    for (at_ = 0; at_ < text_.size(); ++at_) step();
  }
  int wide = 0, in_brackets = 0;
  bool root_in_brackets = false, many_beside_many = false;

 private:
  /// "following :: a [1]" is "following::a[1]". Blanks between two names stay: "a or b".
  static std::string without_blanks(const std::string &xpath) {
    std::string result;
    char quote = 0;
    for (std::size_t at = 0; at < xpath.size(); ++at) {
      const char letter = xpath[at];
      if (quote == 0 && is_gap(letter)) {
        const auto next = std::find_if_not(xpath.begin() + static_cast<std::ptrdiff_t>(at), xpath.end(), is_gap);
        const bool between = !result.empty() && is_name_letter(result.back()) && next != xpath.end() &&
                             (is_name_letter(*next) || *next == '.' || *next == '/');
        if (between) result += ' ';
        at = static_cast<std::size_t>(next - xpath.begin()) - 1;
        continue;
      }
      if (quote == letter) {
        quote = 0;
      } else if (quote == 0 && (letter == '"' || letter == '\'')) {
        quote = letter;
      }
      result += letter;
    }
    return result;
  }
  bool follows(std::string_view word) const { return std::string_view(text_).substr(at_).starts_with(word); }
  void count() {
    ++wide;
    if (depth_ > 0) ++in_brackets;
  }
  void step() {
    const char letter = text_[at_];
    if (letter == '"' || letter == '\'') {
      at_ = std::min(text_.find(letter, at_ + 1), text_.size() - 1);
    } else if (letter == '[') {
      ++depth_;
    } else if (letter == ']') {
      --depth_;
    } else if (letter == ')') {
      // "(ancestor::*)/*": what the steps behind it look at is as much as the parentheses hold.
      if (depth_ > 0 && goes_on_at(at_ + 1)) count();
    } else if (letter == '/') {
      slash();
    } else if (follows("..")) {
      if (depth_ > 0) count();
      ++at_;
    } else if (at_ == 0 || !is_name_letter(text_[at_ - 1])) {
      // Written out, ".." is as much.
      if (depth_ > 0 && follows("parent::")) count();
      for (const auto axis : wide_axes) {
        if (follows(axis)) return look_along(axis);
      }
    }
  }
  bool goes_on_at(std::size_t at) const { return at < text_.size() && (text_[at] == '/' || text_[at] == '['); }
  /// Of ancestors there are no more than the payload is deep: only what goes on from them is much.
  void look_along(std::string_view axis) {
    auto end = at_ + axis.size();
    while (end < text_.size() && (is_name_letter(text_[end]) || text_[end] == '*' || text_[end] == ':')) ++end;
    if (depth_ > 0 && axis.starts_with("ancestor") && !goes_on_at(end)) return;
    const bool of_many = at_ > 0 && text_[at_ - 1] == '/';
    const bool goes_beside = std::find(std::begin(beside_axes), std::end(beside_axes), axis) != std::end(beside_axes);
    const auto behind = std::string_view(text_).substr(end);
    if (of_many && goes_beside && !behind.starts_with("[1]") && !behind.starts_with("()[1]")) many_beside_many = true;
    count();
  }
  /// "2*/a": behind a value the star multiplies, and the root follows.
  bool multiplies_before(std::size_t at) const {
    constexpr std::string_view ends_of_values = ")]*.'\"";
    if (at < 2 || text_[at - 1] != '*') return false;
    const char before = text_[at - 2];
    return is_name_letter(before) || ends_of_values.find(before) != std::string_view::npos;
  }
  void slash() {
    constexpr std::string_view ends_of_steps = ")]*.'\"";
    const char before = at_ == 0 ? ' ' : text_[at_ - 1];
    const bool goes_on =
        (is_name_letter(before) || ends_of_steps.find(before) != std::string_view::npos) && !multiplies_before(at_);
    if (depth_ > 0 && !goes_on) root_in_brackets = true;
    if (!follows("//")) return;
    count();
    ++at_;
  }

  const std::string text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

template <typename Field>
std::size_t expressions_in(const section<Field> &part) {
  std::size_t count = part.at.size();
  for (const auto &one : part.fields) count += one.size();
  return count;
}

}  // namespace

mistakes size_mistakes(std::string_view text) {
  if (text.size() <= largest_own_definition) return {};
  return {{0, {"The definition is larger than {1} KiB.", {std::to_string(largest_own_definition >> 10U)}}}};
}

void check_reach(std::string_view xpath) {
  const reach found(xpath);
  if (found.root_in_brackets) {
    throw expression_error({"Inside of brackets an XPath begins at its element, not at the root.", {}});
  }
  if (found.many_beside_many) {
    throw expression_error(
        {"Behind another step, following:: and preceding:: and those of siblings are written with "
         "[1]: of each element the next one alone.",
         {}});
  }
  if (found.wide > most_wide || found.in_brackets > most_wide_in_brackets) {
    throw expression_error(
        {"An XPath looks far (//, ancestor::, following:: and the like) at most {1} times, and once inside of "
         "brackets.",
         {std::to_string(most_wide)}});
  }
}

void check_bounds(const definition::reading &how, mistakes &into) {
  auto count = how.records.size() + how.needs.size() + how.around_ignored.size() + expressions_in(how.lead) +
               expressions_in(how.prospect) + expressions_in(how.vehicle) + expressions_in(how.finance);
  for (const auto &one : how.phones) count += expressions_in(one);
  for (const auto &one : how.consents) count += expressions_in(one);
  if (count <= most_expressions) return;
  into.push_back({0,
                  {"The definition has {1} expressions; {2} are allowed.",
                   {std::to_string(count), std::to_string(most_expressions)}}});
}

}  // namespace lead_system::intake
