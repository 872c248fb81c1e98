// xml_blocks.cpp - cuts XML at the elements that are leads; each part stands in the elements that were open around it.
#include <algorithm>
#include <vector>

#include "intake/blocks.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {
namespace {

/// In lower case, without prefix.
std::string local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  std::string result(colon == std::string_view::npos ? name : name.substr(colon + 1));
  for (char &letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

struct tag {
  enum class kind { start, end, empty, other } what = kind::other;
  std::size_t from = 0, to = 0;  ///< in the text that is held
  std::string_view name;
};

class xml_cutter final : public block_reader {
 public:
  xml_cutter(std::vector<std::string> names, text_stream &text, const limits &within)
      : names_(std::move(names)), text_(text), within_(within) {}

  std::string next() override {
    while (problem_.empty() && !ended_) {
      tag found;
      if (!take_tag(found)) {
        ended_ = true;
        if (inside_ > 0 || !around_.empty()) {
          problem_ = {"The XML ends before its last element is closed. Have it sent again.", {}};
        }
        break;
      }
      if (inside_ > 0) {
        inside_ += found.what == tag::kind::start ? 1 : found.what == tag::kind::end ? -1 : 0;
        if (inside_ == 0) {
          keep_lead(found.to);
          if (leads_.size() >= within_.block_bytes) return part();
        }
      } else if (auto done = outside(found); !done.empty()) {
        return done;
      }
    }
    return problem_.empty() ? part() : std::string{};
  }

 private:
  /// A tag between leads. What is collected is given out before the elements around it change.
  std::string outside(const tag &found) {
    if (found.what == tag::kind::other) return {};
    const bool lead = found.what != tag::kind::end && is_lead(found.name);
    if (lead) {
      lead_from_ = found.from;
      inside_ = found.what == tag::kind::start ? 1 : 0;
      if (inside_ == 0) keep_lead(found.to);
      return {};
    }
    if (found.what == tag::kind::empty) return {};
    auto done = part();
    if (found.what == tag::kind::end) {
      if (around_.empty()) {
        problem_ = {"The XML closes an element that is not open. Have it sent again.", {}};
      } else {
        around_.pop_back();
      }
    } else if (around_.size() >= static_cast<std::size_t>(within_.depth)) {
      problem_ = {"The XML is nested more than {1} deep. Have the sender correct it.", {std::to_string(within_.depth)}};
    } else {
      around_.emplace_back(held_.substr(found.from, found.to - found.from));
    }
    return done;
  }

  bool is_lead(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), local_name(name)) != names_.end();
  }

  void keep_lead(std::size_t to) { leads_.append(held_, lead_from_, to - lead_from_); }

  /// What was collected, in the elements around it.
  std::string part() {
    if (leads_.empty()) return {};
    std::string result;
    for (const auto &start : around_) result += start;
    result += leads_;
    for (auto start = around_.rbegin(); start != around_.rend(); ++start) {
      result += "</" + start->substr(1, start->find_first_of(" \t\r\n/>", 1) - 1) + ">";
    }
    leads_.clear();
    return result;
  }

  /// The next piece of markup; false at the end.
  bool take_tag(tag &found) {
    while (true) {
      const auto from = held_.find('<', at_);
      if (from == std::string::npos) {
        at_ = held_.size();
        if (!fill()) return false;
        continue;
      }
      const auto to = markup_end(from);
      if (to == std::string::npos) {
        if (held_.size() - std::min(from, kept_from()) > within_.largest_lead_bytes) {
          problem_ = {"The payload holds a lead of more than 8 MiB. Have the sender correct it.", {}};
          return true;
        }
        if (!fill()) {
          problem_ = {"The XML ends before its last element is closed. Have it sent again.", {}};
          return true;
        }
        continue;
      }
      at_ = to;
      found = describe(from, to);
      return true;
    }
  }

  /// Behind the '>' of the markup that begins at `from`; npos when it is not all here.
  std::size_t markup_end(std::size_t from) const {
    const auto rest = std::string_view(held_).substr(from);
    struct form {
      std::string_view begin, end;
    };
    static constexpr form forms[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (const auto &[begin, end] : forms) {
      if (rest.size() < begin.size() && begin.starts_with(rest)) return std::string::npos;
      if (!rest.starts_with(begin)) continue;
      const auto found = rest.find(end, begin.size());
      return found == std::string_view::npos ? found : from + found + end.size();
    }
    char quote = 0;
    for (std::size_t index = 1; index < rest.size(); ++index) {
      const char letter = rest[index];
      if (quote != 0) {
        if (letter == quote) quote = 0;
      } else if (letter == '"' || letter == '\'') {
        quote = letter;
      } else if (letter == '>' || (rest[1] == '!' && letter == '[')) {
        return from + index + 1;
      }
    }
    return std::string::npos;
  }

  tag describe(std::size_t from, std::size_t to) const {
    tag result;
    result.from = from;
    result.to = to;
    const auto text = std::string_view(held_).substr(from, to - from);
    if (text[1] == '!' || text[1] == '?') return result;
    const bool end = text[1] == '/';
    result.what = end ? tag::kind::end : text[text.size() - 2] == '/' ? tag::kind::empty : tag::kind::start;
    const auto name = text.substr(end ? 2 : 1);
    result.name = name.substr(0, name.find_first_of(" \t\r\n/>"));
    return result;
  }

  std::size_t kept_from() const { return inside_ > 0 ? lead_from_ : at_; }

  bool fill() {
    const auto keep = kept_from();
    held_.erase(0, keep);
    at_ -= keep;
    lead_from_ -= std::min(lead_from_, keep);
    const auto more = text_.next();
    held_ += more;
    return !more.empty();
  }

  std::vector<std::string> names_;
  text_stream &text_;
  const limits &within_;
  std::string held_, leads_;
  std::size_t at_ = 0, lead_from_ = 0;
  int inside_ = 0;                   ///< elements open since the lead began
  std::vector<std::string> around_;  ///< start tags of the elements that are open around the leads
  bool ended_ = false;
};

/// Whether a field of the lead stands outside of the element that is the lead.
bool looks_outside(const definition &source) {
  const auto &fields = source.how->lead.fields;
  return std::any_of(fields.begin(), fields.end(), [](const alternatives &field) {
    return std::any_of(field.begin(), field.end(), [](const expression &one) {
      return one.text.starts_with('/') || one.text.find("ancestor::") != std::string::npos;
    });
  });
}

}  // namespace

std::vector<std::string> xml_record_names(const definition &source) {
  std::vector<std::string> names;
  if (looks_outside(source)) return names;
  for (const auto &where : source.how->records) {
    const std::string_view text = where.text;
    const bool simple = text.starts_with("//") && text.find_first_of("/[@*|()", 2) == std::string_view::npos;
    if (!simple) return {};
    names.push_back(local_name(text.substr(2)));
  }
  return names;
}

std::unique_ptr<block_reader> xml_blocks(const definition &source, text_stream &text, const limits &within) {
  return std::make_unique<xml_cutter>(xml_record_names(source), text, within);
}

}  // namespace lead_system::intake
