#include "recorder/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"

namespace dms::recording {
namespace {

constexpr std::size_t longest_content = 4096;
constexpr std::array<std::string_view, 11> status_words{"ok",          "invalid",   "not_found",   "forbidden",
                                                        "conflict",    "refused",   "unavailable", "cancelled",
                                                        "unsupported", "too_large", "failed"};
/// Texts that name something, by the name of the parameter; all others may hold personal data.
constexpr std::array<std::string_view, 12> ids{"id",     "key",  "reference", "user",  "action", "subject",
                                               "source", "kind", "to",        "event", "locale", "result"};

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}
std::int64_t steady_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Threads of this process, numbered as they come.
int this_thread() {
  static std::atomic<int> last{0};
  thread_local const int number = ++last;
  return number;
}
int &depth() {
  thread_local int now = 0;
  return now;
}

}  // namespace

journal::journal() {
  const char *asked = std::getenv("DMS_RECORDING_CONTENTS");
  contents_ = asked != nullptr && std::string_view(asked) == "1";
}

journal &journal::only() {
  static auto *forever = new journal;  // no destructor at the end of the process
  return *forever;
}

void journal::open(const std::string &file) {
  const std::lock_guard lock(mutex_);
  out_ = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (out_ < 0 || !append(waiting_)) {
    if (out_ >= 0) ::close(std::exchange(out_, -1));
    throw failure(dms_unavailable, "The recording cannot be written to \"" + file + "\".");
  }
  waiting_.clear();
  open_ = true;
}

void journal::close() {
  const std::lock_guard lock(mutex_);
  if (open_) ::close(std::exchange(out_, -1));
  waiting_.clear();
  open_ = false;
}

/// All of it or nothing: half a line would spoil the next one as well.
bool journal::append(const std::string &lines) const noexcept {
  const auto before = ::lseek(out_, 0, SEEK_END);
  std::size_t at = 0;
  while (at < lines.size()) {
    const auto count = ::write(out_, lines.data() + at, lines.size() - at);
    if (count > 0) {
      at += static_cast<std::size_t>(count);
    } else if (count == 0 || errno != EINTR) {
      break;
    }
  }
  if (at == lines.size()) return true;
  const bool behind_ours = before >= 0 && ::lseek(out_, 0, SEEK_END) == before + static_cast<off_t>(at);
  [[maybe_unused]] const int cut = behind_ours ? ::ftruncate(out_, before) : -1;
  return false;
}

void journal::write(const nlohmann::json &line) noexcept {
  barrier(nullptr, [&] {
    const auto text = to_text(line) + '\n';
    const std::lock_guard lock(mutex_);
    if (!open_) {
      waiting_ += text;
    } else if (!append(text)) {
      ++lost_;
    }
  });
}

entry::entry(direction which, std::string_view what, std::string_view who, std::string_view function)
    : line_{{"call", journal::only().next()},
            {"at_us", now_us()},
            {"thread", this_thread()},
            {"depth", depth()++},
            {"direction", which == direction::to_plugin ? "to_plugin" : "to_host"},
            {"what", what},
            {"function", function}},
      began_us_(steady_us()) {
  if (!who.empty()) line_["who"] = who;
}

entry::~entry() {
  --depth();
  barrier(nullptr, [&] {
    line_["took_us"] = steady_us() - began_us_;
    if (written_.inside != nullptr) line_["written"] = {{"bytes", written_.bytes}, {"pieces", written_.pieces}};
    if (read_.inside != nullptr) line_["read"] = {{"bytes", read_.bytes}, {"pieces", read_.pieces}};
    journal::only().write(line_);
  });
}

void entry::note(std::string_view name, dms_str text) {
  auto &in = line_["in"][std::string(name)];
  const bool named = std::find(ids.begin(), ids.end(), name) != ids.end() && text.len <= DMS_MAX_KEY;
  if (named) {
    in = view(text);
    return;
  }
  in["bytes"] = text.len;
  const bool told = journal::only().contents() && name != "secret";
  if (told) in["text"] = whole_letters(view(text), longest_content);
}

void entry::note(const dms_call *call) {
  if (call == nullptr || call->struct_size < DMS_CALL_SIZE_1_0) return;
  line_["user"] = view(call->user);
  line_["channel"] = view(call->channel);
  line_["correlation"] = view(call->correlation);
  line_["locale"] = view(call->locale);
  if (call->request.len > 0) line_["request"] = view(call->request);
}

void entry::ends_with(dms_status status) {
  const bool known = status >= 0 && status < static_cast<dms_status>(status_words.size());
  line_["status"] = known ? nlohmann::json(status_words[static_cast<std::size_t>(status)]) : nlohmann::json(status);
}

const dms_sink *entry::count(const dms_sink *sink) {
  if (sink == nullptr) return sink;
  written_.inside = sink;
  sink_ = {&written_, [](void *context, dms_str bytes) -> dms_status {
             auto &own = *static_cast<counted *>(context);
             own.bytes += bytes.len;
             ++own.pieces;
             const auto &inside = *static_cast<const dms_sink *>(own.inside);
             return inside.write(inside.context, bytes);
           }};
  return &sink_;
}

const dms_stream *entry::count(const dms_stream *stream) {
  if (stream == nullptr) return stream;
  read_.inside = stream;
  stream_ = {&read_, [](void *context, char *buffer, std::uint64_t capacity) -> std::int64_t {
               auto &own = *static_cast<counted *>(context);
               const auto &inside = *static_cast<const dms_stream *>(own.inside);
               const auto count = inside.read(inside.context, buffer, capacity);
               own.bytes += count > 0 ? static_cast<std::uint64_t>(count) : 0;
               ++own.pieces;
               return count;
             }};
  return &stream_;
}

}  // namespace dms::recording
