// What a manufacturer's receiver answers.
#include <cstdint>
#include <string>

#include "feedback/transport.hpp"
#include "intake/sources.hpp"
#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  using namespace lead_system;
  static const auto all = intake::load_sources({});
  const std::string body(reinterpret_cast<const char *>(bytes), size);
  for (const auto *source : {"siebel_nissan", "siebel_dacia"}) {
    feedback::reply came;
    came.status = 200;
    came.body = body;
    const auto verdict = feedback::judge(all.definitions.at(source).feedback, came);
    fuzz::require(!verdict.text.empty());
    // It is kept, and read again by whoever looks at the log.
    const auto kept = message_from_json(message_json(verdict.text));
    fuzz::require(kept && kept->id == verdict.text.id);
    for (const auto &argument : kept->arguments) fuzz::require(intake::is_utf8(argument));
  }
  return 0;
}
