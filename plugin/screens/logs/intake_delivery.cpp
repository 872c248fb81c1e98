#include "screens/logs/intake_delivery.hpp"

#include "dms/cpp/json.hpp"
#include "intake/mail_text.hpp"
#include "screens/kit/document.hpp"

namespace lead_system::screens {
namespace {

constexpr std::size_t largest_file = std::size_t{4} << 20, longest_file_name = 200;

}  // namespace

json deliver_action(const request &by) {
  json sources = json::array({option("", by.say("Please choose"))});
  for (const auto &[id, source] : by.sources) {
    if (!source.old_list) sources.push_back(option(id, by.say(source.title)));
  }
  auto where = choice("source", by.say("Source"), "", std::move(sources));
  where["required"] = true;
  auto file = field("file", "file", by.say("File"));
  file["required"] = true;
  file["hint"] = by.say("As the source sends it, at most {1} MiB. What is here already does not come twice.",
                        std::to_string(largest_file >> 20U));
  auto result = action("deliver", by.say("Deliver a file"), "second");
  result["submit"] = by.say("Deliver");
  result["fields"] = json::array({std::move(where), std::move(file)});
  return result;
}

dms::answer deliver(const request &by, const import_of_file &import, const parameters &input) {
  std::map<std::string, message> wrong;
  const auto source = by.sources.find(input.one("source"));
  if (source == by.sources.end() || source->second.old_list) {
    wrong["source"] = {"Choose the source that the file is of.", {}};
  }
  const auto bytes = intake::from_base64(input.one("file"));
  if (bytes.empty()) wrong["file"] = {"Choose a file that is not empty.", {}};
  if (bytes.size() > largest_file) {
    wrong["file"] = {"The file is larger than {1} MiB. Split it.", {std::to_string(largest_file >> 20U)}};
  }
  if (!wrong.empty()) return invalid_input(by, std::move(wrong));
  auto name = input.one("file_name");
  if (name.size() > longest_file_name) name.resize(longest_file_name);
  const auto told = import(by.who, source->first, bytes, name);
  const auto report = dms::json_or_null(told, {.bytes = told.size()});
  const auto count = [&](const char *outcome) {
    return by.say.number(report.is_object() ? report.value(outcome, std::int64_t{0}) : std::int64_t{0});
  };
  by.with.wake_feedback();
  json result{{"schema", "dms.result/1"}, {"status", "ok"}};
  result["message"] = by.say("Delivered: {1} accepted, {2} repeated, {3} in the old system, {4} quarantined.",
                             count("accepted"), count("repeated"), count("legacy"), count("quarantined"));
  return {dms_ok, text_of(result)};
}

}  // namespace lead_system::screens
