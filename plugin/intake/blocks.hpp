// blocks.hpp - cuts a payload that is larger than the memory into parts that are payloads of the same format, each with
// whole leads: what reads a small payload reads a large one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "intake/reader.hpp"
#include "intake/text_stream.hpp"

namespace lead_system::intake {

class block_reader {
 public:
  block_reader() = default;
  block_reader(const block_reader &) = delete;
  block_reader &operator=(const block_reader &) = delete;
  virtual ~block_reader() = default;
  /// The next part in UTF-8, about a megabyte; empty at the end, or where there is a problem.
  virtual std::string next() = 0;
  /// Why the payload cannot be cut any further; empty: it could.
  const message &problem() const noexcept { return problem_; }

 protected:
  message problem_;
};

/// Payloads of this source that are larger than so many bytes are cut; 0: they cannot be.
std::size_t cut_above(const definition &source, const limits &within) noexcept;

/// `text` outlives the result.
std::unique_ptr<block_reader> cut_into_blocks(const definition &source, text_stream &text, const limits &within);

// One for each family of formats, chosen by cut_into_blocks.
std::unique_ptr<block_reader> xml_blocks(const definition &source, text_stream &text, const limits &within);
std::unique_ptr<block_reader> csv_blocks(text_stream &text, const limits &within);
std::unique_ptr<block_reader> json_blocks(text_stream &text, const limits &within);
/// Names of the elements that are leads, in lower case; empty where an expression of the definition says more than
/// that, or a lead needs what stands outside of it.
std::vector<std::string> xml_record_names(const definition &source);

}  // namespace lead_system::intake
