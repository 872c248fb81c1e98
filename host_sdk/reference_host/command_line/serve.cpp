#include <malloc.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/demo.hpp"
#include "reference_host/web/server.hpp"

namespace dms::reference::command_line {
namespace {

constexpr auto usual_address = "127.0.0.1:8080";

web::server_options address_of(const std::string &listen) {
  const auto colon = listen.rfind(':');
  const auto port = colon == std::string::npos ? std::string{} : listen.substr(colon + 1);
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || read.ptr != port.data() + port.size() || number > 65535 || colon == 0) {
    throw failure(dms_invalid, "The address to listen on is written as in 127.0.0.1:8080.");
  }
  auto address = listen.substr(0, colon);
  if (address.size() > 2 && address.front() == '[') address = address.substr(1, address.size() - 2);
  web::server_options options;
  options.address = address;
  options.port = static_cast<int>(number);
  return options;
}

std::shared_ptr<spdlog::logger> serving_log() {
  auto log = std::make_shared<spdlog::logger>("dms_host", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  log->flush_on(spdlog::level::info);
  return log;
}

/// Whoever waits for a disk or a server that hangs is not waited for: what was acknowledged is stored, and what was not
/// is sent again.
class last_moment {
 public:
  explicit last_moment(spdlog::logger &log)
      : thread_([this, &log] {
          std::unique_lock lock(mutex_);
          if (ended_.wait_for(lock, longest, [&] { return over_; })) return;
          log.warn("ended without waiting any longer for what hangs");
          log.flush();
          std::_Exit(ended_well);
        }) {}
  last_moment(const last_moment &) = delete;
  last_moment &operator=(const last_moment &) = delete;
  ~last_moment() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }

 private:
  static constexpr std::chrono::milliseconds longest{8500};
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

/// Serves until SIGTERM or SIGINT; running requests finish, within ten seconds.
int serve(host &of, const std::string &listen, const std::function<void(const std::string &)> &ready) {
  // A file that may not grow any more is an answer to a write, as a full disk is, and no reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  // Blocked before any thread exists, so that only this one takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // What is freed stays with the share of memory that it came from; one for each thread keeps more than it saves time.
  ::mallopt(M_ARENA_MAX, 2);
  web::server face(of, address_of(listen));
  // What is refused, because another process serves or the port is taken, changes nothing before it.
  of.take_directory();
  face.start();
  auto address = listen.substr(0, listen.rfind(':'));
  if (address == "0.0.0.0" || address == "[::]") address = "localhost";
  of.start_serving([&ready, url = "http://" + address + ':' + std::to_string(face.port()) + '/'] { ready(url); });
  int which = 0;
  ::sigwait(&signals, &which);
  of.log().info("stopping");
  const last_moment bound(of.log());
  face.stop();
  face.wait();
  of.stop();
  return ended_well;
}

std::unique_ptr<host> open_serving_host(const target &of) {
  host_options how;
  how.data_directory = of.data;
  if (!of.plugins.empty()) how.plugin_folders = {of.plugins};
  if (!of.database.empty()) how.database = of.database;
  how.log = serving_log();
  return std::make_unique<host>(std::move(how));
}

struct serve_options {
  std::string listen = usual_address;
  bool no_serve = false;
};

std::string summary_of(const demo_result &made) {
  auto text = made.name + ':';
  for (const auto &[count, what] : made.counts) {
    text += (text.ends_with(':') ? " " : ", ") + std::to_string(count) + ' ' + said(what);
  }
  return made.note.empty() ? text : text + ". " + said(made.note);
}

int run_demo(const target &of, const serve_options &how) {
  const char *password = std::getenv("DMS_DEMO_PASSWORD");
  const demo_options wish{password != nullptr && *password != '\0' ? password : "demo",
                          [](const std::string &line) { std::cerr << said(line) << '\n'; }};
  address_of(how.listen);
  const auto made_host = open_serving_host(of);
  made_host->take_directory();
  const auto made = make_demo(*made_host, wish);
  const auto say = [&](const std::string &url) {
    std::cout << summary_of(made) << '\n';
    if (!url.empty()) std::cout << "URL: " << url << '\n';
    std::cout << said("Logins:") << " admin, leitung, wien1, graz1, verkauf1 … verkauf10; " << said("password:") << ' '
              << wish.password << std::endl;
    if (!made.intake_token.empty())
      std::cout << said("Intake token (shown once):") << ' ' << made.intake_token << std::endl;
  };
  if (how.no_serve) {
    made_host->stop();
    say({});
    return ended_well;
  }
  return serve(*made_host, how.listen, say);
}

}  // namespace

void add_serve(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand("serve", "Serve the DMS over HTTP");
  auto how = std::make_shared<serve_options>();
  add_target(*command, of);
  command->add_option("--listen", how->listen, "Address and port")->capture_default_str()->type_name("ADDR:PORT");
  command->callback([&of, &run, how] {
    run = [&of, how] {
      address_of(how->listen);  // before the data directory is made
      const auto serving = open_serving_host(of);
      if (serving->data().users.all().empty()) {
        std::cerr << said(
                         "Nobody can sign in yet. Make a user: dms_host user add LOGIN --name NAME --role admin --data "
                         "\"{1}\"",
                         of.data)
                  << std::endl;
      }
      return serve(*serving, how->listen, [](const std::string &url) { std::cout << "URL: " << url << std::endl; });
    };
  });
}

void add_demo(CLI::App &app, target &of, chosen &run) {
  auto *command = app.add_subcommand("demo", "Make a demo dealership and serve it");
  auto how = std::make_shared<serve_options>();
  add_target(*command, of);
  command->add_option("--listen", how->listen, "Address and port")->capture_default_str()->type_name("ADDR:PORT");
  command->add_flag("--no-serve", how->no_serve, "Only make it");
  command->callback([&of, &run, how] { run = [&of, how] { return run_demo(of, *how); }; });
}

}  // namespace dms::reference::command_line
