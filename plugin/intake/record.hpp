// record.hpp - one lead of a payload as its reader sees it: something that answers expressions. One reader each for
// XML, CSV and JSON; the mapping to the canonical lead is the same for all.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "intake/reading.hpp"
#include "lead/lead.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// Names and texts.
using further_values = std::vector<std::pair<std::string, std::string>>;

class record {
 public:
  record() = default;
  record(const record &) = delete;
  record &operator=(const record &) = delete;
  virtual ~record() = default;

  /// The text at `where`, as it came; empty where there is none. Marks it as used.
  virtual std::string value(const expression &where) const = 0;
  /// Marks everything at `where` as used.
  virtual void use(const expression &where) const = 0;
  /// Visits the records at `where`, in order; returns whether there was one. The visitor returns false to stop.
  virtual bool each(const expression &where, const std::function<bool(const record &)> &visit) const = 0;
  /// What no expression used, under its original name, in order; a name may be there more than once.
  virtual void leftovers(further_values &into) const = 0;
  /// Why this cannot be a lead, whatever it holds; nothing for most.
  virtual message problem() const { return {}; }
  /// Told when a part of the definition (a section) has been read from here, with the lead as it is by then: for who
  /// watches how a record is read.
  virtual void was_read(const void *part, const lead_content &so_far) const {
    static_cast<void>(part);
    static_cast<void>(so_far);
  }

  /// The first alternative that gives something.
  std::string first(const alternatives &where) const {
    for (const auto &one : where) {
      auto found = one.constant ? *one.constant : value(one);
      if (found.find_first_not_of(" \t\r\n") != std::string::npos) return found;
    }
    return {};
  }
  /// The records of the first alternative that has any; this record itself where there is no alternative.
  void visit(const alternatives &where, const std::function<bool(const record &)> &visitor) const {
    if (where.empty()) visitor(*this);
    for (const auto &one : where) {
      if (each(one, visitor)) return;
    }
  }
};

}  // namespace lead_system::intake
