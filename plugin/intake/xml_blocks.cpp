// xml_blocks.cpp - cuts XML behind elements that are leads. A part is a piece of the payload as it came, in the
// elements that were open around it and with what stood in these before their first lead: a message's head counts for
// all of its leads. An element that is in more than one part says so by an attribute, for expressions that count what
// is in it.
#include <algorithm>
#include <span>
#include <vector>

#include "intake/blocks.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {
namespace {

constexpr std::string_view part_attribute = " leads-part=\"1\"";

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
        if (inside_ > 0 || !open_.empty()) {
          problem_ = {"The XML ends before its last element is closed. Have it sent again.", {}};
        }
        break;
      }
      if (!problem_.empty()) break;
      if (!ends_before(found)) {
        take(found);
        continue;
      }
      auto done = part();
      take(found);
      return done;
    }
    return problem_.empty() && leads_ > 0 ? part() : std::string{};
  }

 private:
  /// An element that is open around the leads.
  struct element {
    std::string start;      ///< its tag
    std::string head;       ///< what it holds before its first lead
    std::size_t from = 0;   ///< of its tag in the piece; meaningless where it was opened before
    bool in_piece = false;  ///< opened in this piece
    bool has_lead = false;
  };

  /// Whether the piece ends before this markup: where something else begins behind a lead. Elements that end behind it
  /// are whole then.
  bool ends_before(const tag &found) const {
    const bool begins = found.what == tag::kind::start || found.what == tag::kind::empty;
    return begins && leads_ > 0 && inside_ == 0 && piece_.size() >= within_.block_bytes &&
           (open_.empty() || open_.back().has_lead);
  }

  /// Appends the markup, and what stands before it, to the piece.
  void take(const tag &found) {
    const auto from = piece_.size() + found.from - taken_;
    piece_.append(held_, taken_, found.to - taken_);
    taken_ = found.to;
    if (inside_ > 0) {
      inside_ += found.what == tag::kind::start ? 1 : found.what == tag::kind::end ? -1 : 0;
      if (inside_ == 0) lead_ends();
    } else if (found.what != tag::kind::other) {
      take_outside(found, from);
    }
    if (piece_.size() - last_lead_ > within_.largest_lead_bytes) {
      problem_ = {"The payload holds a lead of more than 8 MiB. Have the sender correct it.", {}};
    }
  }

  void lead_ends() {
    ++leads_;
    last_lead_ = piece_.size();
  }

  void take_outside(const tag &found, std::size_t from) {
    if (found.what == tag::kind::end) {
      close();
    } else if (is_lead(found.name)) {
      for (auto &one : open_) one.has_lead = true;
      inside_ = found.what == tag::kind::start ? 1 : 0;
      if (inside_ == 0) lead_ends();
    } else if (found.what == tag::kind::empty) {
      add_to_head(from);
    } else if (open_.size() >= static_cast<std::size_t>(within_.depth)) {
      problem_ = {"The XML is nested more than {1} deep. Have the sender correct it.", {std::to_string(within_.depth)}};
    } else {
      open_.push_back({piece_.substr(from), {}, from, true, false});
    }
  }

  void close() {
    if (open_.empty()) {
      problem_ = {"The XML closes an element that is not open. Have it sent again.", {}};
      return;
    }
    const auto closed = std::move(open_.back());
    open_.pop_back();
    // Without a lead in it, it was opened in this piece: pieces end behind leads.
    if (!closed.has_lead) add_to_head(closed.from);
  }

  /// What stands in the piece from there on, as long as no lead came before.
  void add_to_head(std::size_t from) {
    if (open_.empty() || open_.back().has_lead) return;
    auto &head = open_.back().head;
    head.append(piece_, from, std::string::npos);
    if (head.size() > within_.largest_lead_bytes) {
      problem_ = {"The payload holds a lead of more than 8 MiB. Have the sender correct it.", {}};
    }
  }

  bool is_lead(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), local_name(name)) != names_.end();
  }

  static std::string marked(const std::string &start) {
    auto result = start;
    return result.insert(result.size() - 1, part_attribute);
  }

  /// The piece that was collected, made whole; the next one begins.
  std::string part() {
    std::string begin = std::move(around_), end;
    around_.clear();
    for (auto one = open_.rbegin(); one != open_.rend(); ++one) {
      if (one->in_piece) piece_.insert(one->from + one->start.size() - 1, part_attribute);
      end += "</" + one->start.substr(1, one->start.find_first_of(" \t\r\n/>", 1) - 1) + ">";
    }
    for (auto &one : open_) {
      one.in_piece = false;
      around_ += marked(one.start) + one.head;
    }
    auto result = std::move(begin) + piece_ + end;
    piece_.clear();
    last_lead_ = 0;
    leads_ = 0;
    return result;
  }

  /// The next piece of markup; false at the end.
  bool take_tag(tag &found) {
    auto at = taken_;
    while (true) {
      const auto from = held_.find('<', at);
      const auto to = from == std::string::npos ? from : markup_end(from);
      if (to != std::string::npos) {
        found = describe(from, to);
        return true;
      }
      if (held_.size() - taken_ > within_.largest_lead_bytes) {
        problem_ = {"The payload holds a lead of more than 8 MiB. Have the sender correct it.", {}};
        return true;
      }
      at = (from == std::string::npos ? held_.size() : from) - taken_;
      if (!fill()) {
        if (from == std::string::npos) return false;
        problem_ = {"The XML ends before its last element is closed. Have it sent again.", {}};
        return true;
      }
    }
  }

  /// Behind the '>' of the markup that begins at `from`; npos when it is not all here.
  std::size_t markup_end(std::size_t from) const {
    const auto rest = std::string_view(held_).substr(from);
    if (rest.size() < 2) return std::string::npos;
    struct form {
      std::string_view begin, end;
    };
    static constexpr form forms[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    const bool is_tag = rest[1] != '!' && rest[1] != '?';
    for (const auto &[begin, end] : std::span(forms, is_tag ? 0 : std::size(forms))) {
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

  bool fill() {
    held_.erase(0, taken_);
    taken_ = 0;
    const auto more = text_.next();
    held_ += more;
    return !more.empty();
  }

  std::vector<std::string> names_;
  text_stream &text_;
  const limits &within_;
  std::string held_;
  std::size_t taken_ = 0;      ///< of what is held, into the piece
  std::string piece_;          ///< since the last part
  std::size_t last_lead_ = 0;  ///< where the last lead of the piece ends
  int leads_ = 0;              ///< whole ones in the piece
  int inside_ = 0;             ///< elements open since a lead began
  std::vector<element> open_;
  std::string around_;  ///< what was open when the piece began, with its heads
  bool ended_ = false;
};

/// Whether a field depends on what other leads stand before or behind its own.
bool looks_at_others(const definition &source) {
  const auto &fields = source.how->lead.fields;
  return std::any_of(fields.begin(), fields.end(), [](const alternatives &field) {
    return std::any_of(field.begin(), field.end(), [](const expression &one) {
      return one.text.find("preceding::") != std::string::npos || one.text.find("following::") != std::string::npos;
    });
  });
}

}  // namespace

std::vector<std::string> xml_record_names(const definition &source) {
  std::vector<std::string> names;
  if (looks_at_others(source)) return names;
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
