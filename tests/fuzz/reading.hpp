// reading.hpp - what every reader must keep whatever it is fed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "intake/reader.hpp"
#include "intake/sources.hpp"
#include "intake/utf8.hpp"
#include "require.hpp"

namespace fuzz {

/// Reads `bytes` as a payload of `source`: nothing is thrown, text is UTF-8 without zero bytes and within its lengths,
/// a lead survives its way through the store's JSON, and reading twice gives the same.
inline int read(const char *source, const std::uint8_t *bytes, std::size_t size) {
  using namespace lead_system;
  using namespace lead_system::intake;
  static const auto all = load_sources({});
  const std::string_view payload(reinterpret_cast<const char *>(bytes), size);
  const auto &from = all.definitions.at(source);
  probe(from, payload);
  std::string digests[2];
  for (auto &digest : digests) {
    read_payload(from, payload, 1, limits{}, [&](read_lead &&one) {
      const auto text = to_json(one.content);
      require(is_utf8(text) && text.find('\0') == std::string::npos);
      require(content_from_json(text) == one.content);
      require(one.content.external_id.size() <= 800 && !one.content.external_id.empty());
      require(one.content.message.size() <= 40'000);
      digest += content_digest(one.content) + one.problem.id;
    });
  }
  require(digests[0] == digests[1]);
  return 0;
}

}  // namespace fuzz
