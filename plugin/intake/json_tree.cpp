#include "intake/json_tree.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

/// Builds the tree from what nlohmann-json's parser reports.
class json_builder {
 public:
  json_builder(json_value &root, int depth) : depth_(static_cast<std::size_t>(depth)), root_(root) {}

  bool too_deep = false;
  bool too_large = false;
  std::size_t broken_at = 0;  ///< byte

  bool null() {
    add(json_value::kind::nothing, {});
    return true;
  }
  bool boolean(bool value) { return add(json_value::kind::text, value ? "true" : "false"); }
  bool number_integer(json::number_integer_t value) { return add(json_value::kind::text, std::to_string(value)); }
  bool number_unsigned(json::number_unsigned_t value) { return add(json_value::kind::text, std::to_string(value)); }
  bool number_float(json::number_float_t, const std::string &text) { return add(json_value::kind::text, text); }
  bool string(std::string &text) { return add(json_value::kind::text, std::move(text)); }
  bool binary(json::binary_t &) { return true; }
  bool start_object(std::size_t) { return open(json_value::kind::object); }
  bool start_array(std::size_t) { return open(json_value::kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string &name) {
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t byte, const std::string &, const nlohmann::detail::exception &problem) {
    constexpr int out_of_range = 406;
    too_large = problem.id == out_of_range;
    broken_at = byte;
    return false;
  }

 private:
  bool add(json_value::kind what, std::string text) {
    auto &item = open_.empty() ? root_ : open_.back()->items.emplace_back();
    item.what = what;
    item.text = std::move(text);
    item.name = std::move(name_);
    name_.clear();
    return true;
  }
  bool open(json_value::kind what) {
    if (open_.size() >= depth_) return too_deep = true, false;
    add(what, {});
    // Items are only added to the innermost open value: the ones around it do not move.
    open_.push_back(open_.empty() ? &root_ : &open_.back()->items.back());
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::size_t depth_;
  json_value &root_;
  std::vector<json_value *> open_;
  std::string name_;
};

}  // namespace

message parse_json(const std::string &text, int depth, json_value &into) {
  json_builder builder(into, depth);
  if (json::sax_parse(text, &builder)) return {};
  if (builder.too_deep) {
    return {"The JSON is nested more than {1} deep. Have the sender correct it.", {std::to_string(depth)}};
  }
  if (builder.too_large) return {"The JSON holds a number that is too large. Have the sender correct it.", {}};
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(builder.broken_at, text.size()));
  return {"The JSON is not well-formed in line {1}. Have it sent again.",
          {std::to_string(1 + std::count(text.begin(), end, '\n'))}};
}

bool same_name(std::string_view one, std::string_view other) noexcept {
  const auto skip = [](std::string_view &text) {
    while (!text.empty() && (text.front() == '_' || text.front() == '-' || text.front() == ' ')) text.remove_prefix(1);
  };
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  while (true) {
    skip(one);
    skip(other);
    if (one.empty() || other.empty()) return one.empty() && other.empty();
    if (lower(one.front()) != lower(other.front())) return false;
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
}

}  // namespace lead_system::intake
