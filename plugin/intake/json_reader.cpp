// JSON: names compare in any letter case, as those of the other formats do.
#include <algorithm>
#include <charconv>

#include "intake/formats.hpp"
#include "intake/json_tree.hpp"

namespace lead_system::intake {
namespace {

bool is_blank_text(const json_value &value) {
  return value.text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// Of an object that stands for a text: which member says it. 0 is the first choice.
std::size_t rank_of(std::string_view name) {
  constexpr std::string_view texts[] = {"text", "value", "body", "content", "message", "number", "address", "name"};
  constexpr std::string_view marks[] = {"type",     "kind",   "id",       "label",   "primary", "preferred",
                                        "verified", "format", "language", "subject", "key",     "position"};
  const auto same = [&](std::string_view known) { return same_name(name, known); };
  const auto *const found = std::find_if(std::begin(texts), std::end(texts), same);
  const bool mark = std::any_of(std::begin(marks), std::end(marks), same);
  return static_cast<std::size_t>(found - std::begin(texts)) + (mark ? 1 : 0);
}
constexpr std::size_t last_rank = 9;

/// The text that a value says: itself, the first one of a list, of an object the one that is named so, else its first.
/// Each value is looked at once: the depth is the sender's.
const json_value *text_in(const json_value &value) {
  if (value.what == json_value::kind::text) return is_blank_text(value) ? nullptr : &value;
  for (std::size_t rank = 0; rank <= last_rank; ++rank) {
    for (const auto &item : value.items) {
      if (value.what == json_value::kind::object && rank_of(item.name) != rank) continue;
      if (const auto *found = text_in(item); found != nullptr) return found;
    }
    if (value.what != json_value::kind::object) break;
  }
  return nullptr;
}

/// By its name as it is written, else in another writing; one that says something before one that does not.
const json_value *member(const json_value &from, std::string_view name) {
  if (from.what != json_value::kind::object) return nullptr;
  const json_value *best = nullptr;
  int best_rank = 4;
  for (const auto &item : from.items) {
    if (!same_name(item.name, name)) continue;
    const bool empty = !item.is_structured() && is_blank_text(item);
    const int rank = (empty ? 2 : 0) + (item.name == name ? 0 : 1);
    if (rank < best_rank) best = &item, best_rank = rank;
  }
  return best;
}

const json_value *child(const json_value &from, const json_step &step) {
  if (step.equals) {
    if (from.what != json_value::kind::array) return nullptr;
    for (const auto &item : from.items) {
      const auto *found = member(item, step.name);
      if (found != nullptr && same_name(found->text, *step.equals)) return &item;
    }
    return nullptr;
  }
  if (from.what == json_value::kind::object) return member(from, step.name);
  std::size_t index = 0;
  const auto *const end = step.name.data() + step.name.size();
  const bool number = std::from_chars(step.name.data(), end, index).ptr == end;
  const bool inside = from.what == json_value::kind::array && number && index < from.items.size();
  return inside ? &from.items[index] : nullptr;
}

class json_record final : public record {
 public:
  json_record(const json_value &value, std::vector<const void *> &used, const further_values &around)
      : value_(value), used_(used), around_(around) {}

  std::string value(const expression &where) const override {
    const auto *found = find(where);
    // "." is the text itself, in a list of texts.
    const bool whole = where.steps.empty() && value_.is_structured();
    const auto *text = found == nullptr || whole ? nullptr : text_in(*found);
    if (text == nullptr) return {};
    // Only the text that is used is: the rest of a list is kept.
    used_.push_back(text);
    return text->text;
  }
  void use(const expression &where) const override {
    if (!where.constant) use_all(value_, where.steps, 0);
  }
  bool each(const expression &where, const std::function<bool(const record &)> &visit) const override {
    const auto *found = where.constant ? nullptr : find(where);
    if (found == nullptr || found->what == json_value::kind::nothing) return false;
    if (found->what != json_value::kind::array) {
      visit(json_record(*found, used_, around_));
      return true;
    }
    for (const auto &item : found->items) {
      if (!visit(json_record(item, used_, around_))) break;
    }
    return !found->items.empty();
  }
  void leftovers(further_values &into) const override {
    std::sort(used_.begin(), used_.end());
    collect(value_, {}, into);
    into.insert(into.end(), around_.begin(), around_.end());
  }
  /// Whether the payload has it, be it empty.
  bool has(const expression &where) const { return where.constant || find(where) != nullptr; }
  /// What is of no record: to be kept with each of them.
  further_values without(const std::vector<const void *> &records, const alternatives &ignored) const {
    used_ = records;
    for (const auto &one : ignored) use(one);
    further_values result;
    if (std::find(records.begin(), records.end(), &value_) == records.end()) {
      std::sort(used_.begin(), used_.end());
      collect(value_, "/", result);
    }
    used_.clear();
    return result;
  }
  const void *place() const { return &value_; }

 private:
  const json_value *find(const expression &where) const {
    const auto *at = &value_;
    for (const auto &step : where.steps) {
      at = child(*at, step);
      if (at == nullptr) return nullptr;
      // The member that selects says nothing more.
      if (step.equals) used_.push_back(member(*at, step.name));
    }
    return at;
  }
  /// Everything that the path may mean: a key that must not be shown may be there in two letter cases.
  void use_all(const json_value &from, const std::vector<json_step> &steps, std::size_t at) const {
    if (at == steps.size()) {
      used_.push_back(&from);
    } else if (from.what == json_value::kind::object && !steps[at].equals) {
      for (const auto &item : from.items) {
        if (same_name(item.name, steps[at].name)) use_all(item, steps, at + 1);
      }
    } else if (const auto *found = child(from, steps[at]); found != nullptr) {
      use_all(*found, steps, at + 1);
    }
  }
  /// Recursion is bounded by the depth of the payload.
  void collect(const json_value &value, const std::string &name, further_values &into) const {
    if (std::binary_search(used_.begin(), used_.end(), static_cast<const void *>(&value))) return;
    if (!value.is_structured()) {
      if (!value.text.empty()) into.emplace_back(name.empty() ? "value" : name, value.text);
      return;
    }
    std::size_t index = 0;
    for (const auto &item : value.items) {
      const auto part = value.what == json_value::kind::array ? std::to_string(++index) : item.name;
      collect(item, name.empty() || name == "/" ? name + part : name + "/" + part, into);
    }
  }

  const json_value &value_;
  std::vector<const void *> &used_;
  const further_values &around_;
};

bool has_any(const json_record &one, const definition &source) {
  const auto &needs = source.how->needs;
  return needs.empty() ||
         std::any_of(needs.begin(), needs.end(), [&](const expression &needed) { return one.has(needed); });
}

/// The names that stand where a lead should: "Vorname, Nachname". The whole may be a list of leads.
std::string names_of(const json_value &whole) {
  constexpr std::size_t most = 10;
  std::string result;
  const auto *from = &whole;
  while (from->what == json_value::kind::array && !from->items.empty()) from = &from->items.front();
  std::size_t count = 0;
  for (const auto &item : from->items) {
    if (++count > most) return result + ", …";
    result += (result.empty() ? "" : ", ") + item.name;
  }
  return result;
}

message not_of_source(const definition &source, const json_value &whole) {
  const auto names = names_of(whole);
  if (names.empty()) return {"This payload is not of the source {1}. Send it to the right one.", {source.title}};
  return {
      "This payload is not of the source {1}: it knows none of the names {2}, and one of {3} must be there. Have "
      "the sender use these, or add his to the source's definition.",
      {source.title, names, texts_of(source.how->needs)}};
}

}  // namespace

message read_json(const definition &source, const std::string &text, int depth, const record_visitor &visit) {
  json_value whole;
  if (auto problem = parse_json(text, depth, whole); !problem.empty()) return problem;
  std::vector<const void *> used, places;
  further_values around;
  const json_record root(whole, used, around);
  for (const auto &where : source.how->records) {
    bool mine = whole.what == json_value::kind::array && whole.items.empty();
    places.clear();
    root.each(where, [&](const record &one) {
      const auto &item = static_cast<const json_record &>(one);
      places.push_back(item.place());
      mine = mine || has_any(item, source);
      return true;
    });
    if (!mine) continue;
    // A list of leads has nothing around them.
    if (whole.what == json_value::kind::object) around = root.without(places, source.how->lead[lead_field::ignore]);
    root.each(where, [&](const record &one) {
      used.clear();
      visit(one);
      return true;
    });
    return {};
  }
  return not_of_source(source, whole);
}

}  // namespace lead_system::intake
