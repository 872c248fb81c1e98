// markup.hpp - the only way in which text becomes HTML.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "render/words.hpp"

namespace dms::render {

/// `text` as it may stand in HTML, in an element as well as in a quoted attribute. Control characters that HTML
/// forbids become U+FFFD.
std::string escaped(std::string_view text);

/// HTML that is ready to be sent. It comes from a template, from escape or from a trusted resource; there is no way
/// from a string of the outside to it.
class markup {
 public:
  markup() = default;
  static markup of(std::string_view text) { return markup(escaped(text)); }
  markup &operator+=(const markup &more) {
    html_ += more.html_;
    return *this;
  }
  bool empty() const noexcept { return html_.empty(); }
  const std::string &html() const noexcept { return html_; }
  /// The text itself, for who is the last to ask.
  std::string take() noexcept { return std::move(html_); }

 private:
  friend class templates;
  friend markup trusted(std::string html);
  explicit markup(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

/// For the program's own resources and for md4c's output (which drops raw HTML): never for data.
markup trusted(std::string html);

/// What a template fills in. An empty text is absent, so that `{{#name}}` asks whether there is one. Text is escaped
/// here, when it is put in: a template cannot leave it unescaped, whatever braces it uses.
class values {
 public:
  values();
  values(values &&) noexcept;
  values &operator=(values &&) noexcept;
  ~values();
  values &text(const std::string &name, std::string_view value);
  values &put(const std::string &name, markup value);
  values &flag(const std::string &name, bool value);

 private:
  friend class templates;
  struct inside;
  std::unique_ptr<inside> inside_;
};

/// The templates in one language. A file holds several, each after a line "@@ name"; `[[sentence]]` in a template is
/// said in that language. Immutable after construction, so every thread may render.
class templates {
 public:
  templates(const words &say, std::string locale);
  templates(const templates &) = delete;
  templates &operator=(const templates &) = delete;
  ~templates();
  /// Throws std::out_of_range for a template that is not there.
  markup render(const std::string &name, const values &filled = {}) const;
  std::string say(std::string_view sentence) const { return say_.say(locale_, sentence); }
  std::string say(std::string_view sentence, std::string_view first, std::string_view second = {}) const {
    return say_.say(locale_, sentence, first, second);
  }
  const std::string &locale() const noexcept { return locale_; }

 private:
  struct parsed;
  void add(std::string_view file);
  std::string in_language(std::string_view source) const;

  const words &say_;
  std::string locale_;
  std::map<std::string, std::unique_ptr<parsed>, std::less<>> all_;
};

}  // namespace dms::render
