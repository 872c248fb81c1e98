#include "intake/trace.hpp"

#include <algorithm>

#include "intake/definition_parts.hpp"
#include "intake/mapper.hpp"
#include "intake/plain_text.hpp"
#include "intake/trace_log.hpp"

namespace lead_system::intake {
namespace {

constexpr std::size_t longest_raw = 500, most_left_over = 200, most_visits = 100;
/// Of one record; what is told of more is read by nobody, and a definition may try a thousand at each of a hundred
/// places.
constexpr std::size_t most_tried = 5'000;

/// A record that writes down what it is asked for. Its answers are those of the record inside.
class traced_record final : public record {
 public:
  traced_record(const record &inside, trace_log &log, trace_visit *here) : inside_(inside), log_(log), here_(here) {}

  std::string value(const expression &where) const override {
    auto found = inside_.value(where);
    if (here_ != nullptr) here_->raw.try_emplace(&where, clean_lines(found, longest_raw));
    return found;
  }
  void use(const expression &where) const override { inside_.use(where); }
  bool each(const expression &where, const std::function<bool(const record &)> &visit) const override {
    return inside_.each(where, [&](const record &one) {
      trace_visit *there = nullptr;
      if (log_.visits.size() < most_visits) {
        there = &log_.visits.emplace_back();
        there->at = &where;
      }
      return visit(traced_record(one, log_, there));
    });
  }
  void leftovers(further_values &into) const override {
    inside_.leftovers(log_.left_over);
    into.insert(into.end(), log_.left_over.begin(), log_.left_over.end());
  }
  message problem() const override { return inside_.problem(); }
  void was_read(const void *part, const lead_content &so_far) const override {
    auto brought = log_.news(so_far);
    if (here_ != nullptr) here_->brought[part] = std::move(brought);
  }

 private:
  const record &inside_;
  trace_log &log_;
  trace_visit *here_;  ///< null: there are too many
};

bool is_blank(const std::string &text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

bool is_of(const alternatives &all, const expression *one) {
  return std::any_of(all.begin(), all.end(), [&](const expression &each) { return &each == one; });
}

/// Puts together what is told of a record.
class telling {
 public:
  telling(const definition &source, const trace_log &log, const read_lead &lead)
      : how_(*source.how), log_(log), lead_(lead) {}

  record_trace told() {
    single("lead", how_.lead, lead_field_names);
    single("prospect", how_.prospect, person_field_names);
    int number = 0;
    for (const auto &one : how_.phones) several("phone", one, phone_field_names, number);
    number = 0;
    several("vehicle", how_.vehicle, vehicle_field_names, number);
    number = 0;
    for (const auto &one : how_.consents) several("consent", one, consent_field_names, number);
    number = 0;
    several("finance", how_.finance, finance_field_names, number);
    add_left_over();
    return std::move(result_);
  }

 private:
  /// Where a part was looked for: what its `at` led to, else where the lead or the prospect stands.
  template <typename Field>
  std::vector<const trace_visit *> visits_of(const section<Field> &part) const {
    std::vector<const trace_visit *> result;
    const auto &way = part.at.empty() && part.of_prospect ? how_.prospect.at : part.at;
    for (const auto &visit : log_.visits) {
      if (way.empty() ? visit.at == nullptr : is_of(way, visit.at)) result.push_back(&visit);
    }
    return result;
  }

  /// What every expression of a field gave there, and which one counted.
  static traced_field looked_at(const alternatives &where, const trace_visit *visit) {
    traced_field result;
    for (const auto &one : where) {
      tried_expression tried{one.text, false, one.constant.has_value(), {}};
      const auto found =
          visit == nullptr ? std::map<const expression *, std::string>::const_iterator{} : visit->raw.find(&one);
      const bool known = visit != nullptr && found != visit->raw.end();
      if (known) tried.raw = found->second;
      tried.asked = known;
      if (one.constant && visit != nullptr && result.gave == traced_field::no_expression) {
        tried.asked = true;
        tried.raw = *one.constant;
      }
      if (tried.asked && !is_blank(tried.raw) && result.gave == traced_field::no_expression) {
        result.gave = result.tried.size();
      }
      result.tried.push_back(std::move(tried));
    }
    return result;
  }

  static void judge(traced_field &field) {
    using lack = traced_field::lack;
    const bool asked = std::any_of(field.tried.begin(), field.tried.end(), [](const auto &one) { return one.asked; });
    if (field.gave == traced_field::no_expression && field.became.is != traced_value::kind::nothing) {
      field.lacks = lack::stands_in;
    } else if (field.gave == traced_field::no_expression) {
      field.lacks = asked ? lack::nothing_there : lack::not_needed;
    } else if (field.became.is == traced_value::kind::nothing && field.remarks.empty()) {
      field.lacks = lack::no_use;
    }
  }

  static bool same_expressions(const traced_field &one, const traced_field &other) {
    return std::equal(one.tried.begin(), one.tried.end(), other.tried.begin(), other.tried.end(),
                      [](const auto &a, const auto &b) { return a.text == b.text; });
  }

  /// "at" of a part that stands nowhere: none of its fields is looked for.
  template <typename Field>
  bool add_missing(std::string_view part, const section<Field> &from) {
    if (from.at.empty()) return false;
    traced_field field;
    for (const auto &one : from.at) field.tried.push_back({one.text, true, false, {}});
    field.part = part;
    field.field = "at";
    field.lacks = traced_field::lack::no_such_part;
    // Parts alike may be looked for at one place: that nothing stands there is told once.
    const bool told = std::any_of(result_.fields.begin(), result_.fields.end(), [&](const traced_field &one) {
      return one.part == part && one.field == field.field && same_expressions(one, field);
    });
    if (!told) result_.fields.push_back(std::move(field));
    return true;
  }

  void take_remarks(std::string_view name, traced_field &into) const {
    const auto found = lead_.content.extras.find("remark/" + std::string(name));
    if (found != lead_.content.extras.end()) into.remarks = messages_in(found->second);
  }

  template <typename Field, std::size_t size>
  void single(std::string_view part, const section<Field> &from, const std::string_view (&names)[size]) {
    if (!from.present) return;
    const auto visits = visits_of(from);
    if (visits.empty() && add_missing(part, from)) return;
    const auto *visit = visits.empty() ? nullptr : visits.front();
    for (std::size_t at = 0; at < size; ++at) {
      const auto field = static_cast<Field>(at);
      if (from[field].empty() || field == Field::ignore) continue;
      auto told = looked_at(from[field], visit);
      told.part = part;
      told.field = names[at];
      if (told.gave != traced_field::no_expression) {
        told.became = value_of(field, lead_);
        take_remarks(names[at], told);
      }
      if (told.gave == traced_field::no_expression && has_stand_in(field)) told.became = value_of(field, lead_);
      if (told.became.is == traced_value::kind::hidden) hide(told);
      judge(told);
      result_.fields.push_back(std::move(told));
    }
  }

  static bool has_stand_in(lead_field field) { return field == lead_field::received || field == lead_field::type; }
  static bool has_stand_in(person_field) { return false; }

  static void hide(traced_field &field) {
    for (auto &one : field.tried) one.raw.clear();
  }

  template <typename Field, std::size_t size>
  void several(std::string_view part, const section<Field> &from, const std::string_view (&names)[size], int &number) {
    if (!from.present) return;
    const auto visits = visits_of(from);
    if (visits.empty()) add_missing(part, from);
    for (const auto *visit : visits) {
      ++number;
      if (tried_ > most_tried) {
        ++result_.more_places;
        continue;
      }
      const auto found = visit->brought.find(&from);
      const auto brought = found == visit->brought.end() ? part_brought{} : found->second;
      const auto first = result_.fields.size();
      for (std::size_t at = 0; at < size; ++at) {
        const auto field = static_cast<Field>(at);
        if (from[field].empty()) continue;
        auto told = looked_at(from[field], visit);
        told.part = part;
        told.field = names[at];
        told.number = number;
        if (told.gave != traced_field::no_expression) told.became = value_of(field, brought);
        tried_ += told.tried.size();
        result_.fields.push_back(std::move(told));
      }
      drop_constants(first);
      hand_out(brought, first);
    }
  }

  /// Of a place where nothing else stands, the definition's own words are not told: "mobile" of no number.
  void drop_constants(std::size_t first) {
    auto &all = result_.fields;
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
    const auto is_constant = [](const traced_field &one) {
      return one.gave != traced_field::no_expression && one.tried[one.gave].constant;
    };
    const bool something = std::any_of(begin, all.end(), [&](const traced_field &one) {
      return one.gave != traced_field::no_expression && !is_constant(one);
    });
    if (!something) all.erase(std::remove_if(begin, all.end(), is_constant), all.end());
  }

  /// Remarks are kept by names: of a vehicle its fields' own, of the others the part's ("phone", "finance_end").
  static bool is_of_part(std::string_view part, std::string_view name) {
    if (part != "vehicle") return name.starts_with(part);
    return name == part || name == "trade_in" ||
           std::find(std::begin(vehicle_field_names), std::end(vehicle_field_names), name) !=
               std::end(vehicle_field_names);
  }
  static bool is_named(std::string_view name, const traced_field &field) {
    return name.ends_with(field.field) &&
           (name == field.field || name == std::string(field.part) + "_" + std::string(field.field));
  }

  /// A remark of a part goes to the field whose name it has, else to the one whose value it speaks of, else to the
  /// first that has one.
  void hand_out(const part_brought &brought, std::size_t first) {
    const auto begin = result_.fields.begin() + static_cast<std::ptrdiff_t>(first), end = result_.fields.end();
    for (const auto &[name, remarks] : brought.remarks) {
      if (begin == end || !is_of_part(begin->part, name)) continue;
      for (const auto &remark : remarks) {
        auto whose = std::find_if(begin, end, [&, key = &name](const auto &one) { return is_named(*key, one); });
        if (whose == end) whose = std::find_if(begin, end, [&](const auto &one) { return speaks_of(remark, one); });
        if (whose == end) {
          whose = std::find_if(begin, end, [](const auto &one) { return one.gave != traced_field::no_expression; });
        }
        if (whose != end) whose->remarks.push_back(remark);
      }
    }
    std::for_each(begin, end, [](traced_field &one) { judge(one); });
  }
  static bool speaks_of(const message &remark, const traced_field &field) {
    return field.gave != traced_field::no_expression &&
           std::any_of(remark.arguments.begin(), remark.arguments.end(),
                       [&](const std::string &argument) { return argument == field.tried[field.gave].raw; });
  }

  void add_left_over() {
    for (const auto &[name, value] : log_.left_over) {
      auto text = clean_lines(value, longest_raw);
      if (text.empty()) continue;
      if (result_.left_over.size() < most_left_over) {
        result_.left_over.emplace_back(clean_line(name, longest_raw), std::move(text));
      } else {
        ++result_.more_left_over;
      }
    }
  }

  const definition::reading &how_;
  const trace_log &log_;
  const read_lead &lead_;
  record_trace result_;
  std::size_t tried_ = 0;
};

}  // namespace

part_brought trace_log::news(const lead_content &now) {
  part_brought result;
  const auto &phones = now.prospect.phones;
  result.phones.assign(phones.begin() + static_cast<std::ptrdiff_t>(std::min(phones_, phones.size())), phones.end());
  phones_ = phones.size();
  if (now.wanted.size() > wanted_) result.car = now.wanted.back();
  wanted_ = now.wanted.size();
  if (now.trade_in && !trade_in_) {
    result.car = now.trade_in;
    result.is_trade_in = true;
  }
  trade_in_ = now.trade_in.has_value();
  if (now.consents.size() > consents_) result.word = now.consents.back();
  consents_ = now.consents.size();
  result.contract = now.finance;
  constexpr std::string_view head = "remark/";
  for (auto at = now.extras.lower_bound(std::string(head)); at != now.extras.end(); ++at) {
    if (!at->first.starts_with(head)) break;
    auto &known = remarks_[at->first];
    if (at->second.size() > known) {
      // One a line: what is behind the old end is whole.
      const auto rest = at->second.substr(known);
      result.remarks[at->first.substr(head.size())] = messages_in(rest.substr(rest.find_first_not_of('\n')));
    }
    known = at->second.size();
  }
  return result;
}

record_trace told_trace(const definition &source, const trace_log &log, const read_lead &came_to) {
  return telling(source, log, came_to).told();
}

read_lead map_traced(const definition &source, const record &from, time_us received_default,
                     const message &payload_remark) {
  trace_log log;
  log.visits.emplace_back();
  auto result = map_record(source, traced_record(from, log, &log.visits.front()), received_default, payload_remark);
  result.trace = std::make_shared<const record_trace>(told_trace(source, log, result));
  return result;
}

}  // namespace lead_system::intake
