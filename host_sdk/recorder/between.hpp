// between.hpp - a table of functions that stands in the place of another and writes down each call of it.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "dms/cpp/basics.hpp"
#include "recorder/journal.hpp"

namespace dms::recording {

/// What stands between, owned until the instance is destroyed.
struct kept {
  kept() = default;
  kept(const kept &) = delete;
  kept &operator=(const kept &) = delete;
  virtual ~kept() = default;
};
class keeper {
 public:
  template <typename Item>
  Item &keep(std::unique_ptr<Item> item) {
    const std::lock_guard lock(mutex_);
    auto &kept = *item;
    items_.push_back(std::move(item));
    return kept;
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<kept>> items_;
};

/// `Table` begins with, or holds, `void *context`, which is ours; its functions lead to those of `inside`.
template <typename Table>
struct between : kept {
  between(const Table *of, direction to, std::string id, std::string name, keeper &by)
      : inside(of), which(to), what(std::move(id)), who(std::move(name)), owner(by) {
    face.context = this;
  }
  Table face{};
  const Table *inside;
  direction which;
  std::string what, who;
  keeper &owner;
};

/// Names of a function and of its parameters, as a template argument.
template <std::size_t Count>
struct names {
  consteval names(const char *const (&all)[Count]) {
    for (std::size_t at = 0; at < Count; ++at) {
      for (std::size_t letter = 0; all[at][letter] != '\0'; ++letter) text[at][letter] = all[at][letter];
    }
  }
  char text[Count][24]{};
};

/// Contributions that a plugin registers get their own between; see contributions.cpp.
const dms_screen *stand_between(const dms_screen *item, keeper &by);
const dms_import_hook *stand_between(const dms_import_hook *item, keeper &by);
const dms_job *stand_between(const dms_job *item, keeper &by);
const dms_event_handler *stand_between(const dms_event_handler *item, keeper &by);
const dms_reference_guard *stand_between(const dms_reference_guard *item, keeper &by);

/// What is passed on in the place of a parameter; `line` hears of it.
template <typename Value>
auto passed(entry &line, [[maybe_unused]] keeper &by, const char *name, Value value) {
  if constexpr (std::is_same_v<Value, const dms_sink *> || std::is_same_v<Value, const dms_stream *>) {
    return line.count(value);
  } else if constexpr (std::is_same_v<Value, const dms_call *>) {
    line.note(value);
    return value;
  } else if constexpr (std::is_same_v<Value, dms_str>) {
    line.note(name, value);
    return value;
  } else if constexpr (std::is_integral_v<Value>) {
    line.note(name, static_cast<std::int64_t>(value));
    return value;
  } else if constexpr (std::is_same_v<Value, const dms_menu_entry *>) {
    line.note("screen_id", value->screen);
    return value;
  } else if constexpr (std::is_same_v<Value, const dms_right *>) {
    line.note("id", value->id);
    return value;
  } else if constexpr (std::is_same_v<Value, dms_error *> || std::is_same_v<Value, const dms_progress *>) {
    return value;
  } else {
    return stand_between(value, by);
  }
}

template <auto Member, auto Names>
struct through;
template <typename Table, typename Result, typename... Parameters, Result (*Table::*Member)(void *, Parameters...),
          auto Names>
struct through<Member, Names> {
  static Result call(void *context, Parameters... parameters) {
    auto &own = *static_cast<between<Table> *>(context);
    return call_each(own, std::index_sequence_for<Parameters...>(), parameters...);
  }
  template <std::size_t... At>
  static Result call_each(between<Table> &own, std::index_sequence<At...>, Parameters... parameters) {
    entry line(own.which, own.what, own.who, Names.text[0]);
    const auto go_on = [&]() -> Result {
      return (own.inside->*Member)(own.inside->context, passed(line, own.owner, Names.text[At + 1], parameters)...);
    };
    if constexpr (std::is_void_v<Result>) {
      go_on();
    } else {
      const auto result = go_on();
      if constexpr (std::is_same_v<Result, dms_status>) {
        line.ends_with(result);
      } else {
        line.answers(static_cast<std::int64_t>(result));
      }
      return result;
    }
  }
};

}  // namespace dms::recording

/// DMS_THROUGH(dms_customers, get, "id", "", ""): the function that stands for it, with the names of its parameters.
#define DMS_THROUGH(table, member, ...) \
  &::dms::recording::through<&table::member, ::dms::recording::names({#member, __VA_ARGS__})>::call
