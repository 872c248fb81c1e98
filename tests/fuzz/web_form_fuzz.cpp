// What browsers and senders put into a body: forms, forms with files, JSON, packed payloads. The first letter says
// which.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reference_host/web/form.hpp"
#include "reference_host/web/packing.hpp"
#include "reference_host/web/rendered.hpp"
#include "reference_host/web/upload.hpp"

namespace {

using namespace dms::reference::web;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Whatever it was: written again it is the same form, and as a document it can be written and read.
void check_form(std::string_view body) {
  const auto form = parse_form(body);
  require(form.is_object());
  require(parse_form(query_of(form)) == form);
  require(dms::read_json(dms::to_text(form)) == form);
}

void check_upload(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto read = read_upload(line, text.substr(std::min(line.size() + 1, text.size())));
  require(read.fault == upload_fault::none || read.form.empty() || read.form.size() < 8 * upload_limit);
  check_form(read.form);
}

void check_document(std::string_view text) {
  if (auto document = dms::read_json(text)) {
    const auto copy = *document;
    require(dms::read_json(dms::to_text(copy)).has_value());
  }
}

void check_packed(std::string_view text) {
  constexpr std::size_t most = 1 << 20;
  const auto opened = unpack(text, most);
  require(opened.bytes.size() <= most + (std::size_t{64} << 10));
  require(opened.fault == unpacking_fault::none || opened.bytes.empty());
  const auto again = unpack(packed_as_gzip(text), text.size());
  require(again.fault == unpacking_fault::none && again.bytes == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char *>(bytes) + 1, size - 1);
  switch (bytes[0]) {
    case 'f':
      check_form(text);
      break;
    case 'u':
      check_upload(text);
      break;
    case 'j':
      check_document(text);
      break;
    case 'p':
      check_packed(text);
      break;
    default:
      break;
  }
  return 0;
}
