#include "probe/visit.hpp"

#if defined(__linux__)
#include <pthread.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <cctype>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace dms::probing {
namespace {

constexpr std::size_t least_stack = std::size_t{256} * 1024;

bool letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char each) { return std::isalnum(each) != 0; });
}

}  // namespace

bool is_language_tag(std::string_view text) noexcept {
  const auto first = text.substr(0, text.find('-'));
  if (first.size() < 2 || first.size() > 3 || !letters(first)) return false;
  for (auto rest = text.substr(first.size()); !rest.empty();) {
    rest.remove_prefix(1);
    const auto part = rest.substr(0, rest.find('-'));
    if (part.empty() || part.size() > 8 || !letters(part)) return false;
    rest.remove_prefix(part.size());
  }
  return true;
}

visit::visit(void *context, const dms_call *call, const void *sink, bool extension)
    : of_(context == nullptr ? probe::newest() : static_cast<probe *>(context)), call_(call) {
  auto &notes = *of_->notes;
  if (!extension) notes.judge("screen.context", context != nullptr, "a contribution is called without its context");
  const auto state = of_->now.load();
  if (extension) {
    notes.judge("state.extension", state != probe::state::made, "an extension is called before init");
  } else {
    notes.judge("state.registering", state != probe::state::activating, "a contribution is called inside of activate");
    notes.judge("state.gone", state == probe::state::active || state == probe::state::activating,
                "a contribution is called after deactivate had begun");
  }
  ++of_->inside;
  look_at_thread();
  going_on_ = notes.judge("call.there", call != nullptr && sink != nullptr, "a call or a sink is null") &&
              state != probe::state::made;
  if (!going_on_) return;
  look_at_call();
  before_ = texts_of_call();
}

visit::~visit() {
  if (going_on_) {
    barrier(nullptr, [&] {
      of_->notes->judge("call.stays", texts_of_call() == before_, "a text of the call changed while it ran");
      const auto cancelled = call_->cancelled(call_->context);
      of_->notes->judge("cancelled.stays", !cancelled_before_ || cancelled != 0,
                        "a call that was cancelled is not any more");
    });
  }
  --of_->inside;
}

void visit::look_at_thread() const {
#if defined(__linux__)
  of_->notes->judge("process.fork", library::only().process == ::getpid(),
                    "the process was forked after the library was loaded");
  pthread_attr_t about;
  if (::pthread_getattr_np(::pthread_self(), &about) != 0) return;
  void *lowest = nullptr;
  std::size_t bytes = 0;
  if (::pthread_attr_getstack(&about, &lowest, &bytes) == 0) {
    of_->notes->judge("threads.stack", bytes >= least_stack, std::to_string(bytes / 1024) + " KiB");
  }
  ::pthread_attr_destroy(&about);
#endif
}

std::string visit::texts_of_call() const {
  std::string all;
  for (const auto &text :
       {call_->user, call_->user_name, call_->locale, call_->correlation, call_->channel, call_->request}) {
    all += view(text);
    all += '\n';
  }
  return all;
}

void visit::look_at_call() {
  auto &notes = *of_->notes;
  going_on_ =
      notes.judge("call.size", call_->struct_size >= DMS_CALL_SIZE_1_0,
                  std::to_string(call_->struct_size) + " bytes") &&
      notes.judge("call.functions", call_->may != nullptr && call_->cancelled != nullptr, "may or cancelled is null");
  if (!going_on_) return;
  constexpr std::string_view channels[] = {"web", "http", "folder", "command_line", "job", "event", "refresh"};
  const auto channel = view(call_->channel), locale = view(call_->locale), user = view(call_->user);
  notes.judge("call.channel", std::find(std::begin(channels), std::end(channels), channel) != std::end(channels),
              "\"" + std::string(channel) + "\"");
  notes.judge("call.locale", is_language_tag(locale), "\"" + std::string(locale) + "\"");
  notes.judge("call.correlation", call_->correlation.len > 0, "it is empty");
  constexpr std::int64_t year_us = std::int64_t{365} * 24 * 3600 * 1'000'000;
  notes.judge("call.now", call_->now_us > 50 * year_us && call_->now_us < 200 * year_us, std::to_string(call_->now_us));
  notes.judge("call.request_size", call_->request.len <= DMS_MAX_KEY, std::to_string(call_->request.len) + " bytes");
  if (user.empty()) {
    notes.judge("may.host", call_->may(call_->context, str("dms_probe.see")) != 0, "may answers 0 for an empty user");
  } else {
    notes.judge("call.user_name", call_->user_name.len > 0, "it is empty");
  }
  const auto cancelled = call_->cancelled(call_->context);
  notes.judge("cancelled.value", cancelled == 0 || cancelled == 1, std::to_string(cancelled));
  cancelled_before_ = cancelled != 0;
}

}  // namespace dms::probing
