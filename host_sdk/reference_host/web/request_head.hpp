// request_head.hpp - what a head must be before anything of it is believed (RFC 9110, RFC 9112). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/web/http_request.hpp"

namespace dms::reference::web {

enum class body_length { none, known, in_chunks };

/// The body that a head announces.
struct announced_body {
  body_length length = body_length::none;
  std::uint64_t bytes = 0;  ///< with known
  bool asks_first = false;  ///< the sender waits for "100 Continue"
};

/// Why a head is refused; the connection ends with that answer, because what follows on it cannot be known.
struct head_fault {
  int status = 400;
  const char *sentence = "";
};

struct head_reading {
  std::optional<head_fault> fault;
  announced_body body;
};

/// Two lengths, a length beside a transfer coding, any coding but "chunked", a length that is no plain number, names
/// and values with signs that do not belong there, no host or several: all of that is refused, because another reader
/// of the same bytes may see another end of the request.
head_reading read_head(const http_request &head);

/// Sets path and query from the target; false where it is none of this host.
bool split_target(http_request &head);

}  // namespace dms::reference::web
