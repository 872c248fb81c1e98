// sftp_transport.cpp - a message as a file on an SFTP server.
#include <sodium.h>

#include <algorithm>
#include <array>

#include "feedback/transfer.hpp"
#include "lead/digest.hpp"

namespace lead_system::feedback {
namespace {

/// The fingerprints that are right, and the one that the receiver showed.
struct host_key_check {
  std::string expected;
  std::string shown;
};

/// "SHA256:" and base64 without padding, as ssh-keygen -l writes it.
std::string fingerprint_of(const char *key, std::size_t length) {
  const auto digest = sha256::of({key, length});
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return std::string("SHA256:") + text.data();
}

/// Whether `wanted` is one of the words of `list`; fingerprints are also written with their padding.
bool names(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    auto one = list.substr(0, end);
    while (one.ends_with('=')) one.remove_suffix(1);
    if (one == wanted) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

int check_host_key(void *context, int, const char *key, std::size_t length) noexcept {
  auto &check = *static_cast<host_key_check *>(context);
  try {
    check.shown = fingerprint_of(key, length);
    return names(check.expected, check.shown) ? CURLKHMATCH_OK : CURLKHMATCH_MISMATCH;
  } catch (const std::exception &) {
    return CURLKHMATCH_MISMATCH;
  }
}

std::size_t give_body(char *buffer, std::size_t, std::size_t capacity, void *context) noexcept {
  auto &rest = *static_cast<std::string_view *>(context);
  const auto count = rest.copy(buffer, capacity);
  rest.remove_prefix(count);
  return count;
}

/// The folder of an sftp:// address as the server knows it, with a slash at its end.
std::string folder_of(CURL *decoder, const std::string &url) {
  const auto path = url.substr(std::min(url.find('/', std::string_view("sftp://").size()), url.size()));
  int length = 0;
  char *plain = curl_easy_unescape(decoder, path.c_str(), static_cast<int>(path.size()), &length);
  std::string result(plain == nullptr ? "" : plain, static_cast<std::size_t>(length));
  curl_free(plain);
  if (!result.ends_with('/')) result += '/';
  return result;
}

std::string quoted(const std::string &path) {
  std::string result = "\"";
  for (const char c : path) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// Writes `name` as NAME.part and then has `afterwards` done with it; `afterwards` gets the quoted path without .part.
template <typename Afterwards>
verdict upload(const attempt &what, const std::string &name, std::string_view body, Afterwards &&afterwards) {
  const auto url = setting(what, "url"), known_hosts = setting(what, "known_hosts");
  host_key_check host_key{setting(what, "host_key"), {}};
  if (!url.starts_with("sftp://") || (known_hosts.empty() && host_key.expected.empty())) {
    return {verdict::kind::retry,
            {"The channel needs an sftp:// address and the receiver's key. Correct it in the lead settings.", {}}};
  }
  transfer to(what, url + (url.ends_with('/') ? "" : "/") + name + ".part", "sftp");
  const auto folder = folder_of(to.handle(), url);
  line_list commands;
  afterwards(commands, folder + name);
  if (host_key.expected.empty()) {
    to.set_text(CURLOPT_SSH_KNOWNHOSTS, known_hosts);
  } else {
    to.set(CURLOPT_SSH_HOSTKEYFUNCTION, &check_host_key);
    to.set(CURLOPT_SSH_HOSTKEYDATA, &host_key);
  }
  const auto key = setting(what, "key");
  to.set_text(CURLOPT_SSH_PRIVATE_KEYFILE, key);
  to.set(CURLOPT_SSH_AUTH_TYPES,
         static_cast<long>(key.empty() ? CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD : CURLSSH_AUTH_PUBLICKEY));
  to.set(CURLOPT_UPLOAD, 1L);
  to.set(CURLOPT_READFUNCTION, &give_body);
  to.set(CURLOPT_READDATA, &body);
  to.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
  to.set(CURLOPT_POSTQUOTE, commands.get());
  const auto code = to.go();
  if (code == CURLE_OK) return {verdict::kind::acknowledged, {"Uploaded.", {}}};
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    if (host_key.shown.empty()) {
      return {verdict::kind::retry, {"The receiver's key is not in the known_hosts file. Nothing was sent.", {}}};
    }
    return {verdict::kind::retry,
            {"The receiver shows another key than the channel expects: {1}. Ask the manufacturer whether it is right. "
             "Nothing was sent.",
             {host_key.shown}}};
  }
  return to.failed(code);
}

}  // namespace

verdict deliver_over_sftp(const attempt &what) {
  return upload(what, file_name(what), what.sent.body, [](line_list &commands, const std::string &path) {
    // An upload that was acknowledged and lost on the way back stands there already: replace it by itself.
    commands.add("*rm " + quoted(path));
    commands.add("rename " + quoted(path + ".part") + " " + quoted(path));
  });
}

verdict try_sftp(const attempt &what) {
  auto came = upload(what, what.sent.message_id, "probe", [](line_list &commands, const std::string &path) {
    commands.add("rm " + quoted(path + ".part"));
  });
  if (came.is == verdict::kind::acknowledged) {
    came.text = {"The receiver is reached and its folder can be written; no message was sent.", {}};
  }
  return came;
}

}  // namespace lead_system::feedback
