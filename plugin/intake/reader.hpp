// reader.hpp - payload bytes → canonical leads. Pure: no database, no host, no network.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "intake/definition.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// The limits of plugin/intake/README.md, and how payloads beyond the memory are cut.
struct limits {
  std::size_t payload_bytes = std::size_t{32} << 20U;  ///< in memory; larger files stream
  int depth = 64;
  int leads_per_post = 10'000;
  std::size_t cut_above_bytes = std::size_t{8} << 20U;  ///< files whose format can be cut stream from here on
  std::size_t block_bytes = std::size_t{1} << 20U;
  std::size_t largest_lead_bytes = std::size_t{8} << 20U;
  /// Stored together: few enough that nobody waits long for the database.
  std::size_t leads_a_transaction = 5000;
};

class record;
struct record_trace;
struct read_lead;

/// How a record becomes a lead. Empty: as map_record does, which whoever puts himself in its place calls.
using record_mapper = std::function<read_lead(const definition &source, const record &from, time_us received_default,
                                              const message &payload_remark)>;

/// One lead of a payload: usable, or not and why. An unusable one keeps what could be read.
struct read_lead {
  lead_content content;
  message problem;           ///< empty: usable
  message problem_but_type;  ///< the same, were its type known: what is left when an admin names it
  bool is_test = false;      ///< answered, never stored
  std::string secret;        ///< the key that the sender gave ("google_key"), never stored
  /// Somebody answered or forwarded the message that it stood in: what is known already stays as its sender wrote it.
  enum class way { direct, forwarded, automatic_answer } came = way::direct;
  /// Of an old list: how far the lead is, where its word is known, and who has it, as it came.
  std::optional<lead_state> state{};
  std::string salesperson{};
  std::shared_ptr<const record_trace> trace{};  ///< where somebody has asked for it (trace.hpp)
};

/// What reading a payload came to as a whole.
struct read_result {
  int leads = 0;
  message problem;  ///< empty: the payload could be read; else why not one lead could be found
};

/// Reads all leads of a payload in order. `received_default` stands in where the payload gives no time.
/// Never throws for what the payload holds. When the result has a problem, what `take` got is void.
read_result read_payload(const definition &source, std::string_view bytes, time_us received_default,
                         const limits &within, const std::function<void(read_lead &&)> &take,
                         const record_mapper &map = {});

/// The same for text that is UTF-8 already, whatever its size; `remark` says what was odd about its encoding.
read_result read_text(const definition &source, std::string text, const message &remark, time_us received_default,
                      const limits &within, const std::function<void(read_lead &&)> &take,
                      const record_mapper &map = {});

/// Why no lead could be read from that text, or nothing.
message check_text(const definition &source, std::string text, const limits &within);

/// Whether payloads of this source are XML, which may declare its encoding.
bool is_xml_format(const definition &source) noexcept;

/// "Is this mine?": 0 to 100 from the first bytes.
int probe(const definition &source, std::string_view first_bytes);

/// Digest (SHA-256, hex) of what tells a changed lead from a repeated one.
std::string content_digest(const lead_content &content);

}  // namespace lead_system::intake
