#include "intake/info_text.hpp"

#include <boost/property_tree/info_parser.hpp>
#include <sstream>

#include "intake/definition.hpp"
#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

using boost::property_tree::ptree;

constexpr int deepest = 16;

constexpr bool is_blank(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

/// PropertyTree forgets where a key stood. This walks the text by the same rules (info_parser_read.hpp) and notes the
/// line of each key in the order of the file; it also stops nesting and directives before PropertyTree sees them.
class key_lines {
 public:
  key_lines(const std::string &file, std::string_view text) : file_(file) {
    while (!text.empty()) {
      ++line_;
      const auto end = text.find('\n');
      read(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
  }
  const std::vector<int> &lines() const noexcept { return lines_; }

 private:
  enum class expects { key, data, continuation };

  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  void skip_text() {
    if (rest_.front() != '"') {
      while (!rest_.empty() && !is_blank(rest_.front()) && rest_.front() != ';') rest_.remove_prefix(1);
      return;
    }
    rest_.remove_prefix(1);
    for (bool escaped = false; !rest_.empty() && (escaped || rest_.front() != '"'); rest_.remove_prefix(1)) {
      escaped = !escaped && rest_.front() == '\\';
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
  }

  void brace(char which) {
    rest_.remove_prefix(1);
    depth_ += which == '{' ? 1 : -1;
    if (depth_ > deepest) throw definition_error(file_, line_, {"Braces are nested more than 16 deep.", {}});
    state_ = expects::key;
  }

  void read_value() {
    skip_text();
    skip_blanks();
    state_ = !rest_.empty() && rest_.front() == '\\' ? expects::continuation : expects::key;
    if (state_ == expects::continuation) rest_ = {};
  }

  void read(std::string_view line) {
    rest_ = line;
    skip_blanks();
    if (!rest_.empty() && rest_.front() == '#') {
      throw definition_error(file_, line_,
                             {"A definition is one file: directives such as #include are not allowed.", {}});
    }
    while (skip_blanks(), !rest_.empty() && rest_.front() != ';') {
      const char next = rest_.front();
      if (state_ != expects::continuation && (next == '{' || next == '}')) {
        brace(next);
      } else if (state_ == expects::key) {
        lines_.push_back(line_);
        skip_text();
        state_ = expects::data;
      } else {
        read_value();
      }
    }
    if (state_ == expects::data) state_ = expects::key;
  }

  const std::string &file_;
  std::string_view rest_;
  int line_ = 0, depth_ = 0;
  expects state_ = expects::key;
  std::vector<int> lines_;
};

/// Recursion is bounded by `deepest`.
void copy(const ptree &from, info_node &into, const std::vector<int> &lines, std::size_t &next) {
  into.children.reserve(from.size());
  for (const auto &[key, child] : from) {
    info_node node;
    node.key = key;
    node.value = child.data();
    node.line = next < lines.size() ? lines[next] : 0;
    ++next;
    copy(child, node, lines, next);
    into.children.push_back(std::move(node));
  }
}

}  // namespace

info_node parse_info(const std::string &file, std::string_view text) {
  constexpr std::size_t largest = std::size_t{1} << 20;
  if (text.size() > largest) throw definition_error(file, 0, {"The file is larger than 1 MiB.", {}});
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos) {
    throw definition_error(file, 0, {"The file is not UTF-8 text.", {}});
  }
  const key_lines where(file, text);
  ptree tree;
  try {
    std::istringstream stream{std::string(text)};
    boost::property_tree::read_info(stream, tree);
  } catch (const boost::property_tree::info_parser_error &problem) {
    throw definition_error(file, static_cast<int>(problem.line()),
                           {"This is not INFO text: {1}.", {problem.message()}});
  }
  info_node root;
  std::size_t next = 0;
  copy(tree, root, where.lines(), next);
  return root;
}

}  // namespace lead_system::intake
