// retry.hpp - leads of the import log once more, from the payloads as they were archived: after a definition was
// mended, a dealer code was mapped, or an admin has set right what the sender got wrong.
#pragma once

#include "intake/importer.hpp"
#include "intake/known_sources.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// What an admin sets right; empty members stay as the payload says.
struct correction {
  std::string type, dealer_code;
};

class retrier {
 public:
  retrier(importer::parts with, known_sources sources);

  struct result {
    message refusal;  ///< why nothing was tried, or empty
    int accepted = 0, repeated = 0, legacy = 0, quarantined = 0;
  };
  /// Tries these items of one run again, in a run of its own that the import log shows; the items name it from then on.
  /// An item that somebody else has tried already is left out. Throws store::store_unavailable; nothing was changed
  /// then.
  result retry(const dms::call &who, const store::import_run &run, const std::vector<store::import_item> &items,
               const correction &set) const;

 private:
  importer::parts with_;
  known_sources sources_;
};

}  // namespace lead_system::intake
