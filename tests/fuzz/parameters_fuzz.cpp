// What people and programs send to a screen: parameters, saved addresses, cursors of lists.
#include <cstdint>
#include <string>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/encoding.hpp"
#include "reading.hpp"
#include "screens/kit/parameters.hpp"
#include "store/cursor.hpp"
#include "store/store.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  using namespace lead_system;
  const std::string text(reinterpret_cast<const char *>(bytes), size);
  try {
    const screens::parameters sent(text);
    for (const auto &[name, values] : sent.values()) {
      sent.integer(name);
      for (const auto &value : values) fuzz::require(value.find('\0') == std::string::npos);
    }
  } catch (const dms::failure &) {
    // The answer to a bad request.
  }
  const auto from = screens::parameters::from_address(text);
  const auto again = screens::parameters::from_address(from.address());
  fuzz::require(again.address() == from.address());
  for (const auto &cursor : {text, dms::base64(text, dms::base64_alphabet::url)}) {
    try {
      const auto edge = store::from_cursor(cursor);
      fuzz::require(store::to_cursor(store::from_cursor(store::to_cursor(edge))) == store::to_cursor(edge));
    } catch (const store::bad_cursor &) {
      // The answer to a bad cursor.
    }
  }
  return 0;
}
