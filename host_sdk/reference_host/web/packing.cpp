#include "reference_host/web/packing.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "dms/cpp/basics.hpp"
#include "reference_host/web/http_request.hpp"

namespace dms::reference::web {
namespace {

constexpr int gzip_or_zlib = 15 + 32, raw_deflate = -15, as_gzip = 15 + 16;

Bytef *bytes_of(std::string_view text) {
  return reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
}

unpacked inflate_all(std::string_view packed, std::size_t most, int window) {
  unpacked result;
  if (packed.size() > std::numeric_limits<uInt>::max()) return {unpacking_fault::too_large, {}};
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) throw failure(dms_unavailable, "There is not enough memory.");
  stream.next_in = bytes_of(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  std::array<char, 65536> piece{};
  int state = Z_OK;
  while (state == Z_OK && result.fault == unpacking_fault::none) {
    stream.next_out = bytes_of({piece.data(), piece.size()});
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    result.bytes.append(piece.data(), piece.size() - stream.avail_out);
    if (result.bytes.size() > most) result.fault = unpacking_fault::too_large;
    if (state == Z_BUF_ERROR) break;
    // gzip files may be put one behind the other (RFC 1952).
    if (state == Z_STREAM_END && stream.avail_in > 0 && window == gzip_or_zlib) state = inflateReset(&stream);
  }
  inflateEnd(&stream);
  if (result.fault == unpacking_fault::none && (state != Z_STREAM_END || stream.avail_in > 0)) {
    result.fault = unpacking_fault::broken;
  }
  if (result.fault != unpacking_fault::none) std::string().swap(result.bytes);
  return result;
}

}  // namespace

unpacked unpack(std::string_view packed, std::size_t most) {
  auto result = inflate_all(packed, most, gzip_or_zlib);
  return result.fault == unpacking_fault::broken ? inflate_all(packed, most, raw_deflate) : result;
}

std::string packed_as_gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, as_gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw failure(dms_unavailable, "There is not enough memory.");
  }
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = bytes_of(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = bytes_of(packed);
  stream.avail_out = static_cast<uInt>(packed.size());
  const int state = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (state != Z_STREAM_END) throw failure(dms_failed, "The answer cannot be packed.");
  return packed;
}

bool takes_gzip(std::string_view accepted) {
  while (!accepted.empty()) {
    auto item = accepted.substr(0, accepted.find(','));
    accepted.remove_prefix(std::min(item.size() + 1, accepted.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    const auto name = item.substr(0, item.find_first_of("; "));
    if (!same_word(name, "gzip")) continue;
    const auto weight = item.find("q=0");
    return weight == std::string_view::npos ||
           item.substr(weight + 3).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

}  // namespace dms::reference::web
