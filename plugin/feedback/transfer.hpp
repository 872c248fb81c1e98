// transfer.hpp - one transfer of libcurl, with what HTTPS and SFTP have in common.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "feedback/transport.hpp"

namespace lead_system::feedback {

/// A setting of the channel, or a secret of it; empty where it has none.
std::string setting(const attempt &what, const std::string &name);
std::string secret(const attempt &what, const std::string &name);

/// Lines that libcurl reads during a transfer.
class line_list {
 public:
  void add(const std::string &line) { lines_.reset(curl_slist_append(lines_.release(), line.c_str())); }
  curl_slist *get() const noexcept { return lines_.get(); }

 private:
  struct closer {
    void operator()(curl_slist *list) const noexcept { curl_slist_free_all(list); }
  };
  std::unique_ptr<curl_slist, closer> lines_;
};

/// Time limits, proxy and sign-in of the channel are set; nothing is followed elsewhere; the answer is kept up to 64
/// KiB, and more than that ends the transfer. Pointers that are set must live until go() returns.
class transfer {
 public:
  /// `what` is borrowed. `protocols` as libcurl lists them: what the address may begin with.
  transfer(const attempt &what, const std::string &url, const char *protocols);
  transfer(const transfer &) = delete;
  transfer &operator=(const transfer &) = delete;
  ~transfer() = default;

  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_.get(), option, value);
  }
  /// Sets the option where the text is not empty; libcurl copies it.
  void set_text(CURLoption option, const std::string &text) {
    if (!text.empty()) curl_easy_setopt(handle_.get(), option, text.c_str());
  }

  CURLcode go() { return curl_easy_perform(handle_.get()); }
  /// What came, when all went well.
  reply came() const;
  long status() const;
  /// Why it failed, in a sentence for the admin.
  verdict failed(CURLcode code) const;

  CURL *handle() const noexcept { return handle_.get(); }

 private:
  struct closer {
    void operator()(CURL *handle) const noexcept { curl_easy_cleanup(handle); }
  };
  static std::size_t take_answer(char *bytes, std::size_t, std::size_t count, void *context) noexcept;
  static std::size_t take_head(char *bytes, std::size_t, std::size_t count, void *context) noexcept;

  const attempt &what_;
  std::unique_ptr<CURL, closer> handle_;
  std::string answer_;
  std::size_t head_ = 0;
};

}  // namespace lead_system::feedback
