// record.hpp - one lead of a payload as its reader sees it: something that answers expressions. One reader each for
// XML, CSV and JSON; the mapping to the canonical lead is the same for all.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "intake/reading.hpp"

namespace lead_system::intake {

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
  /// What no expression used, under its original name.
  virtual void leftovers(std::map<std::string, std::string> &into) const = 0;

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
