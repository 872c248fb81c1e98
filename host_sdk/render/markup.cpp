#include "render/markup.hpp"

#include <kainjow/mustache.hpp>
#include <stdexcept>

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
};
values::values() : inside_(std::make_unique<inside>()) {}
values::values(values &&) noexcept = default;
values &values::operator=(values &&) noexcept = default;
values::~values() = default;

values &values::text(const std::string &name, std::string_view value) {
  if (!value.empty()) inside_->data.set(name, escaped(value));
  return *this;
}

values &values::put(const std::string &name, const markup &value) {
  if (!value.empty()) inside_->data.set(name, value.html());
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
  return markup(std::move(html));
}

}  // namespace dms::render
