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

verdict judge(const intake::feedback_definition &how, long http_status, const std::string &body) {
  if (http_status >= 300 && http_status < 400) {
    return {verdict::kind::retry, {"The receiver wants to redirect elsewhere; messages are not sent on.", {}}};
  }
  if (http_status < 200 || http_status > 299) {
    return {verdict::kind::retry, {"The receiver answers with status {1}.", {std::to_string(http_status)}}};
  }
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

verdict deliver(const attempt &what) {
  struct way {
    const char *transport;
    verdict (*go)(const attempt &);
  };
  static constexpr way ways[]{
      {"directory", deliver_to_directory}, {"https", deliver_over_https}, {"sftp", deliver_over_sftp}};
  for (const auto &[transport, go] : ways) {
    if (what.channel.transport == transport) return go(what);
  }
  return {verdict::kind::retry,
          {"No feedback channel is set up for this source. Set one up in the lead settings.", {}}};
}

}  // namespace lead_system::feedback
