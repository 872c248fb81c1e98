// http_client.hpp - a browser for tests: one request after the other over one connection, by libcurl.
#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace http_client {

using headers = std::multimap<std::string, std::string>;

struct result {
  int status = 0;
  std::string body;
  std::vector<std::pair<std::string, std::string>> fields;

  std::string get_header_value(std::string name) const {
    const auto lower = [](std::string text) {
      std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
      return text;
    };
    name = lower(std::move(name));
    for (const auto &[each, value] : fields) {
      if (lower(each) == name) return value;
    }
    return {};
  }
};

/// Nothing where the connection broke off before an answer was there.
using answer = std::optional<result>;

class client {
 public:
  client(const std::string &address, int port) : base_("http://" + address + ":" + std::to_string(port)) {}

  answer Get(const std::string &path, const headers &with = {}) { return ask("GET", path, with, nullptr); }
  answer Head(const std::string &path, const headers &with = {}) { return ask("HEAD", path, with, nullptr); }
  answer Post(const std::string &path, headers with, const std::string &body, const std::string &type) {
    with.emplace("Content-Type", type);
    return ask("POST", path, with, &body);
  }
  answer Post(const std::string &path, const std::string &body, const std::string &type) {
    return Post(path, {}, body, type);
  }

  /// `body`: null for none.
  answer ask(const std::string &method, const std::string &path, const headers &with, const std::string *body) {
    curl_easy_reset(curl_.get());
    result got;
    curl_slist *lines = curl_slist_append(nullptr, "Expect:");
    for (const auto &[name, value] : with) {
      lines = curl_slist_append(lines, (value.empty() ? name + ";" : name + ": " + value).c_str());
    }
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> kept(lines, curl_slist_free_all);
    curl_easy_setopt(curl_.get(), CURLOPT_URL, (base_ + path).c_str());
    curl_easy_setopt(curl_.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl_.get(), CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &got);
    curl_easy_setopt(curl_.get(), CURLOPT_HEADERFUNCTION, take_field);
    curl_easy_setopt(curl_.get(), CURLOPT_HEADERDATA, &got);
    if (method == "HEAD") curl_easy_setopt(curl_.get(), CURLOPT_NOBODY, 1L);
    if (method == "DELETE") curl_easy_setopt(curl_.get(), CURLOPT_CUSTOMREQUEST, "DELETE");
    if (body != nullptr) {
      curl_easy_setopt(curl_.get(), CURLOPT_POST, 1L);
      curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
      curl_easy_setopt(curl_.get(), CURLOPT_POSTFIELDS, body->c_str());
    }
    if (curl_easy_perform(curl_.get()) != CURLE_OK) return std::nullopt;
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    got.status = static_cast<int>(status);
    return got;
  }

 private:
  static std::size_t take_body(char *bytes, std::size_t one, std::size_t count, void *to) {
    static_cast<result *>(to)->body.append(bytes, one * count);
    return one * count;
  }
  static std::size_t take_field(char *bytes, std::size_t one, std::size_t count, void *to) {
    std::string line(bytes, one * count);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    const auto colon = line.find(": ");
    auto &fields = static_cast<result *>(to)->fields;
    if (line.starts_with("HTTP/")) fields.clear();
    if (colon != std::string::npos) fields.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    return one * count;
  }

  std::string base_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{curl_easy_init(), curl_easy_cleanup};
};

}  // namespace http_client
