#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <nlohmann/json.hpp>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/json_lists.hpp"

namespace dms::reference::command_line {
namespace {

using json = nlohmann::json;
constexpr const char *counted[] = {"accepted", "repeated", "legacy", "quarantined"};

struct import_options {
  std::string source;
  std::vector<std::string> files;
  bool json = false;
};

/// A file, or the standard input for "-".
class payload {
 public:
  explicit payload(const std::string &name)
      : descriptor_(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
      throw failure(dms_not_found, "The file \"" + name + "\" cannot be read: check its name and its rights.");
    }
    const auto end = ::lseek(descriptor_, 0, SEEK_END);
    if (end > 0) size_ = static_cast<std::uint64_t>(end);
    if (end >= 0) ::lseek(descriptor_, 0, SEEK_SET);
  }
  payload(const payload &) = delete;
  payload &operator=(const payload &) = delete;
  ~payload() {
    if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
  }
  std::int64_t read(char *buffer, std::uint64_t capacity) const {
    while (true) {
      const auto count = ::read(descriptor_, buffer, capacity);
      if (count >= 0 || errno != EINTR) return count;
    }
  }
  std::uint64_t size() const noexcept { return size_; }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;  ///< 0: unknown
};

/// One line on the terminal that is written over and over.
class progress_bar {
 public:
  progress_bar(std::string name, std::uint64_t size) : name_(std::move(name)), size_(size) {}
  progress_bar(const progress_bar &) = delete;
  progress_bar &operator=(const progress_bar &) = delete;
  ~progress_bar() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
  }
  void show(std::uint64_t bytes, std::uint64_t items) {
    constexpr std::uint64_t width = 30;
    shown_ = true;
    std::cerr << '\r' << name_ << ' ';
    if (size_ > 0) {
      const auto done = std::min(bytes, size_);
      std::cerr << '[' << std::string(done * width / size_, '#') << std::string(width - done * width / size_, ' ')
                << "] " << done * 100 / size_ << " % ";
    }
    std::cerr << items << " leads\033[K" << std::flush;
  }

 private:
  std::string name_;
  std::uint64_t size_;
  bool shown_ = false;
};

struct sum {
  json document = {{"accepted", 0},    {"repeated", 0},          {"legacy", 0},
                   {"quarantined", 0}, {"items", json::array()}, {"files", json::array()}};
  bool failed = false;
};

void add_report(sum &to, const std::string &file, const std::string &text, bool as_json) {
  auto report = json::parse(text);
  json of_file{{"file", file}, {"receipt", text_of(report, "receipt")}};
  for (const char *count : counted) {
    of_file[count] = report.value(count, 0);
    to.document[count] = to.document[count].get<std::int64_t>() + report.value(count, std::int64_t{0});
  }
  if (const auto reason = text_of(report, "reason"); !reason.empty()) of_file["reason"] = reason;
  if (!as_json) {
    std::cout << file << ": accepted " << of_file["accepted"] << ", repeated " << of_file["repeated"] << ", legacy "
              << of_file["legacy"] << ", quarantined " << of_file["quarantined"] << '\n';
    if (of_file.contains("reason")) std::cout << "  " << text_of(of_file, "reason") << '\n';
  }
  for (auto &item : report["items"]) {
    if (!as_json && text_of(item, "outcome") == "quarantined") {
      std::cout << "  " << text_of(item, "external_id") << ": " << text_of(item, "reason") << '\n';
    }
    to.document["items"].push_back(std::move(item));
  }
  to.document["files"].push_back(std::move(of_file));
}

void import_one(host &into, const import_options &how, const std::string &file, sum &to) {
  const payload bytes(file);
  const auto call = command_call(into);
  reply result;
  {
    progress_bar bar(file, bytes.size());
    host::progress tell;
    if (::isatty(STDERR_FILENO) != 0 && !how.json) tell = [&](auto read, auto items) { bar.show(read, items); };
    const auto name = file == "-" ? std::string{} : std::filesystem::path(file).filename().string();
    result = into.run_import(
        *call, how.source, [&](char *buffer, std::uint64_t capacity) { return bytes.read(buffer, capacity); }, name,
        tell);
  }
  if (result.status != dms_ok) throw failure(result.status, file + ": " + result.message);
  add_report(to, file, result.document, how.json);
}

/// 0 when the source can be imported, else the exit code, having said why.
int check_source(host &into, const std::string &source) {
  const auto hooks = into.registry().hooks();
  if (std::ranges::any_of(hooks, [&](const auto &hook) { return hook.source == source; })) return 0;
  if (hooks.empty()) {
    std::string reason = "No plugin that imports is enabled; enable one with: dms_host plugin enable ID.";
    for (const auto &plugin : into.plugins().list()) {
      if (plugin.state == plugin_state::failed || plugin.state == plugin_state::waiting) reason = plugin.reason;
    }
    throw failure(dms_not_found, reason);
  }
  std::string there;
  for (const auto &hook : hooks) there += (there.empty() ? "" : ", ") + hook.source;
  std::cerr << "dms_host: " << said("There is no source \"{1}\"; there are: {2}.", source, there) << '\n';
  return wrong_usage;
}

int run_import_command(const target &of, const import_options &how) {
  const auto into = open_host(of);
  into->start_plugins();
  if (const auto code = check_source(*into, how.source); code != 0) return code;
  sum total;
  for (const auto &file : how.files) {
    try {
      import_one(*into, how, file, total);
    } catch (const failure &reason) {
      std::cerr << "dms_host: " << said(reason.what()) << '\n';
      total.failed = true;
    }
  }
  if (how.json) {
    std::cout << total.document.dump() << '\n';
  } else if (how.files.size() > 1) {
    std::cout << said("Sum:");
    for (const char *count : counted)
      std::cout << (count == counted[0] ? " " : ", ") << count << ' ' << total.document[count];
    std::cout << '\n';
  }
  if (total.failed) return ended_badly;
  return total.document["quarantined"].get<std::int64_t>() > 0 ? something_quarantined : ended_well;
}

}  // namespace

void add_import(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand("import", "Run an import hook over files; exit 3 when something was quarantined");
  auto how = std::make_shared<import_options>();
  add_target(*command, of);
  command->add_option("source", how->source, "Source id, as siebel_nissan")->required();
  command->add_option("file", how->files, "Files, or - for the standard input")->required();
  command->add_flag("--json", how->json, "One JSON object with the counts, the items and the files");
  command->callback([&of, &run, how] { run = [&of, how] { return run_import_command(of, *how); }; });
}

}  // namespace dms::reference::command_line
