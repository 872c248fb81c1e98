// audit_subject.hpp - what a screen or an action was asked about, for the audit log: ids, never contents.
#pragma once

#include <string>
#include <string_view>

namespace dms::reference {

struct audit_subject {
  std::string text;          ///< "leads.lead 4711"
  bool of_a_record = false;  ///< it names something
  std::string doubled;  ///< a name that must stand once and stood more than once, or empty: which one counts, only the
                        ///< screen would know
};

/// `input` is the JSON object that the screen gets. Each value is cut by itself, so that a long one hides no other.
audit_subject subject_of(std::string_view screen, std::string_view input);

}  // namespace dms::reference
