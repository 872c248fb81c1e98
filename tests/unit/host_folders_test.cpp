// The watched folder: each file once, never lost, never overwritten.
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "host_core/claimed_file.hpp"
#include "host_core/watched_folders.hpp"
#include "reference_host/core/intake/inbox_strays.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::claimed_file;
using dms::reference::inbox_folder;
using part = inbox_folder::part;
using dms::reference::watched_folders;

class watched_folder : public with_host {
 protected:
  void feed(test_hook::answer how) {
    host_->own().add(std::make_unique<test_hook>(std::move(how)));
    folders_ = std::make_unique<watched_folders>(*host_, folder_ / "inbox", besides(), [this] { return now_; });
    folders_->look();  // makes the folders and begins to listen
  }
  /// As the host watches its inbox.
  std::function<void()> besides() const {
    return [strays = std::make_shared<dms::reference::inbox_strays>(*host_, folder_ / "inbox")] { strays->look(); };
  }
  fs::path inbox() const { return folder_ / "inbox" / "test_feed"; }
  void drop(const std::string &name, const std::string &bytes) const {
    std::ofstream(inbox() / ("." + name)) << bytes;
    fs::rename(inbox() / ("." + name), inbox() / name);
  }
  std::string text(const fs::path &file) const {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void pass(std::chrono::milliseconds time) { now_ += time; }
  watched_folders::steady::time_point now_ = watched_folders::steady::now();
  std::unique_ptr<watched_folders> folders_;
};

TEST_F(watched_folder, a_file_that_is_renamed_in_is_taken_at_once_and_stands_in_done) {
  std::string seen;
  feed([&](const std::string &bytes, std::string_view name) {
    seen = std::string(name) + '=' + bytes;
    return report(1);
  });
  drop("a.xml", "payload");
  folders_->look();
  EXPECT_EQ(seen, "a.xml=payload");
  EXPECT_EQ(text(inbox() / "done" / "a.xml"), "payload");
}

TEST_F(watched_folder, a_file_that_is_still_written_waits_until_it_rests) {
  std::atomic<int> runs{0};
  feed([&](const std::string &, std::string_view) { return ++runs, report(1); });
  std::ofstream(inbox() / "slow.xml") << "half";
  folders_->look();
  EXPECT_EQ(runs, 0);
  pass(std::chrono::milliseconds(2100));
  folders_->look();
  EXPECT_EQ(runs, 1);
}

TEST_F(watched_folder, hidden_and_partial_files_and_links_are_left_alone) {
  std::atomic<int> runs{0};
  feed([&](const std::string &, std::string_view) { return ++runs, report(1); });
  for (const char *name : {"x.part", "x.tmp"}) drop(name, "no");
  std::ofstream(folder_ / "secret") << "elsewhere";
  fs::create_symlink(folder_ / "secret", inbox() / ".link");
  fs::rename(inbox() / ".link", inbox() / "link.xml");
  folders_->look();
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(fs::exists(inbox() / "x.part"));
}

TEST_F(watched_folder, a_file_that_has_another_name_elsewhere_is_not_read) {
  std::atomic<int> runs{0};
  feed([&](const std::string &, std::string_view) { return ++runs, report(1); });
  // given what whoever feeds may not read himself, under a second name
  std::ofstream(folder_ / "secret") << "elsewhere";
  fs::create_hard_link(folder_ / "secret", inbox() / ".second");
  fs::rename(inbox() / ".second", inbox() / "second.xml");
  folders_->look();
  EXPECT_EQ(runs, 0);
  EXPECT_TRUE(fs::exists(inbox() / "second.xml"));
  // and one that came where the host itself works
  std::ofstream(folder_ / "other") << "elsewhere";
  fs::create_hard_link(folder_ / "other", inbox() / ".work" / "0123456789abcdef~other.xml");
  folders_->look();
  EXPECT_EQ(runs, 0);
  // when the other name is gone, then it is a payload like others
  fs::remove(folder_ / "other");
  const inbox_folder folder(inbox());
  EXPECT_TRUE(claimed_file::take_over(folder, "0123456789abcdef~other.xml"));
}

TEST_F(watched_folder, links_in_place_of_the_hosts_own_folders_lead_nowhere) {
  feed([](const std::string &bytes, std::string_view) {
    return bytes == "bad" ? report(1, 1, "ssh-ed25519 AAAA") : report(1);
  });
  const auto elsewhere = folder_ / "elsewhere";
  fs::create_directories(elsewhere);
  for (const char *inner : {"done", "quarantine", ".work"}) {
    // given one whose the outer folder is, and who puts a link where the host's folder was
    fs::rename(inbox() / inner, inbox() / "away");
    fs::create_directory_symlink(elsewhere, inbox() / inner);
    drop("good.xml", "good");
    drop("bad.xml", "bad");
    // when the host looks, then nothing is written or moved there, and nothing is lost
    folders_ = std::make_unique<watched_folders>(*host_, folder_ / "inbox", besides());
    folders_->look();
    EXPECT_TRUE(fs::is_empty(elsewhere)) << inner;
    EXPECT_TRUE(fs::exists(inbox() / "good.xml")) << inner;
    fs::remove(inbox() / inner);
    fs::rename(inbox() / "away", inbox() / inner);
  }
}

TEST_F(watched_folder, a_link_where_the_reasons_go_is_not_followed) {
  feed([](const std::string &, std::string_view) { return report(1, 1, "ssh-ed25519 AAAA"); });
  const auto victim = folder_ / "victim";
  std::ofstream(victim) << "as it was";
  fs::create_symlink(victim, inbox() / "quarantine" / "bad.xml.reason.txt");
  drop("bad.xml", "bad");
  folders_->look();
  EXPECT_EQ(text(victim), "as it was");
  EXPECT_EQ(text(inbox() / "quarantine" / "bad.xml.reason.txt"), "x: ssh-ed25519 AAAA\n");
}

TEST_F(watched_folder, the_hosts_own_folders_are_closed_to_others) {
  feed([](const std::string &, std::string_view) { return report(1); });
  // given folders that are open to others
  fs::permissions(inbox() / "done", fs::perms::all);
  drop("a.xml", "payload");
  folders_->look();
  // then they are closed before anything goes there
  EXPECT_EQ(fs::status(inbox() / "done").permissions() & (fs::perms::group_write | fs::perms::others_write),
            fs::perms::none);
  EXPECT_TRUE(fs::exists(inbox() / "done" / "a.xml"));
  // and where they are another account's, nothing goes there (only root can make it so)
  constexpr uid_t nobody = 65534;
  if (::chown((inbox() / "quarantine").c_str(), nobody, nobody) == 0) {
    EXPECT_THAT(failure_of([&] { const inbox_folder refused(inbox()); }), testing::HasSubstr("another account"));
  }
}

TEST_F(watched_folder, a_quarantined_lead_leaves_its_reason_beside_the_file) {
  feed([](const std::string &, std::string_view) { return report(1, 1, "No way to reach the person."); });
  drop("q.xml", "payload");
  folders_->look();
  EXPECT_EQ(text(inbox() / "quarantine" / "q.xml.reason.txt"), "x: No way to reach the person.\n");
}

TEST_F(watched_folder, the_same_name_again_overwrites_nothing) {
  feed([](const std::string &, std::string_view) { return report(1); });
  for (const char *bytes : {"first", "second"}) {
    drop("same.xml", bytes);
    folders_->look();
  }
  EXPECT_EQ(text(inbox() / "done" / "same.xml"), "first");
  EXPECT_EQ(text(inbox() / "done" / "same-2.xml"), "second");
}

TEST_F(watched_folder, a_store_that_cannot_be_reached_leaves_the_file_and_tries_again) {
  std::atomic<bool> reachable{false};
  std::atomic<int> tries{0};
  feed([&](const std::string &, std::string_view) -> std::string {
    ++tries;
    if (!reachable) throw dms::failure(dms_unavailable, "locked");
    return report(1);
  });
  drop("wait.xml", "payload");
  folders_->look();
  folders_->look();  // too soon: nothing is tried
  EXPECT_EQ(tries, 1);
  EXPECT_TRUE(fs::exists(inbox() / "wait.xml"));
  reachable = true;
  pass(std::chrono::milliseconds(1100));
  folders_->look();
  EXPECT_TRUE(fs::exists(inbox() / "done" / "wait.xml"));
}

TEST_F(watched_folder, what_is_old_goes_also_where_a_host_wants_nothing_besides) {
  feed([](const std::string &, std::string_view) { return report(1); });
  // given a payload that was taken in
  drop("old.xml", "payload");
  folders_->look();
  ASSERT_TRUE(fs::exists(inbox() / "done" / "old.xml"));
  // when the inbox is watched a year later, with nothing besides
  host_->clock().set(host_->clock().now_us() + std::int64_t{365} * 24 * 3600 * 1'000'000);
  folders_ = std::make_unique<watched_folders>(*host_, folder_ / "inbox", std::function<void()>());
  folders_->look();
  // then it is gone
  EXPECT_FALSE(fs::exists(inbox() / "done" / "old.xml"));
}

TEST_F(watched_folder, what_a_killed_process_had_claimed_is_taken_over) {
  std::atomic<int> runs{0};
  feed([&](const std::string &, std::string_view) { return ++runs, report(1); });
  std::ofstream(inbox() / ".work" / "0123456789abcdef~left.xml") << "payload";
  folders_->look();
  EXPECT_EQ(runs, 1);
  EXPECT_TRUE(fs::exists(inbox() / "done" / "left.xml"));
}

/// This process may open no more files for as long as it lives.
class no_descriptors {
 public:
  no_descriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    auto now = before_;
    now.rlim_cur = 0;
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  no_descriptors(const no_descriptors &) = delete;
  no_descriptors &operator=(const no_descriptors &) = delete;
  ~no_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(watched_folder, what_cannot_be_opened_stays_where_it_lies) {
  feed([](const std::string &, std::string_view) { return report(1); });
  const auto file = inbox() / "later.xml";
  std::ofstream(file) << "payload";
  const inbox_folder folder(inbox());
  {
    const no_descriptors full;
    EXPECT_THAT(failure_of([&] { claimed_file::take(folder, part::itself, "later.xml"); }),
                testing::HasSubstr("too many files"));
  }
  EXPECT_TRUE(fs::exists(file));
  EXPECT_TRUE(fs::is_empty(inbox() / ".work"));
}

TEST_F(watched_folder, what_another_process_works_on_is_left_to_it) {
  feed([](const std::string &, std::string_view) { return report(1); });
  std::ofstream(inbox() / "theirs.xml") << "payload";
  const inbox_folder folder(inbox());
  const auto theirs = claimed_file::take(folder, part::itself, "theirs.xml");
  ASSERT_TRUE(theirs);
  EXPECT_FALSE(claimed_file::take(folder, part::itself, "theirs.xml"));
  EXPECT_FALSE(claimed_file::take_over(folder, theirs->in_work()));
  folders_->look();
  EXPECT_FALSE(fs::exists(inbox() / "done" / "theirs.xml"));
}

TEST_F(watched_folder, a_maildir_is_taken_from_new_and_never_from_tmp) {
  std::atomic<int> runs{0};
  feed([&](const std::string &, std::string_view) { return ++runs, report(1); });
  // given a maildir, with a mail that is being delivered, one that was, and one that somebody read
  for (const char *inner : {"tmp", "new", "cur"}) fs::create_directories(inbox() / inner);
  std::ofstream(inbox() / "tmp" / "1595402100.M1P1.host") << "half a mail";
  std::ofstream(inbox() / "new" / "1595402101.M2P1.host") << "mail";
  std::ofstream(inbox() / "cur" / "1595402102.M3P1.host:2,S") << "read mail";
  // when the host looks, then it takes what was delivered at once, and nothing else however often it looks
  for (int look = 0; look < 2; ++look) folders_->look();
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(text(inbox() / "done" / "1595402101.M2P1.host"), "mail");
  EXPECT_FALSE(fs::exists(inbox() / "new" / "1595402101.M2P1.host"));
  EXPECT_TRUE(fs::exists(inbox() / "tmp" / "1595402100.M1P1.host"));
  EXPECT_TRUE(fs::exists(inbox() / "cur" / "1595402102.M3P1.host:2,S"));
}

TEST_F(watched_folder, a_mail_that_cannot_be_stored_waits_and_is_taken_later) {
  std::atomic<bool> reachable{false};
  feed([&](const std::string &, std::string_view) -> std::string {
    if (!reachable) throw dms::failure(dms_unavailable, "Not now.");
    return report(1);
  });
  fs::create_directories(inbox() / "new");
  std::ofstream(inbox() / "new" / "1.host") << "mail";
  folders_->look();
  reachable = true;
  // It rests as a file of the folder, so it is taken when it has not changed for two seconds.
  for (int look = 0; look < 12 && !fs::exists(inbox() / "done" / "1.host"); ++look) {
    pass(std::chrono::milliseconds(300));
    folders_->look();
  }
  EXPECT_EQ(text(inbox() / "done" / "1.host"), "mail");
}

}  // namespace
