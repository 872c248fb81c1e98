// What stands between the wire and a handler, part by part: heads, visitors, addresses, uploads, packing, log lines.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>

#include "reference_host/core/log_lines.hpp"
#include "reference_host/web/connection_ledger.hpp"
#include "reference_host/web/form.hpp"
#include "reference_host/web/packing.hpp"
#include "reference_host/web/request_head.hpp"
#include "reference_host/web/router.hpp"
#include "reference_host/web/upload.hpp"
#include "reference_host/web/visitor.hpp"

namespace {

using namespace dms::reference::web;
using namespace std::chrono_literals;

http_request head_with(std::vector<http_field> fields, const std::string &target = "/x") {
  http_request head;
  head.method = "POST";
  head.target = target;
  head.version = "HTTP/1.1";
  head.peer = "198.51.100.9";
  head.fields = std::move(fields);
  return head;
}

TEST(web_head, says_the_length_of_its_body_once_and_plainly_or_is_refused) {
  const http_field host{"Host", "x"};
  const std::vector<std::vector<http_field>> refused{
      {host, {"Content-Length", "3"}, {"Content-Length", "3"}},
      {host, {"Content-Length", "3"}, {"content-length", "5"}},
      {host, {"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}},
      {host, {"Transfer-Encoding", "identity"}, {"Transfer-Encoding", "chunked"}},
      {host, {"Transfer-Encoding", "chunked, identity"}},
      {host, {"Transfer-Encoding", "gzip, chunked"}},
      {host, {"Transfer-Encoding", "xchunked"}},
      {host, {"Transfer-Encoding ", "chunked"}},
      {host, {"Transfer-Encoding", ""}},
      {host, {"Content-Length", "+3"}},
      {host, {"Content-Length", "-1"}},
      {host, {"Content-Length", "3, 3"}},
      {host, {"Content-Length", "0x3"}},
      {host, {"Content-Length", ""}},
      {host, {"Content-Length", "99999999999999999999"}},
      {host, {"X Y", "z"}},
      {host, {"", "z"}},
      {host, {"X", "a\rTransfer-Encoding: chunked"}},
      {host, {"Host", "y"}},
      {},
  };
  for (const auto &fields : refused) {
    const auto read = read_head(head_with(fields));
    ASSERT_TRUE(read.fault) << (fields.empty() ? "" : fields.back().name + ":" + fields.back().value);
    EXPECT_EQ(read.fault->status, 400);
  }
  EXPECT_FALSE(read_head(head_with({host})).fault);
  EXPECT_EQ(read_head(head_with({host, {"Content-Length", " 30 "}})).body.bytes, 30U);
  EXPECT_EQ(read_head(head_with({host, {"Transfer-Encoding", "Chunked"}})).body.length, body_length::in_chunks);
  EXPECT_EQ(read_head(head_with({host, {"Expect", "a miracle"}})).fault->status, 417);
}

TEST(web_head, splits_its_target_and_decodes_the_path_only) {
  auto head = head_with({}, "/a%20b/%C3%BC?q=%41+b#c");
  ASSERT_TRUE(split_target(head));
  EXPECT_EQ(head.path, "/a b/ü");
  EXPECT_EQ(head.query, "q=%41+b");
  EXPECT_EQ(parse_form(head.query)["q"], "A b");
  for (const auto *elsewhere : {"*", "http://x/", "", "a"}) {
    auto other = head_with({}, elsewhere);
    EXPECT_FALSE(split_target(other)) << elsewhere;
  }
}

TEST(web_visitor, is_who_the_connection_says_unless_a_trusted_proxy_says_more) {
  const std::vector<http_field> fields{{"Host", "inner:8080"},
                                       {"X-Forwarded-For", "1.2.3.4, 203.0.113.7"},
                                       {"X-Forwarded-For", "192.0.2.2"},
                                       {"X-Forwarded-Proto", "https"},
                                       {"X-Forwarded-Host", "dms.example.at"}};
  auto request = head_with(fields);
  door_rules rules;
  see_visitor(request, rules);
  EXPECT_EQ(request.address, "198.51.100.9");
  EXPECT_EQ(request.host, "inner:8080");
  EXPECT_FALSE(request.secure);
  // The last address that no trusted proxy has: what stands before it, the visitor may have written himself.
  rules.trusted_proxies = {"198.51.100.9", "192.0.2.2"};
  see_visitor(request, rules);
  EXPECT_EQ(request.address, "203.0.113.7");
  EXPECT_EQ(request.host, "dms.example.at");
  EXPECT_TRUE(request.secure);
}

TEST(web_visitor, addresses_are_written_in_one_way_and_counted_by_net) {
  EXPECT_EQ(written_address("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(written_address("2001:DB8:0::1"), "2001:db8::1");
  EXPECT_EQ(written_address("fe80::1%eth0"), "fe80::1");
  for (const auto *none : {"", "x", "1.2.3", "1.2.3.4.5", ":::", "localhost"}) EXPECT_EQ(written_address(none), "");
  EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), address_group("2001:db8:1:2::9"));
  EXPECT_NE(address_group("192.0.2.1"), address_group("192.0.2.2"));
}

TEST(web_visitor, names_that_others_can_point_here_are_not_answered_to) {
  door_rules rules;
  rules.host_names = {"dms.example.at"};
  for (const auto *known : {"localhost:8080", "127.0.0.1", "[::1]:8080", "192.168.1.7:80", "dms", "DMS.example.AT.:443",
                            "a.localhost", ""}) {
    EXPECT_TRUE(is_known_host(known, rules)) << known;
  }
  for (const auto *strange : {"evil.example", "127.0.0.1.evil.example", "dms.example.at.evil.example", "1.2.3.4.5"}) {
    EXPECT_FALSE(is_known_host(strange, rules)) << strange;
  }
}

TEST(web_router, a_star_is_one_plain_part) {
  EXPECT_EQ(match_path("/screens/*/actions/*", "/screens/leads.lead/actions/assign")->at(1), "assign");
  EXPECT_EQ(match_path("/screens/*/export.*", "/screens/a/export.csv")->at(1), "csv");
  EXPECT_TRUE(match_path("/", "/"));
  for (const auto *other :
       {"/screens/", "/screens/a/b", "/screens/a b", "/screens/\n", "/screens", "screens/a", "/screens/a/"}) {
    EXPECT_FALSE(match_path("/screens/*", other)) << other;
  }
}

TEST(web_packing, unpacks_within_a_limit_and_knows_what_is_broken) {
  const std::string text(100'000, 'x');
  const auto packed = packed_as_gzip(text);
  EXPECT_LT(packed.size(), 2'000U);
  EXPECT_EQ(unpack(packed, text.size()).bytes, text);
  EXPECT_EQ(unpack(packed, text.size() - 1).fault, unpacking_fault::too_large);
  EXPECT_EQ(unpack(packed.substr(0, packed.size() - 3), text.size()).fault, unpacking_fault::broken);
  EXPECT_EQ(unpack(packed + packed, 2 * text.size()).bytes, text + text);
  EXPECT_EQ(unpack("this is not packed", 100).fault, unpacking_fault::broken);
  EXPECT_EQ(unpack("", 100).fault, unpacking_fault::broken);
  EXPECT_TRUE(takes_gzip("br;q=1.0, gzip;q=0.8"));
  EXPECT_TRUE(takes_gzip("GZIP"));
  EXPECT_FALSE(takes_gzip("gzip;q=0, br"));
  EXPECT_FALSE(takes_gzip("identity"));
}

TEST(web_upload, a_form_with_a_file_is_the_plain_form_that_it_stands_for) {
  const std::string type = "multipart/form-data; boundary=\"BB\"";
  const std::string body =
      "--BB\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nGrüß & Gott\r\n"
      "--BB\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"C:\\leads.csv\"\r\n\r\na;b\r\n--BB--\r\nepilogue";
  const auto read = read_upload(type, body);
  ASSERT_EQ(read.fault, upload_fault::none);
  EXPECT_EQ(parse_form(read.form), (json{{"note", "Grüß & Gott"}, {"file", "YTti"}, {"file_name", "leads.csv"}}));
  EXPECT_EQ(read_upload(type, body.substr(0, body.size() - 12)).fault, upload_fault::broken);
  EXPECT_EQ(read_upload("multipart/form-data", body).fault, upload_fault::broken);
  const auto large =
      "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + std::string(upload_limit + 1, 'x') + "\r\n--BB--";
  EXPECT_EQ(read_upload(type, large).fault, upload_fault::too_large);
  std::string many;
  for (int part = 0; part < 300; ++part) many += "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
  EXPECT_EQ(read_upload(type, many + "--BB--").fault, upload_fault::too_large);
}

TEST(log_lines, what_came_from_outside_begins_no_line_and_steers_no_terminal) {
  using dms::reference::one_line;
  EXPECT_EQ(one_line("GET /x\n2026-11-30 info user admin signed in\x1b[31m"),
            "GET /x\\n2026-11-30 info user admin signed in\\x1b[31m");
  EXPECT_EQ(one_line("a\r\tb\x7f"), "a\\r\\tb\\x7f");
  EXPECT_EQ(one_line("\xC2\x9B"
                     "31m"),
            "\\x9b31m");  // CSI in one sign
  EXPECT_EQ(one_line("ab\xE2\x80\xAE"
                     "dc"),
            "ab\\u202edc");                                                    // right to left
  EXPECT_EQ(one_line("\xE2\x80\xA8"), "\\u2028");                              // line separator
  EXPECT_EQ(one_line("\xFF\xC3(\xED\xA0\x80"), "\\xff\\xc3(\\xed\\xa0\\x80");  // no UTF-8
  EXPECT_EQ(one_line("Grüß Gott, „Müller“ 😀"), "Grüß Gott, „Müller“ 😀");
}

/// Both ends of a connection.
struct line {
  line() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
  line(const line &) = delete;
  line &operator=(const line &) = delete;
  ~line() {
    for (const int end : ends) ::close(end);
  }
  /// Waits until the other end finds it cut.
  bool is_cut() {
    char byte = 0;
    return ::recv(ends[1], &byte, 1, 0) == 0;
  }
  std::array<int, 2> ends{};
};

TEST(web_ledger, of_one_address_there_are_so_many_and_proxies_and_this_machine_are_not_counted) {
  connection_limits limits;
  limits.most_of_address = 2;
  connection_ledger ledger(limits, {"192.0.2.9"});
  line any;
  std::vector<connection_ledger::connection *> entries;
  for (const auto *address : {"203.0.113.1", "2001:db8::1", "192.0.2.9", "127.0.0.1"}) {
    for (int number = 0; number < 2; ++number) {
      EXPECT_TRUE(ledger.has_room(address));
      entries.push_back(ledger.arrived(any.ends[0], address));
    }
  }
  EXPECT_FALSE(ledger.has_room("203.0.113.1"));
  EXPECT_FALSE(ledger.has_room("2001:db8::ffff"));
  EXPECT_TRUE(ledger.has_room("203.0.113.2"));
  EXPECT_TRUE(ledger.has_room("192.0.2.9"));
  EXPECT_TRUE(ledger.has_room("127.0.0.1"));
  ledger.left(entries.front());
  EXPECT_TRUE(ledger.has_room("203.0.113.1"));
}

TEST(web_ledger, who_trickles_is_cut_off_and_who_waits_for_us_is_not) {
  connection_limits limits;
  limits.head_time = limits.idle_time = limits.patience = 100ms;
  connection_ledger ledger(limits, {});
  line head, body, answer, working;
  ledger.arrived(head.ends[0], "203.0.113.1");
  auto *brings = ledger.arrived(body.ends[0], "203.0.113.2");
  ledger.begins_request(brings);
  ledger.body_moved(brings, 3);
  auto *takes = ledger.arrived(answer.ends[0], "203.0.113.3");
  ledger.begins_request(takes);
  ledger.answers(takes, 10);
  auto *waits = ledger.arrived(working.ends[0], "203.0.113.4");
  ledger.begins_request(waits);
  ledger.works(waits);
  EXPECT_TRUE(head.is_cut());
  EXPECT_TRUE(body.is_cut());
  EXPECT_TRUE(answer.is_cut());
  char byte = 0;
  EXPECT_EQ(::recv(working.ends[1], &byte, 1, MSG_DONTWAIT), -1);
}

TEST(web_ledger, of_too_many_that_wait_the_longest_goes_first_and_who_never_asked_before_others) {
  connection_limits limits;
  limits.most_waiting = 2;
  connection_ledger ledger(limits, {});
  line asked, silent, newest;
  auto *old = ledger.arrived(asked.ends[0], "203.0.113.1");
  ledger.begins_request(old);
  ledger.ends_request(old);
  ledger.arrived(silent.ends[0], "203.0.113.2");
  ledger.arrived(newest.ends[0], "203.0.113.3");
  EXPECT_TRUE(silent.is_cut());
  char byte = 0;
  EXPECT_EQ(::recv(asked.ends[1], &byte, 1, MSG_DONTWAIT), -1);
}

}  // namespace
