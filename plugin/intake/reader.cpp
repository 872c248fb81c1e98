#include "intake/reader.hpp"

#include <algorithm>

#include "intake/encoding.hpp"
#include "intake/formats.hpp"
#include "intake/mail_reader.hpp"
#include "intake/mapper.hpp"
#include "intake/reading.hpp"
#include "lead/digest.hpp"

namespace lead_system::intake {

namespace {

message read_records(const definition &source, std::string text, int depth, const record_visitor &visit) {
  if (source.how->format == payload_format::csv) return read_csv(source, text, visit);
  if (source.how->format == payload_format::json) return read_json(source, text, depth, visit);
  return read_xml(source, std::move(text), depth, visit);
}

}  // namespace

read_result read_payload(const definition &source, std::string_view bytes, time_us received_default,
                         const limits &within, const std::function<void(read_lead &&)> &take,
                         const record_mapper &map) {
  if (!source.closed.empty()) return {0, source.closed};
  if (bytes.size() > within.payload_bytes) {
    return {0, {"The payload is larger than {1} bytes. Split it.", {std::to_string(within.payload_bytes)}}};
  }
  if (std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte >= 0 && byte <= ' '; })) {
    return {0, {"The payload is empty. Have it sent again.", {}}};
  }
  if (source.how->format == payload_format::mail) {
    return read_mail(source, bytes, received_default, within, take, map);
  }
  auto decoded = decode(bytes, is_xml(source.how->format) ? declared_encoding(bytes) : std::string{});
  return read_text(source, std::move(decoded.text), decoded.remark, received_default, within, take, map);
}

read_result read_text(const definition &source, std::string text, const message &remark, time_us received_default,
                      const limits &within, const std::function<void(read_lead &&)> &take, const record_mapper &map) {
  read_result result;
  const auto visit = [&](const record &one) {
    if (++result.leads > within.leads_per_post) return;
    take(map ? map(source, one, received_default, remark) : map_record(source, one, received_default, remark));
  };
  result.problem = read_records(source, std::move(text), within.depth, visit);
  if (result.problem.empty() && result.leads > within.leads_per_post) {
    result.problem = {"There are {1} leads in the payload, more than {2}. Split it.",
                      {std::to_string(result.leads), std::to_string(within.leads_per_post)}};
  }
  return result;
}

message check_text(const definition &source, std::string text, const limits &within) {
  if (!source.closed.empty()) return source.closed;
  return read_records(source, std::move(text), within.depth, [](const record &) {});
}

bool is_xml_format(const definition &source) noexcept {
  return is_xml(source.how->format);
}

int probe(const definition &source, std::string_view first_bytes) {
  if (source.how->format == payload_format::mail) return probe_mail(first_bytes);
  std::string text(first_bytes.substr(0, 4096));
  std::erase(text, '\0');  // UTF-16 looks the same then
  for (char &letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  const auto &marks = source.how->marks;
  const auto found = std::count_if(marks.begin(), marks.end(),
                                   [&](const std::string &mark) { return text.find(mark) != std::string::npos; });
  if (found == 0) return 0;
  return static_cast<int>(50 + 50 * found / static_cast<std::ptrdiff_t>(marks.size()));
}

std::string content_digest(const lead_content &content) {
  // A lead without a time of its own gets that of its arrival, which says nothing about a change.
  return sha256_hex(to_json(content, content_part::compared));
}

}  // namespace lead_system::intake
