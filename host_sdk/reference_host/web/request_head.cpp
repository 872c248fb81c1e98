#include "reference_host/web/request_head.hpp"

#include <algorithm>
#include <charconv>

#include "dms/cpp/encoding.hpp"

namespace dms::reference::web {
namespace {

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           others.find(each) != std::string_view::npos;
  });
}

bool is_control(char each) {
  return static_cast<unsigned char>(each) < 0x20 || each == 0x7f;
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(text, [](char each) { return is_control(each) && each != '\t'; });
}

std::string_view trimmed_value(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::uint64_t> plain_number(std::string_view text) {
  std::uint64_t number = 0;
  if (text.empty() || text.size() > 18) return std::nullopt;
  if (!std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; })) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

head_reading refused_head(const char *sentence, int status = 400) {
  return {head_fault{status, sentence}, {}};
}

head_reading read_body_announcement(const http_request &head) {
  head_reading result;
  const auto lengths = head.count("Content-Length"), codings = head.count("Transfer-Encoding");
  if (lengths + codings > 1) return refused_head("The length of the body is said more than once.");
  if (codings == 1) {
    if (head.version != "HTTP/1.1" || !same_word(trimmed_value(head.field("Transfer-Encoding")), "chunked")) {
      return refused_head("The transfer coding is not known.");
    }
    result.body.length = body_length::in_chunks;
  }
  if (lengths == 1) {
    const auto bytes = plain_number(trimmed_value(head.field("Content-Length")));
    if (!bytes) return refused_head("The length of the body is not a number.");
    if (*bytes > 0) result.body = {body_length::known, *bytes, false};
  }
  const auto expected = head.field("Expect");
  if (!expected.empty() && !same_word(trimmed_value(expected), "100-continue")) {
    return refused_head("Only 100-continue can be expected.", 417);
  }
  result.body.asks_first = !expected.empty();
  return result;
}

}  // namespace

head_reading read_head(const http_request &head) {
  if (!is_token(head.method) || head.method.size() > 32) return refused_head("The method is not one.");
  if (!is_value(head.target) || head.target.find_first_of(" \t") != std::string::npos) {
    return refused_head("The address holds signs that do not belong there.");
  }
  for (const auto &each : head.fields) {
    if (!is_token(each.name) || !is_value(each.value)) {
      return refused_head("A line of the head holds signs that do not belong there.");
    }
  }
  const auto hosts = head.count("Host");
  if (hosts > 1 || (hosts == 0 && head.version == "HTTP/1.1")) return refused_head("One host must be named.");
  return read_body_announcement(head);
}

bool split_target(http_request &head) {
  if (!head.target.starts_with('/')) return false;
  const auto target = std::string_view(head.target).substr(0, head.target.find('#'));
  const auto question = target.find('?');
  head.path = percent_decoded(target.substr(0, question), false);
  head.query = question == std::string_view::npos ? std::string{} : std::string(target.substr(question + 1));
  return true;
}

}  // namespace dms::reference::web
