// text_stream.hpp - a spooled payload of any encoding as UTF-8, piece by piece.
#pragma once

#include <memory>
#include <string>

#include "intake/spool.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// What decode (encoding.hpp) does for a payload in memory, with constant memory: by the byte-order mark, else the zero
/// bytes of UTF-16, else the declaration; text that is UTF-8 by intent is read as that, else what is not as declared as
/// Windows-1252, with a remark.
class text_stream {
 public:
  /// Looks through the whole of `from` once. `xml`: an XML declaration may name the encoding.
  text_stream(spool &from, bool xml);
  ~text_stream();
  text_stream(const text_stream &) = delete;
  text_stream &operator=(const text_stream &) = delete;

  /// Begins anew.
  void rewind();
  /// The next piece, whole characters only; empty at the end.
  std::string next();
  const message &remark() const noexcept { return remark_; }

 private:
  class conversion;

  spool &from_;
  std::string encoding_;  ///< as ICU names it; empty: UTF-8
  bool mended_ = false;   ///< UTF-8 with bytes that are none
  std::size_t mark_length_ = 0;
  message remark_;
  std::string cut_;  ///< the beginning of a character that the last piece ended in
  bool first_ = true;
  std::unique_ptr<conversion> conversion_;
};

}  // namespace lead_system::intake
