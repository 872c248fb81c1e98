// mail_receiver.hpp - an SMTP server of a test on loopback: takes what comes and keeps it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

class mail_receiver {
 public:
  /// `greeting`: what it says first; "554 …" turns everybody away.
  explicit mail_receiver(std::string greeting = "220 test")
      : greeting_(std::move(greeting)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto *address = reinterpret_cast<sockaddr *>(&here);
    if (::bind(socket_, address, size) != 0 || ::listen(socket_, 8) != 0 ||
        ::getsockname(socket_, address, &size) != 0) {
      throw std::runtime_error("No socket for the mail server.");
    }
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  mail_receiver(const mail_receiver &) = delete;
  mail_receiver &operator=(const mail_receiver &) = delete;
  ~mail_receiver() {
    ending_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// Head and body of each letter, as it came.
  std::vector<std::string> letters() {
    const std::lock_guard lock(mutex_);
    return letters_;
  }

 private:
  void serve() {
    while (!ending_) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      talk(client);
      ::close(client);
    }
  }
  static void say(int client, const std::string &line) {
    const auto text = line + "\r\n";
    [[maybe_unused]] const auto sent = ::send(client, text.data(), text.size(), MSG_NOSIGNAL);
  }
  static bool next_line(int client, std::string &line) {
    line.clear();
    for (char c = 0; ::recv(client, &c, 1, 0) == 1; line += c) {
      if (c == '\n') return true;
    }
    return false;
  }
  void talk(int client) {
    say(client, greeting_);
    for (std::string line; next_line(client, line);) {
      if (line.starts_with("QUIT")) return say(client, "221 bye");
      if (!line.starts_with("DATA")) {
        say(client, "250 ok");
        continue;
      }
      say(client, "354 go on");
      std::string letter;
      while (next_line(client, line) && line != ".\r") letter += line + "\n";
      {
        const std::lock_guard lock(mutex_);
        letters_.push_back(letter);
      }
      say(client, "250 taken");
    }
  }

  std::string greeting_;
  int socket_;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  std::thread thread_;
  std::mutex mutex_;
  std::vector<std::string> letters_;
};
