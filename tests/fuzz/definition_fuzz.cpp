#include <cstdint>
#include <string>

#include "intake/definition.hpp"
#include "intake/reader.hpp"
#include "intake/sources.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  using namespace lead_system;
  using namespace lead_system::intake;
  static const auto shipped = load_sources({});
  auto types = shipped.types;
  try {
    const auto read = parse_definition("fuzz.info", std::string(reinterpret_cast<const char *>(bytes), size), types);
    // What was accepted must also work.
    for (const auto *payload : {"<a><b>1</b></a>", "{\"a\":[{\"b\":1}]}", "a;b\n1;2\n"}) {
      read_payload(read, payload, 1, limits{}, [](read_lead &&) {});
    }
  } catch (const definition_error &) {
    // The answer to a bad definition.
  }
  return 0;
}
