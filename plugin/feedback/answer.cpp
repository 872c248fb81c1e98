// answer.cpp - what a receiver's answer means.
#include <algorithm>
#include <cctype>
#include <pugixml.hpp>

#include "feedback/transport.hpp"

namespace lead_system::feedback {
namespace {

constexpr std::size_t most_said = 300;

std::string trimmed(std::string text) {
  const auto space = [](unsigned char c) { return std::isspace(c) != 0; };
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), space));
  text.erase(std::find_if_not(text.rbegin(), text.rend(), space).base(), text.end());
  return text;
}

/// The first value of the path. pugixml expands no entities and fetches nothing.
std::string value_at(const pugi::xml_document &document, const std::string &path) {
  if (path.empty()) return {};
  try {
    const auto found = document.select_node(path.c_str());
    std::string value = found.attribute() ? found.attribute().value() : found.node().text().get();
    value = trimmed(std::move(value));
    if (value.size() > most_said) value.resize(most_said);
    return value;
  } catch (const pugi::xpath_exception &) {
    return {};  // checked when the definition was loaded
  }
}

}  // namespace

message trouble_of(long http_status) {
  if (http_status >= 200 && http_status <= 299) return {};
  if (http_status >= 300 && http_status <= 399) {
    return {"The receiver wants to redirect elsewhere; messages are not sent on.", {}};
  }
  const auto status = std::to_string(http_status);
  if (http_status == 401 || http_status == 403) return {"The receiver refuses the sign-in (status {1}).", {status}};
  if (http_status == 404 || http_status == 410) return {"The receiver knows no such address (status {1}).", {status}};
  return {"The receiver answers with status {1}.", {status}};
}

verdict judge(const intake::feedback_definition &how, long http_status, const std::string &body) {
  if (auto trouble = trouble_of(http_status); !trouble.empty()) return {verdict::kind::retry, std::move(trouble)};
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size())) {
    return {verdict::kind::retry, {"The receiver's answer cannot be understood.", {}}};
  }
  const auto status = value_at(document, how.answer_path);
  if (status == how.answer_ok) return {verdict::kind::acknowledged, {"Acknowledged.", {}}};
  if (status == how.answer_rejected) {
    auto why = value_at(document, how.answer_error_path);
    if (why.empty()) return {verdict::kind::rejected, {"The receiver rejects the message and says no reason.", {}}};
    return {verdict::kind::rejected, {"The receiver rejects the message: {1}", {why}}};
  }
  return {verdict::kind::retry, {"The receiver's answer cannot be understood.", {}}};
}

namespace {

struct way {
  std::string_view transport;
  verdict (*deliver)(const attempt &);
  verdict (*try_out)(const attempt &);
};
constexpr way ways[]{{"directory", deliver_to_directory, try_directory},
                     {"https", deliver_over_https, try_https},
                     {"sftp", deliver_over_sftp, try_sftp}};

verdict go(const attempt &what, verdict (*way::*how)(const attempt &)) {
  const auto *found = std::find_if(std::begin(ways), std::end(ways),
                                   [&](const way &it) { return it.transport == what.channel.transport; });
  if (found != std::end(ways)) return (found->*how)(what);
  return {verdict::kind::retry,
          {"No feedback channel is set up for this source. Set one up in the lead settings.", {}}};
}

}  // namespace

verdict deliver(const attempt &what) {
  return go(what, &way::deliver);
}

verdict try_out(const attempt &what) {
  return go(what, &way::try_out);
}

}  // namespace lead_system::feedback
