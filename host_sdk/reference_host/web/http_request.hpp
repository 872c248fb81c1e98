// http_request.hpp - what somebody asks over HTTP; knows no server library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dms::reference::web {

struct http_field {
  std::string name, value;
};

/// ASCII letters alike; other bytes as they are.
bool same_word(std::string_view left, std::string_view right) noexcept;

/// How much of the body is in `body`.
enum class body_state {
  whole,
  too_large,  ///< over the limit of its address; nothing of it is kept
  unread,     ///< none belongs to this method, or nobody asked for it yet
  no_room,    ///< too many bodies are held at this moment
};

struct http_request {
  std::string method, target, version;  ///< as they were sent: "GET", "/a%20b?c=d", "HTTP/1.1"
  std::string path;                     ///< decoded, without the query
  std::string query;                    ///< as it was sent, without '?'
  std::vector<http_field> fields;
  std::string body;
  body_state state = body_state::whole;
  std::uint64_t body_bytes = 0;  ///< that came, or were announced

  // Who asks, seen through the proxies that are trusted.
  std::string peer;     ///< address of the other side of the connection
  std::string address;  ///< of the visitor
  std::string host;     ///< as the visitor wrote it, with its port
  bool secure = false;  ///< his way to us was encrypted

  std::vector<std::string> parts;  ///< what stands for the '*' of the address

  /// The first field of that name; empty where there is none.
  std::string_view field(std::string_view name) const noexcept;
  /// The token of "Authorization: Bearer TOKEN"; empty where there is none.
  std::string_view bearer() const noexcept;
  std::size_t count(std::string_view name) const noexcept;
  bool is_multipart() const noexcept;
};

}  // namespace dms::reference::web
