// JSON: nlohmann-json, which parses without recursion.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "intake/formats.hpp"

namespace lead_system::intake {
namespace {

using json = nlohmann::json;

bool deeper_than(std::string_view text, int limit) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted) {
      if (letter == '\\') ++at;
      if (letter == '"') quoted = false;
    } else if (letter == '"') {
      quoted = true;
    } else if (letter == '{' || letter == '[') {
      if (++depth > limit) return true;
    } else if (letter == '}' || letter == ']') {
      --depth;
    }
  }
  return false;
}

std::string text_of(const json &value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null() || value.is_structured()) return {};
  return value.dump();
}

const json *child(const json &from, const json_step &step) {
  if (step.equals) {
    if (!from.is_array()) return nullptr;
    for (const auto &item : from) {
      if (!item.is_object()) continue;
      const auto found = item.find(step.name);
      if (found != item.end() && text_of(*found) == *step.equals) return &item;
    }
    return nullptr;
  }
  if (from.is_object()) {
    const auto found = from.find(step.name);
    return found == from.end() ? nullptr : &*found;
  }
  std::size_t index = 0;
  const auto *const end = step.name.data() + step.name.size();
  const bool number = std::from_chars(step.name.data(), end, index).ptr == end;
  return from.is_array() && number && index < from.size() ? &from[index] : nullptr;
}

class json_record final : public record {
 public:
  json_record(const json &value, std::vector<const void *> &used) : value_(value), used_(used) {}

  std::string value(const expression &where) const override {
    const auto *found = find(where);
    if (found == nullptr) return {};
    used_.push_back(found);
    return text_of(*found);
  }
  void use(const expression &where) const override {
    if (const auto *found = where.constant ? nullptr : find(where); found != nullptr) used_.push_back(found);
  }
  bool each(const expression &where, const std::function<bool(const record &)> &visit) const override {
    const auto *found = where.constant ? nullptr : find(where);
    if (found == nullptr || found->is_null()) return false;
    if (!found->is_array()) {
      visit(json_record(*found, used_));
      return true;
    }
    for (const auto &item : *found) {
      if (!visit(json_record(item, used_))) break;
    }
    return !found->empty();
  }
  void leftovers(std::map<std::string, std::string> &into) const override {
    std::sort(used_.begin(), used_.end());
    collect(value_, {}, into);
  }

 private:
  const json *find(const expression &where) const {
    const auto *at = &value_;
    for (const auto &step : where.steps) {
      at = child(*at, step);
      if (at == nullptr) return nullptr;
      // The member that selects says nothing more.
      if (step.equals) used_.push_back(&*at->find(step.name));
    }
    return at;
  }
  /// Recursion is bounded by the depth of the payload.
  void collect(const json &value, const std::string &name, std::map<std::string, std::string> &into) const {
    if (std::binary_search(used_.begin(), used_.end(), static_cast<const void *>(&value))) return;
    if (!value.is_structured()) {
      if (auto text = text_of(value); !text.empty()) into.emplace(name, std::move(text));
      return;
    }
    std::size_t index = 0;
    for (const auto &[key, item] : value.items()) {
      const auto part = value.is_array() ? std::to_string(++index) : key;
      collect(item, name.empty() ? part : name + "/" + part, into);
    }
  }

  const json &value_;
  std::vector<const void *> &used_;
};

bool has_any(const record &one, const definition &source) {
  const auto &needs = source.how->needs;
  return needs.empty() || std::any_of(needs.begin(), needs.end(), [&](const expression &needed) {
           return needed.constant || one.each(needed, [](const record &) { return false; });
         });
}

message broken(const std::string &text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  return {"The JSON is not well-formed in line {1}. Have it sent again.",
          {std::to_string(1 + std::count(text.begin(), end, '\n'))}};
}

}  // namespace

message read_json(const definition &source, const std::string &text, int depth, const record_visitor &visit) {
  if (deeper_than(text, depth)) {
    return {"The JSON is nested more than {1} deep. Have the sender correct it.", {std::to_string(depth)}};
  }
  json whole;
  try {
    whole = json::parse(text);
  } catch (const json::parse_error &problem) {
    return broken(text, problem.byte);
  } catch (const json::out_of_range &) {
    return {"The JSON holds a number that is too large. Have the sender correct it.", {}};
  }
  std::vector<const void *> used;
  const json_record root(whole, used);
  for (const auto &where : source.how->records) {
    bool mine = whole.is_array() && whole.empty();
    const bool found = root.each(where, [&](const record &one) { return !(mine = mine || has_any(one, source)); });
    if (!found && !mine) continue;
    if (!mine) break;
    root.each(where, [&](const record &one) {
      used.clear();
      visit(one);
      return true;
    });
    return {};
  }
  return {"This payload is not of the source {1}. Send it to the right one.", {source.title}};
}

}  // namespace lead_system::intake
