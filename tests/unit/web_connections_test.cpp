// Requests over the wire, as nobody's browser sends them: what is refused, what it may cost, how serving ends.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "reference_host/web/http_server.hpp"

namespace {

using namespace dms::reference::web;
using namespace std::chrono_literals;

/// Counts what reaches it; "/gate" waits until it is opened; "/large" and "/huge" answer much.
class probe_application : public http_application {
 public:
  body_rule rule_of(const http_request &head) noexcept override {
    if (head.method != "POST") return {0, false, false};
    return {form_limit, true, head.path == "/admitted"};
  }
  std::optional<http_response> admit(http_request &head) noexcept override {
    if (!head.field("Authorization").empty()) return std::nullopt;
    http_response refused;
    refused.status = 401;
    return refused;
  }
  http_response answer(http_request &request) noexcept override {
    ++answered;
    http_response given;
    if (request.path == "/gate") {
      std::unique_lock lock(mutex_);
      ++waiting_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return open_; });
    }
    if (request.path == "/huge") given.body = std::string(16 * large_size, 'x');
    if (request.path == "/large" || request.path == "/gate") given.body = std::string(large_size, 'x');
    if (request.method == "POST") {
      given.status = request.state == body_state::whole ? 200 : request.state == body_state::too_large ? 413 : 503;
      given.body = std::to_string(request.body.size());
    }
    return given;
  }
  http_response refusal(const http_request &, int status, const char *sentence) noexcept override {
    http_response given;
    given.status = status;
    given.body = std::string(sentence);
    return given;
  }

  void wait_for(int many) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= many; });
  }
  void open_gate() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  static constexpr std::size_t form_limit = std::size_t{1} << 20, large_size = std::size_t{3} << 20;
  std::atomic<int> answered{0};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

/// A connection whose bytes the test writes itself.
class wire {
 public:
  explicit wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  wire(const wire &) = delete;
  wire &operator=(const wire &) = delete;
  ~wire() { ::close(socket_); }
  bool connected() const { return connected_; }
  int socket() const { return socket_; }

  /// False when the other side has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  /// All bytes until the other side closes.
  std::string rest() {
    std::string all;
    std::array<char, 65536> piece{};
    for (;;) {
      const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
      if (count <= 0) return all;
      all.append(piece.data(), static_cast<std::size_t>(count));
    }
  }
  /// Bytes until `end` has come.
  std::string until(std::string_view end) {
    std::string all;
    char byte = 0;
    while (all.find(end) == std::string::npos && ::recv(socket_, &byte, 1, 0) == 1) all += byte;
    return all;
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::size_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

class web_connections : public testing::Test {
 protected:
  void serve(http_server_options how = {}) {
    how.workers = 4;
    server_ = std::make_unique<http_server>(serves_, door_rules{}, how);
    server_->start();
  }
  std::string asked(const std::string &words) {
    wire to(server_->port());
    to.send(words);
    return to.rest();
  }
  static int count(const std::string &text, const std::string &what) {
    int found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  }
  void expect_served() {
    const auto answer = asked("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer.substr(0, 100);
  }

  probe_application serves_;
  std::unique_ptr<http_server> server_;
};

TEST_F(web_connections, what_two_readers_could_read_differently_is_refused_and_ends_the_connection) {
  serve();
  const std::string next = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n", begin = "POST /x HTTP/1.1\r\nHost: x\r\n";
  for (const auto &[what, words] : std::vector<std::pair<std::string, std::string>>{
           {"length beside coding", begin + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
           {"two lengths", begin + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc"},
           {"two codings", begin + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
           {"space before the colon", begin + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"},
           {"tab before the colon", begin + "Content-Length\t: 3\r\n\r\nabc"},
           {"unknown coding", begin + "Transfer-Encoding: x\r\n\r\nabc"},
           {"coding behind another", begin + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
           {"length with a sign", begin + "Content-Length: +3\r\n\r\nabc"},
           {"a list of lengths", begin + "Content-Length: 3, 3\r\n\r\nabc"},
           {"negative length", begin + "Content-Length: -1\r\n\r\nabc"},
           {"no host", "GET /x HTTP/1.1\r\n\r\n"},
           {"two hosts", "GET /x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
           {"broken chunk", begin + "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n"},
       }) {
    const auto answer = asked(words + next);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << what << ": " << answer.substr(0, 100);
    EXPECT_EQ(answer.find("HTTP/1.1 200"), std::string::npos) << what;
  }
  EXPECT_EQ(serves_.answered, 0);
  expect_served();
}

TEST_F(web_connections, a_body_where_none_belongs_is_never_the_next_request) {
  serve();
  const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  const auto length = "Content-Length: " + std::to_string(hidden.size()) + "\r\n\r\n";
  for (const auto *begin : {"GET /x HTTP/1.1\r\nHost: x\r\n", "DELETE /x HTTP/1.1\r\nHost: x\r\n"}) {
    EXPECT_EQ(count(asked(begin + length + hidden), "HTTP/1.1 "), 1) << begin;
  }
  EXPECT_EQ(serves_.answered, 2);
}

TEST_F(web_connections, one_connection_carries_many_requests_also_sent_at_once) {
  serve();
  const auto answer = asked(
      "GET /x HTTP/1.1\r\nHost: x\r\n\r\nHEAD /large HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
      "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nabcd");
  EXPECT_EQ(count(answer, "HTTP/1.1 200"), 4) << answer.substr(0, 500);
  EXPECT_NE(answer.find("Content-Length: 3145728"), std::string::npos);
  EXPECT_LT(answer.size(), 2000U);
}

TEST_F(web_connections, a_body_that_goes_on_for_ever_costs_no_memory) {
  serve();
  const auto before = resident_kib();
  const std::string much(std::size_t{1} << 20, 'z');
  // announced: refused at once
  {
    wire to(server_->port());
    to.send(
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=BB\r\nContent-Length: "
        "1258291200\r\n\r\n"
        "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--BB--\r\n");
    int sent = 0;
    while (sent < 300 && to.send(much)) ++sent;
    EXPECT_LT(sent, 300);
    EXPECT_TRUE(to.rest().starts_with("HTTP/1.1 413"));
  }
  // in chunks: read to twice the limit
  {
    wire to(server_->port());
    to.send("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    int sent = 0;
    while (sent < 300 && to.send("100000\r\n" + much + "\r\n")) ++sent;
    EXPECT_LT(sent, 300);
  }
  // a little over the limit: the sender hears the answer, and the connection goes on
  const auto answer = asked("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n" + much +
                            "zGET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(count(answer, "HTTP/1.1 413"), 1);
  EXPECT_EQ(count(answer, "HTTP/1.1 200"), 1);
  EXPECT_LT(resident_kib(), before + 64 * 1024);
}

TEST_F(web_connections, a_head_that_goes_on_for_ever_is_cut_off_also_behind_another_request) {
  serve();
  const auto before = resident_kib();
  for (const auto *begin : {"", "GET /x HTTP/1.1\r\nHost: x\r\n\r\n"}) {
    wire to(server_->port());
    to.send(std::string(begin) + "GET /x HTTP/1.1\r\nHost: x\r\n");
    const auto field = "A: " + std::string(8000, 'v') + "\r\n";
    int sent = 0;
    while (sent < 20'000 && to.send(field)) ++sent;
    EXPECT_LT(sent, 20'000);
    const auto answer = to.rest();
    EXPECT_NE(answer.find("HTTP/1.1 431"), std::string::npos) << answer.substr(0, 200);
  }
  EXPECT_LT(resident_kib(), before + 64 * 1024);
}

TEST_F(web_connections, who_sends_slowly_takes_no_worker) {
  serve();
  std::vector<std::unique_ptr<wire>> slow;
  for (int number = 0; number < 300; ++number) {
    slow.push_back(std::make_unique<wire>(server_->port()));
    slow.back()->send(number % 3 == 0   ? "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na"
                      : number % 3 == 1 ? "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n9\r\na"
                                        : "GET /x HTTP/1.1\r\nHo");
  }
  for (int number = 0; number < 20; ++number) expect_served();
  EXPECT_EQ(serves_.answered, 20);
}

TEST_F(web_connections, a_thousand_at_once_are_all_answered) {
  serve();
  std::vector<std::unique_ptr<wire>> all;
  for (int number = 0; number < 1000; ++number) {
    all.push_back(std::make_unique<wire>(server_->port()));
    ASSERT_TRUE(all.back()->connected()) << number;
    all.back()->send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
  int served = 0;
  for (const auto &each : all) served += each->rest().starts_with("HTTP/1.1 200") ? 1 : 0;
  EXPECT_EQ(served, 1000);
}

TEST_F(web_connections, who_is_not_admitted_sends_in_vain) {
  serve();
  const auto body = "Content-Length: 5\r\n\r\nhello";
  EXPECT_TRUE(asked(std::string("POST /admitted HTTP/1.1\r\nHost: x\r\nConnection: close\r\n") + body)
                  .starts_with("HTTP/1.1 401"));
  EXPECT_EQ(serves_.answered, 0);
  const auto let_in =
      asked(std::string("POST /admitted HTTP/1.1\r\nHost: x\r\nAuthorization: y\r\nConnection: close\r\n") + body);
  EXPECT_TRUE(let_in.starts_with("HTTP/1.1 200")) << let_in;
  EXPECT_TRUE(let_in.ends_with("5"));
  // nor is he heard where he announces far too much
  const auto much = asked("POST /admitted HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n");
  EXPECT_TRUE(much.starts_with("HTTP/1.1 401")) << much;
  EXPECT_EQ(serves_.answered, 1);
  // whoever asks first hears it before he sends
  wire asks(server_->port());
  asks.send("POST /admitted HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_TRUE(asks.rest().starts_with("HTTP/1.1 401"));
  wire sends(server_->port());
  sends.send(
      "POST /admitted HTTP/1.1\r\nHost: x\r\nAuthorization: y\r\nExpect: 100-continue\r\nContent-Length: "
      "5\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(sends.until("\r\n\r\n").starts_with("HTTP/1.1 100"));
  sends.send("hello");
  EXPECT_TRUE(sends.rest().starts_with("HTTP/1.1 200"));
}

TEST_F(web_connections, more_than_can_be_done_or_held_is_refused_with_a_sentence) {
  http_server_options how;
  how.most_jobs = 2;
  how.most_bytes_of_strangers = 1000;
  serve(how);
  const auto large = asked("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\nConnection: close\r\n\r\n" +
                           std::string(2000, 'x'));
  EXPECT_TRUE(large.starts_with("HTTP/1.1 503")) << large;
  std::vector<std::unique_ptr<wire>> all;
  for (int number = 0; number < 4; ++number) {
    all.push_back(std::make_unique<wire>(server_->port()));
    all.back()->send("GET /gate HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    serves_.wait_for(number + 1);
  }
  // two of five may wait
  std::vector<pollfd> later;
  for (int number = 0; number < 5; ++number) {
    all.push_back(std::make_unique<wire>(server_->port()));
    all.back()->send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    later.push_back({all.back()->socket(), POLLIN, 0});
  }
  int refused = 0;
  while (refused < 3) {
    ASSERT_GT(::poll(later.data(), later.size(), -1), 0);
    for (std::size_t at = 0; at < later.size(); ++at) {
      if ((later[at].revents & POLLIN) == 0) continue;
      later[at].fd = -1;
      ++refused;
      EXPECT_TRUE(all[4 + at]->rest().starts_with("HTTP/1.1 503"));
    }
  }
  serves_.open_gate();
  EXPECT_TRUE(all.front()->rest().starts_with("HTTP/1.1 200"));
}

TEST_F(web_connections, at_the_end_running_requests_get_their_whole_answers_and_nobody_new_comes_in) {
  serve();
  const int port = server_->port();
  std::vector<std::unique_ptr<wire>> running;
  for (int number = 0; number < 4; ++number) {
    running.push_back(std::make_unique<wire>(port));
    running.back()->send("GET /gate HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  wire idle(port);
  idle.send("GET /x HT");
  serves_.wait_for(4);
  std::atomic<bool> all{false};
  std::thread ending([&] { all = server_->stop(20s); });
  EXPECT_EQ(idle.rest(), "");  // cut: the end has begun
  EXPECT_FALSE(wire(port).connected());
  serves_.open_gate();
  for (const auto &each : running) {
    const auto answer = each->rest();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200"));
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, probe_application::large_size);
  }
  ending.join();
  EXPECT_TRUE(all);
}

TEST_F(web_connections, at_the_end_who_does_not_take_his_answer_is_cut_off) {
  serve();
  wire slow(server_->port());
  slow.send("GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
  slow.until("\r\n\r\n");
  EXPECT_FALSE(server_->stop(300ms));
}

}  // namespace
