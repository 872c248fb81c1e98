#include "intake/blocks.hpp"

#include "intake/csv_rows.hpp"
#include "intake/reading.hpp"

namespace lead_system::intake {
namespace {

/// Rows under their header.
class csv_cutter final : public block_reader {
 public:
  csv_cutter(text_stream &text, const limits &within) : text_(text), within_(within) {}

  std::string next() override {
    if (header_.empty() && !take_header()) return {};
    std::string block = header_;
    while (block.size() < within_.block_bytes + header_.size()) {
      const auto row = take_row(separator_);
      if (row.empty()) break;
      block += row;
    }
    return block.size() > header_.size() ? block : std::string{};
  }

 private:
  bool take_header() {
    while (held_.find_first_of("\r\n") == std::string::npos && fill()) {
    }
    separator_ = csv_separator(held_);
    if (held_.starts_with("sep=")) header_ = take_row(separator_);
    header_ += take_row(separator_);
    return !header_.empty() && problem_.empty();
  }

  /// The next row with its line break; empty at the end.
  std::string take_row(char separator) {
    while (true) {
      const auto end = csv_row_end(std::string_view(held_).substr(at_), separator);
      if (end != std::string_view::npos) {
        auto row = held_.substr(at_, end);
        at_ += end;
        return row;
      }
      if (held_.size() - at_ > within_.largest_lead_bytes) {
        problem_ = {
            "The CSV holds a row of more than 8 MiB, perhaps after a quotation mark that does not close. Have "
            "it sent again.",
            {}};
        return {};
      }
      if (!fill()) {
        auto rest = held_.substr(at_);
        held_.clear();
        at_ = 0;
        return rest;
      }
    }
  }

  bool fill() {
    held_.erase(0, at_);
    at_ = 0;
    const auto more = text_.next();
    held_ += more;
    return !more.empty();
  }

  text_stream &text_;
  const limits &within_;
  std::string held_, header_;
  std::size_t at_ = 0;
  char separator_ = ';';
};

/// The elements of an array.
class json_cutter final : public block_reader {
 public:
  json_cutter(text_stream &text, const limits &within) : text_(text), within_(within) {}

  std::string next() override {
    if (!begun_ && !begin()) return {};
    std::string block = "[";
    while (block.size() < within_.block_bytes) {
      const auto element = take_element();
      if (element.empty()) break;
      if (block.size() > 1) block += ',';
      block += element;
    }
    return block.size() > 1 && problem_.empty() ? block + "]" : std::string{};
  }

 private:
  bool begin() {
    begun_ = true;
    while (held_.find_first_not_of(" \t\r\n") == std::string::npos && fill()) {
    }
    const auto first = held_.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && held_[first] == '[') {
      at_ = first + 1;
      return true;
    }
    problem_ = {"A JSON payload of more than 32 MiB is read only as one array of leads. Split it.", {}};
    return false;
  }

  /// The text of the next element; empty behind the last.
  std::string take_element() {
    int depth = 0;
    bool quoted = false;
    std::size_t scan = at_;
    while (!ended_) {
      if (scan >= held_.size()) {
        scan -= at_;
        if (held_.size() - at_ > within_.largest_lead_bytes) {
          problem_ = {"The payload holds a lead of more than 8 MiB. Have the sender correct it.", {}};
          return {};
        }
        if (!fill()) {
          problem_ = {"The JSON ends before its array is closed. Have it sent again.", {}};
          return {};
        }
        continue;
      }
      const char letter = held_[scan++];
      if (quoted) {
        if (letter == '\\') ++scan;
        if (letter == '"') quoted = false;
      } else if (letter == '"') {
        quoted = true;
      } else if (letter == '{' || letter == '[') {
        ++depth;
      } else if ((letter == '}' || letter == ']') && depth > 0) {
        --depth;
      } else if (depth == 0 && (letter == ',' || letter == ']')) {
        ended_ = letter == ']';
        auto element = held_.substr(at_, scan - 1 - at_);
        at_ = scan;
        if (element.find_first_not_of(" \t\r\n") != std::string::npos) return element;
        scan = at_;
      }
    }
    return {};
  }

  bool fill() {
    held_.erase(0, at_);
    at_ = 0;
    const auto more = text_.next();
    held_ += more;
    return !more.empty();
  }

  text_stream &text_;
  const limits &within_;
  std::string held_;
  std::size_t at_ = 0;
  bool begun_ = false, ended_ = false;
};

}  // namespace

std::size_t cut_above(const definition &source, const limits &within) noexcept {
  switch (source.how->format) {
    case payload_format::mail:
      return 0;
    case payload_format::csv:
      return within.cut_above_bytes;
    case payload_format::json:
      // Not every JSON can be cut: what fits into the memory is read whole.
      return within.payload_bytes;
    default:
      return xml_record_names(source).empty() ? 0 : within.cut_above_bytes;
  }
}

std::unique_ptr<block_reader> cut_into_blocks(const definition &source, text_stream &text, const limits &within) {
  if (source.how->format == payload_format::csv) return csv_blocks(text, within);
  if (source.how->format == payload_format::json) return json_blocks(text, within);
  return xml_blocks(source, text, within);
}

std::unique_ptr<block_reader> csv_blocks(text_stream &text, const limits &within) {
  return std::make_unique<csv_cutter>(text, within);
}

std::unique_ptr<block_reader> json_blocks(text_stream &text, const limits &within) {
  return std::make_unique<json_cutter>(text, within);
}

}  // namespace lead_system::intake
