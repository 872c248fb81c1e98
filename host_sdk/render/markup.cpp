#include "render/markup.hpp"

#include <charconv>
#include <kainjow/mustache.hpp>
#include <stdexcept>
#include <vector>

#include "render/resources.hpp"

namespace dms::render {
namespace mustache = kainjow::mustache;

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size() + text.size() / 8);
  for (char character : text) {
    switch (character) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default: {
        auto code = static_cast<unsigned char>(character);
        bool allowed = code >= 0x20 ? code != 0x7f : (code == '\t' || code == '\n' || code == '\r');
        if (allowed) {
          safe += character;
        } else {
          safe += "\xEF\xBF\xBD";
        }
      }
    }
  }
  return safe;
}

markup trusted(std::string html) {
  return markup(std::move(html));
}

struct values::inside {
  mustache::data data{mustache::data::type::object};
  std::vector<std::string> pieces;  ///< for which the template holds a mark until it is rendered
};

namespace {

// A template copies what is put into it five times. A larger piece is only marked there and put in once, afterwards.
// Nobody's text is such a mark: `escaped` lets the sign through no more than `put` does.
constexpr char mark = '\x01', end_of_mark = '\x02';
constexpr std::size_t worth_a_mark = 64;  ///< bytes

std::string with_pieces(std::string_view rendered, const std::vector<std::string> &pieces) {
  auto size = rendered.size();
  for (const auto &piece : pieces) size += piece.size();
  std::string html;
  html.reserve(size);
  while (true) {
    const auto at = rendered.find(mark);
    html += rendered.substr(0, at);
    if (at == std::string_view::npos) return html;
    const auto end = rendered.find(end_of_mark, at);
    std::size_t number = 0;
    std::from_chars(rendered.data() + at + 1, rendered.data() + end, number);
    html += pieces.at(number);
    rendered.remove_prefix(end + 1);
  }
}

}  // namespace

values::values() : inside_(std::make_unique<inside>()) {}
values::values(values &&) noexcept = default;
values &values::operator=(values &&) noexcept = default;
values::~values() = default;

values &values::text(const std::string &name, std::string_view value) {
  if (!value.empty()) inside_->data.set(name, escaped(value));
  return *this;
}

values &values::put(const std::string &name, markup value) {
  if (value.empty()) return *this;
  if (value.html().size() < worth_a_mark && value.html().find(mark) == std::string::npos) {
    inside_->data.set(name, value.html());
    return *this;
  }
  inside_->data.set(name, mark + std::to_string(inside_->pieces.size()) + end_of_mark);
  inside_->pieces.push_back(value.take());
  return *this;
}

values &values::flag(const std::string &name, bool value) {
  inside_->data.set(name, value ? mustache::data::type::bool_true : mustache::data::type::bool_false);
  return *this;
}

struct templates::parsed {
  explicit parsed(const std::string &source) : tree(source) {
    tree.set_custom_escape([](const std::string &already_safe) { return already_safe; });
  }
  // The library's render is not const, but writes only on errors of partials and lambdas, of which there are none.
  mutable mustache::mustache tree;
};

templates::templates(const words &say, std::string locale) : say_(say), locale_(std::move(locale)) {
  for (const auto &[name, bytes] : resources()) {
    if (name.ends_with(".mustache")) add(bytes);
  }
}
templates::~templates() = default;

void templates::add(std::string_view file) {
  constexpr std::string_view mark = "@@ ";
  auto at = file.find(mark);
  while (at != std::string_view::npos) {
    auto name_at = at + mark.size();
    auto body_at = file.find('\n', name_at) + 1;
    auto next = file.find("\n@@ ", body_at - 1);
    auto body = file.substr(body_at, next == std::string_view::npos ? next : next - body_at);
    auto made = std::make_unique<parsed>(in_language(body));
    std::string name(file.substr(name_at, body_at - 1 - name_at));
    if (!made->tree.is_valid()) throw std::logic_error("template " + name + ": " + made->tree.error_message());
    all_.emplace(std::move(name), std::move(made));
    at = next == std::string_view::npos ? next : next + 1;
  }
}

std::string templates::in_language(std::string_view source) const {
  std::string said;
  while (true) {
    auto open = source.find("[[");
    said += source.substr(0, open);
    if (open == std::string_view::npos) return said;
    auto close = source.find("]]", open);
    said += escaped(say(source.substr(open + 2, close - open - 2)));
    source.remove_prefix(close + 2);
  }
}

markup templates::render(const std::string &name, const values &filled) const {
  std::string html;
  all_.at(name)->tree.render(filled.inside_->data, [&html](const std::string &piece) { html += piece; });
  while (html.ends_with('\n')) html.pop_back();
  return markup(filled.inside_->pieces.empty() ? std::move(html) : with_pieces(html, filled.inside_->pieces));
}

}  // namespace dms::render
