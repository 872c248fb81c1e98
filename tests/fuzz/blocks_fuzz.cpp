// Payloads that are larger than the memory: any text cut into blocks, whatever its encoding, gives the leads that it
// gives as a whole, or a sentence.
#include <cstdint>
#include <filesystem>
#include <string>

#include "intake/blocks.hpp"
#include "reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  using namespace lead_system::intake;
  static const auto all = load_sources({});
  static const auto scratch = std::filesystem::temp_directory_path();
  static const char *const sources[] = {"siebel_nissan", "adf", "web_json", "finance_expiry_csv"};
  if (size == 0) return 0;
  const auto &from = all.definitions.at(sources[bytes[0] % 4]);
  spool on_disk(scratch);
  on_disk.write({reinterpret_cast<const char *>(bytes) + 1, size - 1});
  text_stream text(on_disk, is_xml_format(from));
  limits within;
  within.block_bytes = 256;
  within.cut_above_bytes = 1;
  const auto blocks = cut_into_blocks(from, text, within);
  std::size_t taken = 0;
  for (auto block = blocks->next(); !block.empty(); block = blocks->next()) {
    fuzz::require(is_utf8(block));
    taken += block.size();
    fuzz::require(taken <= 64 * (size + 1024) * (size + 16));  // it comes to an end
    read_text(from, std::move(block), text.remark(), 1, within, [](read_lead &&) {});
  }
  return 0;
}
