#include <cstddef>
#include <cstdint>
#include <string_view>

#include "reference_host/core/mail/mail_message.hpp"

/// What comes back to the host's e-mails is anybody's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  dms::reference::read_mail({reinterpret_cast<const char *>(bytes), size});
  return 0;
}
