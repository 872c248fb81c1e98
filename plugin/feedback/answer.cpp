// answer.cpp - what a receiver's answer means.
#include <algorithm>
#include <cctype>
#include <pugixml.hpp>

#include "feedback/transport.hpp"
#include "intake/encoding.hpp"
#include "intake/plain_text.hpp"
#include "lead/texts.hpp"

namespace lead_system::feedback {
namespace {

constexpr std::size_t most_said = 300;

std::string trimmed(std::string text) {
  const auto space = [](unsigned char c) { return std::isspace(c) != 0; };
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), space));
  text.erase(std::find_if_not(text.rbegin(), text.rend(), space).base(), text.end());
  return text;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char &letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

/// "soap:Status" → "status"
std::string plain_name(std::string_view name) {
  return lower(name.substr(name.rfind(':') + 1));
}

std::string value_by_path(const pugi::xml_document &document, const std::string &path) {
  try {
    const auto found = document.select_node(path.c_str());
    return found.attribute() ? found.attribute().value() : found.node().text().get();
  } catch (const pugi::xpath_exception &) {
    return {};  // checked when the definition was loaded
  }
}

/// The first element or attribute of the name that the path ends with, in any writing.
class named_value : public pugi::xml_tree_walker {
 public:
  explicit named_value(const std::string &path) {
    auto name = path.substr(path.find_last_of("/@") + 1);
    name.resize(std::min(name.find('['), name.size()));
    name_ = plain_name(name);
  }
  std::string of(pugi::xml_document &document) {
    if (!name_.empty()) document.traverse(*this);
    return std::move(value_);
  }

 private:
  bool for_each(pugi::xml_node &node) override {
    if (plain_name(node.name()) == name_) value_ = trimmed(node.text().get());
    for (const auto &attribute : node.attributes()) {
      if (value_.empty() && plain_name(attribute.name()) == name_) value_ = trimmed(attribute.value());
    }
    return value_.empty();
  }
  std::string name_, value_;
};

/// The first value of the path. pugixml expands no entities and fetches nothing.
std::string value_at(pugi::xml_document &document, const std::string &path) {
  if (path.empty()) return {};
  auto value = trimmed(value_by_path(document, path));
  if (value.empty()) value = named_value(path).of(document);
  return beginning_of(value, most_said);
}

/// What stood there instead, on one line.
message not_understood(const std::string &text) {
  auto line = intake::clean_line(text, most_said);
  if (line.empty()) return {"The receiver answers nothing where it should say whether it took the message.", {}};
  return {"The receiver's answer cannot be understood: {1}", {beginning_of(line, most_said)}};
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

verdict judge(const intake::feedback_definition &how, const reply &came) {
  if (came.status == 429 || came.status == 503) {
    const auto status = std::to_string(came.status);
    const message busy = came.wait > 0
                             ? message{"The receiver is busy and says when to come again (status {1}).", {status}}
                             : message{"The receiver is busy (status {1}).", {status}};
    return {verdict::kind::retry, busy, came.wait};
  }
  if (auto trouble = trouble_of(came.status); !trouble.empty()) {
    return {verdict::kind::retry, std::move(trouble), came.wait};
  }
  const auto declared = came.charset.empty() ? intake::declared_encoding(came.body) : came.charset;
  const auto text = intake::decode(came.body, declared).text;
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return {verdict::kind::retry, not_understood(text)};
  }
  const auto status = lower(value_at(document, how.answer_path));
  if (!status.empty() && status == lower(how.answer_ok)) return {verdict::kind::acknowledged, {"Acknowledged.", {}}};
  if (!status.empty() && status == lower(how.answer_rejected)) {
    auto why = value_at(document, how.answer_error_path);
    if (why.empty()) return {verdict::kind::rejected, {"The receiver rejects the message and says no reason.", {}}};
    return {verdict::kind::rejected, {"The receiver rejects the message: {1}", {why}}};
  }
  return {verdict::kind::retry, not_understood(text)};
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
