#include "feedback/render.hpp"

#include <sodium.h>

#include <array>
#include <ctime>
#include <nlohmann/json.hpp>

#include "dms/cpp/encoding.hpp"

namespace lead_system::feedback {
namespace {

std::string json_escaped(std::string_view text) {
  auto quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') result += c;
    }
  }
  return result;
}

std::string fill_template(std::string_view text, const std::map<std::string, std::string> &values,
                          std::string_view media_type) {
  const auto escape = media_type.find("json") != std::string_view::npos ? json_escaped : xml_escaped;
  std::string result;
  for (;;) {
    const auto begin = text.find("{{");
    const auto end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) break;
    result += text.substr(0, begin);
    if (const auto found = values.find(std::string(text.substr(begin + 2, end - begin - 2))); found != values.end()) {
      result += escape(found->second);
    }
    text.remove_prefix(end + 2);
  }
  result += text;
  return result;
}

std::string new_message_id(time_us at) {
  unsigned char bytes[16];
  randombytes_buf(bytes, sizeof bytes);
  auto milliseconds = static_cast<std::uint64_t>(at) / 1000;
  for (std::size_t i = 6; i-- > 0; milliseconds >>= 8U) bytes[i] = static_cast<unsigned char>(milliseconds & 0xFFU);
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x70U);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
  auto id = dms::hex(bytes, sizeof bytes);
  for (const std::size_t dash : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}})
    id.insert(dash, 1, '-');
  return id;
}

std::string written_time(const std::string &format, time_us at) {
  const std::time_t seconds = at / second_us;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  // As long as any date that a message names; what would be longer is not written.
  std::array<char, 200> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format.c_str(), &parts)};
}

}  // namespace lead_system::feedback
