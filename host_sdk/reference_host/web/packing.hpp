// packing.hpp - gzip and deflate over zlib: what senders pack, and what browsers unpack.
#pragma once

#include <string>
#include <string_view>

namespace dms::reference::web {

enum class unpacking_fault { none, too_large, broken };

struct unpacked {
  unpacking_fault fault = unpacking_fault::none;
  std::string bytes;
};

/// Unpacks gzip or deflate (with or without the wrapping of zlib) to at most `most` bytes; what is cut off or goes on
/// after its end is broken.
unpacked unpack(std::string_view packed, std::size_t most);

/// As gzip, quickly rather than small.
std::string packed_as_gzip(std::string_view bytes);

/// Whether an Accept-Encoding takes gzip.
bool takes_gzip(std::string_view accepted);

}  // namespace dms::reference::web
