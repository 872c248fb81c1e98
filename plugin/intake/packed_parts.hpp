// packed_parts.hpp - attachments that hold others: ZIP, and what gzip packed.
#pragma once

#include <cstddef>
#include <vector>

#include "intake/mail_parts.hpp"

namespace lead_system::intake {

/// What the attachments of one mail may unpack to; what is more is not read (small files can unpack to any size).
struct unpack_limits {
  std::size_t bytes = std::size_t{32} << 20U;  ///< of all files together
  int files = 50;                              ///< that may be text: pictures count for nothing, and are not unpacked
};

enum class unpacking {
  not_packed,  ///< by its first bytes, or a document of an office program, which is a ZIP as well
  done,        ///< every file was read
  locked,      ///< with a password
  broken,      ///< cut off, damaged, or more than the limits allow
};

/// The files of a ZIP or gzip as parts of the mail, in its order: those before a fault too. One level only: a ZIP
/// inside of a ZIP is a part that is no text. Names are the last part of the archive's, lower case; of a lone gzip its
/// own.
/// `left` is what may still be unpacked of the mail.
unpacking unpack_part(const mail_leaf &packed, unpack_limits &left, std::vector<mail_leaf> &into);

}  // namespace lead_system::intake
