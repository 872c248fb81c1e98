// basics.hpp - text, failures and the one barrier between C++ and the C interface.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "../abi.h"

namespace dms {

inline std::string_view view(dms_str text) {
  return text.ptr == nullptr ? std::string_view{} : std::string_view{text.ptr, static_cast<std::size_t>(text.len)};
}

/// Borrows `text`; the result lives no longer than the text does.
inline dms_str str(std::string_view text) {
  return dms_str{text.data(), text.size()};
}

/// A status with its sentence, as an exception; the barrier turns it back into a status.
class failure : public std::runtime_error {
 public:
  failure(dms_status status, const std::string &sentence) : std::runtime_error(sentence), status_(status) {}
  dms_status status() const noexcept { return status_; }

 private:
  dms_status status_;
};

/// Up to `most` bytes, never cut inside a UTF-8 sequence.
inline std::string_view whole_letters(std::string_view text, std::size_t most) noexcept {
  auto end = std::min(text.size(), most);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// Fills of `error` (may be null) what its maker has room for and returns `status`, so that a caller can
/// `return fail(...)`.
inline dms_status fail(dms_error *error, dms_status status, std::string_view sentence) noexcept {
  if (error == nullptr || !DMS_HAS(error, code)) return status;
  error->code = status;
  const auto begin = offsetof(dms_error, message);
  if (error->struct_size <= begin) return status;
  const auto room = std::min<std::size_t>(error->struct_size - begin, sizeof error->message);
  const auto length = whole_letters(sentence, room - 1).size();
  std::memcpy(error->message, sentence.data(), length);
  error->message[length] = '\0';
  return status;
}

/// Runs `body` (returning dms_status or void) and turns every exception into a status: nothing that C++ throws
/// crosses the boundary.
template <typename Body>
dms_status barrier(dms_error *error, Body &&body) noexcept {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return dms_ok;
    } else {
      return body();
    }
  } catch (const failure &reason) {
    return fail(error, reason.status(), reason.what());
  } catch (const std::bad_alloc &) {
    return fail(error, dms_unavailable, "There is not enough memory for this.");
  } catch (const std::exception &reason) {
    return fail(error, dms_failed, reason.what());
  } catch (...) {
    return fail(error, dms_failed, "An unknown fault.");
  }
}

inline dms_error no_error() noexcept {
  dms_error error{};
  error.struct_size = sizeof error;
  return error;
}

/// Throws the failure that a C call reported; dms_ok passes.
inline void check(dms_status status, const dms_error &error) {
  if (status != dms_ok) {
    throw failure(status, error.message[0] != '\0' ? error.message : "The call failed.");
  }
}

/// Writes all of `bytes`; throws when the sink refuses them.
inline void write(const dms_sink &sink, std::string_view bytes) {
  if (auto status = sink.write(sink.context, str(bytes)); status != dms_ok) {
    throw failure(status, "The receiver takes no more.");
  }
}

/// A sink that collects into a string, up to a cap in bytes.
class string_sink {
 public:
  explicit string_sink(std::size_t cap = std::size_t{64} << 20) : cap_(cap) {
    sink_ = dms_sink{this, [](void *context, dms_str bytes) noexcept -> dms_status {
                       auto &self = *static_cast<string_sink *>(context);
                       return barrier(nullptr, [&]() -> dms_status {
                         if (bytes.len > self.cap_ - self.text_.size()) return dms_too_large;
                         self.text_.append(view(bytes));
                         return dms_ok;
                       });
                     }};
  }
  string_sink(const string_sink &) = delete;
  string_sink &operator=(const string_sink &) = delete;
  const dms_sink *get() const noexcept { return &sink_; }
  const std::string &text() const noexcept { return text_; }
  std::string take() { return std::move(text_); }

 private:
  std::size_t cap_;
  std::string text_;
  dms_sink sink_{};
};

/// A stream that gives out borrowed bytes, once.
class string_stream {
 public:
  explicit string_stream(std::string_view bytes) : rest_(bytes) {
    stream_ = dms_stream{this, [](void *context, char *buffer, std::uint64_t capacity) noexcept -> std::int64_t {
                           auto &rest = static_cast<string_stream *>(context)->rest_;
                           const auto count = std::min<std::size_t>(rest.size(), capacity);
                           std::copy_n(rest.data(), count, buffer);
                           rest.remove_prefix(count);
                           return static_cast<std::int64_t>(count);
                         }};
  }
  string_stream(const string_stream &) = delete;
  string_stream &operator=(const string_stream &) = delete;
  const dms_stream *get() const noexcept { return &stream_; }

 private:
  std::string_view rest_;
  dms_stream stream_{};
};

}  // namespace dms
