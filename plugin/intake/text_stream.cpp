#include "intake/text_stream.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <vector>

#include "intake/encoding.hpp"
#include "intake/utf8.hpp"

namespace lead_system::intake {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20U;
constexpr std::size_t first_look = std::size_t{64} << 10U;

/// Bytes at the end that begin a character without ending it.
std::size_t cut_length(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0U) == 0x80U) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

utf8_look look_through(spool &from, std::size_t skip) {
  from.rewind();
  if (skip > 0) from.read(skip);
  utf8_look result;
  std::string held;
  for (auto bytes = from.read(piece); !bytes.empty(); bytes = from.read(piece)) {
    bytes.insert(0, held);
    const auto cut = cut_length(bytes);
    held = bytes.substr(bytes.size() - cut);
    bytes.erase(bytes.size() - cut);
    result.add(bytes);
  }
  result.add(held);
  return result;
}

}  // namespace

/// ICU, from one encoding to UTF-8, with what the last piece left.
class text_stream::conversion {
 public:
  explicit conversion(const std::string &encoding)
      : from_(ucnv_open(encoding.c_str(), &status_), &ucnv_close), to_(ucnv_open("UTF-8", &status_), &ucnv_close) {}
  bool usable() const noexcept { return U_FAILURE(status_) == 0; }

  std::string convert(std::string_view bytes, bool last) {
    std::string result;
    const char *source = bytes.data();
    const char *const source_end = source + bytes.size();
    do {
      char *target = buffer_.data();
      status_ = U_ZERO_ERROR;
      ucnv_convertEx(to_.get(), from_.get(), &target, buffer_.data() + buffer_.size(), &source, source_end,
                     pivot_.data(), &pivot_source_, &pivot_target_, pivot_.data() + pivot_.size(),
                     static_cast<UBool>(reset_), static_cast<UBool>(last), &status_);
      reset_ = false;
      result.append(buffer_.data(), target);
    } while (status_ == U_BUFFER_OVERFLOW_ERROR);
    return result;
  }

 private:
  UErrorCode status_ = U_ZERO_ERROR;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> from_, to_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{64} << 10U);
  std::vector<UChar> pivot_ = std::vector<UChar>(std::size_t{16} << 10U);
  UChar *pivot_source_ = pivot_.data();
  UChar *pivot_target_ = pivot_.data();
  bool reset_ = true;
};

text_stream::text_stream(spool &from, bool xml) : from_(from) {
  from_.rewind();
  const auto head = from_.read(first_look);
  const auto known = marked_encoding(head);
  mark_length_ = known.mark_length;
  const auto declared = xml ? declared_encoding(head) : std::string{};
  if (!known.encoding.empty() && known.encoding != "UTF-8") {
    encoding_ = known.encoding;
  } else if (const auto look = look_through(from_, mark_length_); look.by_intent(declared)) {
    mended_ = look.bad_bytes > 0;
    remark_ = utf8_remark(look, declared);
  } else {
    const bool none = declared.empty() || is_utf8_name(declared);
    encoding_ = none || is_latin_1_name(declared) ? "windows-1252" : declared;
    if (none) remark_ = {"The text is not UTF-8; it was read as Windows-1252.", {}};
    if (const auto *old = none ? old_encoding(head) : nullptr) {
      encoding_ = old;
      remark_ = {"The text is not UTF-8; it was read as {1}.", {encoding_}};
    }
  }
  if (!encoding_.empty() && !conversion(encoding_).usable()) {
    remark_ = {"The text is not {1} as declared; it was read as Windows-1252.", {encoding_}};
    encoding_ = "windows-1252";
  }
  rewind();
}

text_stream::~text_stream() = default;

void text_stream::rewind() {
  from_.rewind();
  if (mark_length_ > 0) from_.read(mark_length_);
  cut_.clear();
  first_ = true;
  conversion_ = encoding_.empty() ? nullptr : std::make_unique<conversion>(encoding_);
}

std::string text_stream::next() {
  std::string text;
  while (text.empty()) {
    auto bytes = from_.read(piece);
    const bool last = bytes.empty();
    if (conversion_) {
      text = conversion_->convert(bytes, last);
    } else {
      text = cut_ + bytes;
      const auto cut = last ? 0 : cut_length(text);
      cut_ = text.substr(text.size() - cut);
      text.erase(text.size() - cut);
      if (mended_) text = mended_utf8(text);
    }
    std::erase(text, '\0');
    if (last) break;
  }
  return text;
}

}  // namespace lead_system::intake
