// journal.hpp - one line of JSON for each call that crosses the interface.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "dms/sdk.h"

namespace dms::recording {

enum class direction { to_plugin, to_host };

/// Thread-safe. Sizes and ids are written, never what texts and documents hold, unless the environment says
/// DMS_RECORDING_CONTENTS=1; the value of a secret not even then.
class journal {
 public:
  journal();
  journal(const journal &) = delete;
  journal &operator=(const journal &) = delete;
  /// Lines go there from now on, behind what it holds; those before wait in memory.
  void open(const std::string &file);
  bool is_open() const noexcept { return open_; }
  /// All is in the file, and the file is closed: the library may be unmapped now. What still waits for a file is
  /// dropped.
  void close();
  /// Lines that could not be written, for want of room, since the last time that this was asked.
  std::uint64_t lost() noexcept { return lost_.exchange(0); }
  void write(const nlohmann::json &line) noexcept;
  bool contents() const noexcept { return contents_; }
  std::uint64_t next() noexcept { return ++last_; }
  /// The one of this process.
  static journal &only();

 private:
  bool append(const std::string &lines) const noexcept;

  std::mutex mutex_;
  int out_ = -1;  ///< the file
  std::string waiting_;
  std::atomic<bool> open_{false};
  std::atomic<std::uint64_t> last_{0}, lost_{0};
  bool contents_ = false;
};

/// One call from its beginning to its end; the line is written when this goes.
class entry {
 public:
  entry(direction which, std::string_view what, std::string_view who, std::string_view function);
  entry(const entry &) = delete;
  entry &operator=(const entry &) = delete;
  ~entry();

  void note(std::string_view name, dms_str text);
  void note(std::string_view name, std::int64_t number) { line_["in"][std::string(name)] = number; }
  void note(const dms_call *call);
  void ends_with(dms_status status);
  void answers(std::int64_t number) { line_["answer"] = number; }
  /// What the callee writes and reads is counted on the way.
  const dms_sink *count(const dms_sink *sink);
  const dms_stream *count(const dms_stream *stream);

 private:
  struct counted {
    const void *inside = nullptr;
    std::uint64_t bytes = 0, pieces = 0;
  };
  nlohmann::json line_;
  std::int64_t began_us_;
  counted written_, read_;
  dms_sink sink_{};
  dms_stream stream_{};
};

}  // namespace dms::recording
