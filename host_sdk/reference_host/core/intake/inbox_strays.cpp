#include "reference_host/core/intake/inbox_strays.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "host_core/watched_folders.hpp"
#include "reference_host/core/host.hpp"

namespace dms::reference {
namespace {

constexpr std::chrono::seconds between_looks{3};
constexpr auto loose_file =
    "The file \"{1}\" lies directly in the inbox and is not taken: move it into the folder of its source.";
constexpr auto unknown_folder =
    "Files lie in the inbox folder \"{1}\", but there is no such source: check the folder's name, or enable the plugin "
    "that brings it.";

bool is_payload(const std::filesystem::directory_entry &item) {
  std::error_code gone;
  return item.symlink_status(gone).type() == std::filesystem::file_type::regular &&
         !is_unfinished(item.path().filename().string());
}

bool holds_payloads(const std::filesystem::path &folder) {
  std::error_code closed;
  for (const auto &place : {folder, folder / "new"}) {  // or a maildir
    for (const auto &item : std::filesystem::directory_iterator(place, closed)) {
      if (is_payload(item)) return true;
    }
  }
  return false;
}

std::string key_of(const std::string &name) {
  return "host/inbox.stray/" + name;
}

}  // namespace

inbox_strays::inbox_strays(host &of, std::filesystem::path inbox) : host_(of), inbox_(std::move(inbox)) {}

std::map<std::string, std::string> inbox_strays::find() const {
  std::map<std::string, std::string> found;
  // Whose sources they may be is known when every plugin is there.
  if (!host_.plugins().waiting().empty()) return found;
  std::error_code none;
  for (const auto &item : std::filesystem::directory_iterator(inbox_, none)) {
    const auto name = item.path().filename().string();
    if (is_payload(item)) found.emplace(name, loose_file);
    std::error_code gone;
    const bool folder = item.symlink_status(gone).type() == std::filesystem::file_type::directory;
    if (folder && !host_.knows_source(name) && holds_payloads(item.path())) {
      found.emplace(name, unknown_folder);
    }
  }
  return found;
}

void inbox_strays::tell(const std::string &name, const std::string &sentence) const {
  const auto said = [&](const char *locale) {
    auto text = host_.text("host", locale, sentence);
    if (const auto at = text.find("{1}"); at != std::string::npos) text.replace(at, 3, name);
    return text;
  };
  std::vector<std::string> admins;
  for (const auto &person : host_.data().users.all()) {
    if (person.active && person.has_role("admin")) admins.push_back(person.id);
  }
  notification told;
  told.key = key_of(name);
  told.tone = "warn";
  told.text = said("de-AT");
  told.texts = nlohmann::json{{"en", said("en")}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  told.at_us = host_.clock().now_us();
  host_.data().notifications.notify(told, admins);
  host_.log().warn("inbox: {} is not taken: it lies in no source's folder", name);
}

void inbox_strays::look() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + between_looks;
  auto found = find();
  for (const auto &[name, sentence] : found) {
    if (seen_.contains(name) && told_.insert(name).second) tell(name, sentence);
  }
  std::erase_if(told_, [&](const std::string &name) {
    if (found.contains(name)) return false;
    host_.data().notifications.withdraw(key_of(name));
    return true;
  });
  seen_ = std::move(found);
}

}  // namespace dms::reference
