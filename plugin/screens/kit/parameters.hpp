// parameters.hpp - what an address or a form sent: names with one or more texts each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lead_system::screens {

class parameters {
 public:
  parameters() = default;
  /// From a JSON object; numbers and booleans become texts, null and deeper objects are left out. Throws
  /// dms::failure(dms_invalid) for what is no object.
  explicit parameters(std::string_view json);
  /// From "tab=open&q=Anna%20Huber", as a link carries the list that one came from; never throws.
  static parameters from_address(std::string_view address);

  /// The last value, without surrounding blanks; empty where there is none.
  std::string one(std::string_view name) const;
  /// All values that are not empty.
  std::vector<std::string> all(std::string_view name) const;
  bool has(std::string_view name) const { return !one(name).empty(); }
  /// Sent at all, even as an empty text or list.
  bool sent(std::string_view name) const { return values_.find(name) != values_.end(); }
  /// A whole number, or nothing.
  std::optional<std::int64_t> integer(std::string_view name) const;
  void set(std::string_view name, std::string value);
  void add(std::string_view name, std::string value) { values_[std::string(name)].push_back(std::move(value)); }
  void remove(std::string_view name);
  /// "tab=open&q=Anna%20Huber"
  std::string address() const;
  const std::map<std::string, std::vector<std::string>, std::less<>> &values() const noexcept { return values_; }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// A feed's text (a model, a campaign) as the value of a parameter: "none" stands for the empty one, so a text that
/// reads like that gets a "=" in front.
std::string to_choice(const std::string &text);
std::string from_choice(const std::string &value);

/// "4711" → 4711; nothing for anything else.
std::optional<std::int64_t> to_integer(std::string_view text);

}  // namespace lead_system::screens
