#include "host_core/core.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstring>

#include "dms/cpp/json.hpp"
#include "loader/survive.hpp"

namespace dms::host_core {
namespace {

constexpr std::size_t largest_judgement = std::size_t{16} << 20;
/// The leads are committed when the report is written: a size that refuses a large one would lie about them.
constexpr std::size_t largest_report = std::size_t{256} << 20;

}  // namespace

core::~core() = default;

void core::set_up(std::vector<std::filesystem::path> plugin_folders, std::unique_ptr<plugin_wishes> wishes) {
  jobs_ = std::make_unique<host_core::jobs>(*this);
  plugins_ = std::make_unique<plugin_manager>(*this, std::move(plugin_folders), std::move(wishes));
}

void core::tear_down() noexcept {
  plugins_.reset();
  jobs_.reset();
}

reply core::run_import(owned_call &call, std::string_view source, const reader &payload, std::string_view name,
                       const progress &tell) {
  const auto hook = registry_.hook(source);
  if (!hook) return {dms_not_found, {}, "There is no import hook for the source \"" + std::string(source) + "\"."};
  call.also_stop_on(hook.closing());
  const dms_stream stream{
      const_cast<reader *>(&payload), [](void *context, char *buffer, std::uint64_t capacity) noexcept -> std::int64_t {
        std::int64_t count = -1;
        barrier(nullptr, [&] { count = (*static_cast<const reader *>(context))(buffer, capacity); });
        return count;
      }};
  const dms_progress reported{const_cast<progress *>(&tell),
                              [](void *context, std::uint64_t bytes, std::uint64_t items) noexcept {
                                barrier(nullptr, [&] { (*static_cast<const progress *>(context))(bytes, items); });
                              }};
  string_sink document(largest_report);
  auto error = no_error();
  reply result;
  result.status = survive(error, [&] {
    return hook->run(hook->context, call.raw(), &stream, str(name), tell ? &reported : nullptr, document.get(), &error);
  });
  result.message = error.message;
  result.document = document.take();
  taken_in(source, result);
  return result;
}

reply core::run_import(owned_call &call, std::string_view source, std::string_view bytes, std::string_view name) {
  std::size_t at = 0;
  return run_import(
      call, source,
      [&](char *buffer, std::uint64_t capacity) {
        const auto count = std::min<std::size_t>(capacity, bytes.size() - at);
        std::memcpy(buffer, bytes.data() + at, count);
        at += count;
        return static_cast<std::int64_t>(count);
      },
      name);
}

core::sights core::judge(const owned_call &call, const std::set<std::string> &references) {
  sights result;
  std::map<std::string, std::vector<std::string>> by_prefix;
  for (const auto &reference : references) {
    auto &is = result[reference] = sight::unguarded;
    if (const auto guard = registry_.guard(reference)) {
      is = sight::hidden;
      by_prefix[std::string(view(guard->prefix))].push_back(reference);
    }
  }
  for (const auto &[prefix, asked] : by_prefix) {
    const auto guard = registry_.guard(prefix);
    if (!guard) continue;
    string_sink answer(largest_judgement);
    auto error = no_error();
    const auto text = nlohmann::json(asked).dump();
    const auto status =
        survive(error, [&] { return guard->judge(guard->context, call.raw(), str(text), answer.get(), &error); });
    if (status != dms_ok) {
      log().warn("{} on {}: {}", guard.owner(), prefix, error.message);
      continue;
    }
    const auto told = read_json(answer.take()).value_or(nlohmann::json());
    if (!told.is_object()) continue;
    for (const auto &reference : asked) {
      const auto found = told.find(reference);
      if (found != told.end() && found->is_string()) result[reference] = *found == "work" ? sight::work : sight::read;
    }
  }
  return result;
}

void core::ask(const owned_call &call, std::string_view event, const std::string &data) {
  for (const auto &handler : registry_.handlers(event)) {
    auto error = no_error();
    const auto status =
        survive(error, [&] { return handler->handle(handler->context, call.raw(), str(data), &error); });
    check(status, error);
  }
}

void core::tell(const owned_call &call, std::string_view event, const std::string &data) {
  tell(*call.raw(), event, data, {});
}

void core::tell(const dms_call &call, std::string_view event, const std::string &data, std::string_view but_not) {
  for (const auto &handler : registry_.handlers(event)) {
    if (!but_not.empty() && handler.owner() == but_not) continue;
    auto error = no_error();
    const auto status = survive(error, [&] { return handler->handle(handler->context, &call, str(data), &error); });
    if (status != dms_ok) {
      log().warn("{} on {}: {}", handler.owner(), event, error.message);
    }
  }
}

}  // namespace dms::host_core
