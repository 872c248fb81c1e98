// A backup is whole or refused, and what is restored is what was saved.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include "reference_host/core/data/backup.hpp"
#include "reference_host/core/data/one_moment.hpp"
#include "reference_host/core/data/scratch_folder.hpp"
#include "reference_host/core/data/tar.hpp"
#include "unit/host_fixture.hpp"

namespace {

using namespace host_test;
using dms::reference::check_backup;
using dms::reference::one_moment;
using dms::reference::restore_backup;
using dms::reference::tar_reader;
using dms::reference::tar_writer;
using testing::HasSubstr;

class backups : public with_host {
 protected:
  backups() : goal_(folder_.string() + "_restored"), saved_(folder_.string() + ".backup") { clear(); }
  ~backups() override { clear(); }
  void clear() const {
    fs::remove_all(goal_);
    fs::remove(saved_);
  }
  void put(const fs::path &file, const std::string &text) const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
  static std::string text_of(const fs::path &file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// A tar with these names, as somebody else would write it.
  void forge(const std::vector<std::string> &names) const {
    std::ofstream(folder_ / "any") << "any";
    fs::remove(saved_);
    tar_writer tar(saved_);
    for (const auto &name : names) tar.add(folder_ / "any", name);
    tar.finish();
  }
  std::string restored() const {
    return failure_of([&] { restore_backup({saved_, goal_, {}}, 7); });
  }
  fs::path goal_, saved_;
};

TEST_F(backups, nothing_is_overwritten) {
  host_->backup(saved_);
  EXPECT_GT(fs::file_size(saved_), 4096U);
  EXPECT_THAT(failure_of([&] { host_->backup(saved_); }), HasSubstr("already there"));
}

TEST_F(backups, what_a_killed_one_left_behind_goes_and_what_is_being_made_stays) {
  // given
  put(".backup-killed/copy", "half");
  const dms::reference::scratch_folder making(folder_, ".backup-");
  // when
  host_->backup(saved_);
  // then
  EXPECT_FALSE(fs::exists(folder_ / ".backup-killed"));
  EXPECT_TRUE(fs::exists(making.path()));
}

TEST_F(backups, what_is_restored_is_what_was_saved) {
  // given: a dealership with people, a payload that waits, one that is being worked on, and one that is done
  add_user("chef", "admin");
  const auto token = host_->data().sessions.open("chef", host_->clock().now_us()).token;
  put("inbox/feed/waiting.xml", "<waiting/>");
  put("inbox/feed/.work/12~working.xml", "<working/>");
  put("inbox/feed/done/old.xml", "<old/>");
  put("plugins/some/outbox/message.xml", "<message/>");
  put("plugins/some/" + std::string(150, 'n') + "/letter.txt", "a long name");
  const auto made = host_->backup(saved_);
  EXPECT_EQ(made.files, 5);
  // when
  EXPECT_EQ(check_backup(saved_).files, made.files);
  EXPECT_EQ(restored(), "");
  // then
  EXPECT_EQ(text_of(goal_ / "inbox/feed/waiting.xml"), "<waiting/>");
  EXPECT_EQ(text_of(goal_ / "inbox/feed/.work/12~working.xml"), "<working/>");
  EXPECT_FALSE(fs::exists(goal_ / "inbox/feed/done/old.xml"));
  EXPECT_EQ(text_of(goal_ / "plugins/some/outbox/message.xml"), "<message/>");
  EXPECT_EQ(text_of(goal_ / ("plugins/some/" + std::string(150, 'n') + "/letter.txt")), "a long name");
  EXPECT_EQ(fs::status(goal_).permissions() & fs::perms::others_all, fs::perms::none);
  dms::reference::host_options how;
  how.data_directory = goal_;
  dms::reference::host again(how);
  EXPECT_EQ(again.data().users.find("chef")->name, "User chef");
  EXPECT_FALSE(again.data().sessions.find(token, again.clock().now_us())) << "a session outlived the restore";
  const auto lines = again.data().audit.list({});
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.front().action, "restore");
}

TEST_F(backups, a_directory_that_is_not_empty_stays_as_it_is) {
  host_->backup(saved_);
  fs::create_directories(goal_);
  std::ofstream(goal_ / "letter.txt") << "mine";
  EXPECT_THAT(restored(), HasSubstr("is not empty"));
  EXPECT_EQ(text_of(goal_ / "letter.txt"), "mine");
  EXPECT_FALSE(fs::exists(goal_ / "host.db"));
  // an empty one that somebody made, as the mount of a disk, is filled
  fs::remove(goal_ / "letter.txt");
  EXPECT_EQ(restored(), "");
}

TEST_F(backups, a_file_that_is_cut_off_or_changed_anywhere_leaves_nothing) {
  add_user("chef", "admin");
  put("plugins/some/letter.txt", "text");
  host_->backup(saved_);
  const auto whole = text_of(saved_);
  for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 60) {
    std::ofstream(saved_, std::ios::binary) << whole.substr(0, length);
    EXPECT_NE(restored(), "") << length;
    EXPECT_FALSE(fs::exists(goal_)) << length;
  }
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 60) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    std::ofstream(saved_, std::ios::binary) << changed;
    // What fills a block behind the end of a file is of no file.
    if (restored().empty()) {
      EXPECT_EQ(text_of(goal_ / "plugins/some/letter.txt"), "text") << at;
      EXPECT_EQ(whole[at], '\0') << at;
    }
    fs::remove_all(goal_);
  }
  std::ofstream(saved_, std::ios::binary) << whole;
  EXPECT_EQ(restored(), "");
}

TEST_F(backups, names_that_lead_elsewhere_are_refused) {
  for (const auto *name : {"../host.db", "/etc/passwd", "plugins/../../host.db", "plugins/./a", "plugins//a",
                           "plugins/", "serve.lock", "inbox", ".ssh/key"}) {
    forge({name, "host.db"});
    EXPECT_THAT(restored(), HasSubstr("This is not a backup of this program")) << name;
    EXPECT_FALSE(fs::exists(goal_)) << name;
  }
  forge({"host.db", "host.db"});
  EXPECT_THAT(restored(), HasSubstr("it holds \"host.db\""));
  forge({"host.db"});
  EXPECT_THAT(restored(), HasSubstr("does not say what it holds"));
  std::ofstream(saved_) << std::string(4096, 'x');
  EXPECT_THAT(restored(), HasSubstr("not a tar file"));
  fs::remove(saved_);
  EXPECT_THAT(restored(), HasSubstr("cannot be read"));
}

TEST_F(backups, links_folders_and_devices_are_refused) {
  // given tars as others make them
  const auto source = folder_ / "source";
  fs::create_directories(source / "plugins");
  std::ofstream(source / "host.db") << "any";
  fs::create_symlink("/etc/passwd", source / "plugins/link");
  fs::create_hard_link(source / "host.db", source / "plugins/second");
  ASSERT_EQ(::mkfifo((source / "plugins/pipe").c_str(), 0600), 0);
  std::ofstream(source / "plugins/holes").put('x');
  fs::resize_file(source / "plugins/holes", 1 << 20);
  for (const auto *format : {"ustar", "pax", "gnu"}) {
    for (const auto *what : {"plugins/link", "plugins/second", "plugins/pipe", "plugins", "-S plugins/holes"}) {
      const auto command = std::string("tar --format=") + format + " -C " + source.string() + " -cf " +
                           saved_.string() + " host.db --no-recursion " + what + " 2>/dev/null";
      fs::remove(saved_);
      if (std::system(command.c_str()) != 0) continue;  // ustar has no sparse files
      EXPECT_THAT(restored(), HasSubstr("This is not a backup of this program")) << command;
      EXPECT_FALSE(fs::exists(goal_)) << command;
    }
  }
}

TEST_F(backups, what_is_read_twice_is_one_file_whoever_has_its_name_meanwhile) {
  put("plugins/some/letter.txt", "text");
  host_->backup(saved_);
  tar_reader from(saved_);
  std::vector<std::string> names, again;
  while (const auto entry = from.next()) names.push_back(entry->name);
  forge({"../../outside", "host.db"});
  from.start();
  while (const auto entry = from.next()) again.push_back(entry->name);
  EXPECT_EQ(again, names);
}

TEST_F(backups, what_is_changed_while_it_is_restored_is_refused) {
  // given a backup whose second half somebody writes over as soon as it was looked through
  put("plugins/a/large.bin", std::string(std::size_t{24} << 20U, 'x'));
  put("plugins/z/letter.txt", std::string(5000, 's'));
  host_->backup(saved_);
  const auto at = text_of(saved_).rfind("ssss");
  std::atomic<bool> enough{false};
  std::thread other([&] {
    const auto looked_through = [&] {
      std::error_code none;
      for (const auto &item : fs::directory_iterator(goal_, none)) {
        if (item.path().filename().string().starts_with(".restore-")) return true;
      }
      return false;
    };
    while (!enough && !looked_through()) std::this_thread::yield();
    std::fstream file(saved_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file << "evil";
  });
  // when, then: all as it was saved, or nothing
  const auto said = restored();
  enough = true;
  other.join();
  if (said.empty()) {
    EXPECT_EQ(text_of(goal_ / "plugins/z/letter.txt"), std::string(5000, 's'));
  } else {
    EXPECT_THAT(said, HasSubstr("changed while it was restored"));
    EXPECT_FALSE(fs::exists(goal_));
  }
}

TEST_F(backups, links_in_the_inbox_are_not_followed) {
  // given what somebody put there who may write the inbox folder and nothing else
  fs::create_directories(folder_ / "elsewhere");
  std::ofstream(folder_ / "elsewhere/secret") << "secret";
  fs::create_directories(folder_ / "inbox/feed");
  fs::create_directory_symlink(folder_ / "elsewhere", folder_ / "inbox/feed/quarantine");
  fs::create_directory_symlink(folder_ / "elsewhere", folder_ / "inbox/other");
  fs::create_symlink(folder_ / "elsewhere/secret", folder_ / "inbox/feed/a.xml");
  fs::create_hard_link(folder_ / "elsewhere/secret", folder_ / "inbox/feed/b.xml");
  // then none of it is in the backup
  EXPECT_EQ(host_->backup(saved_).files, 1);
}

TEST_F(backups, a_full_disk_leaves_nothing) {
  put("plugins/some/large.bin", std::string(3 << 20, 'x'));
  host_->backup(saved_);
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1 << 20, RLIM_INFINITY};
  rlimit was{};
  ::getrlimit(RLIMIT_FSIZE, &was);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto said = restored();
  ::setrlimit(RLIMIT_FSIZE, &was);
  std::signal(SIGXFSZ, before);
  EXPECT_THAT(said, HasSubstr("is the disk full?"));
  EXPECT_FALSE(fs::exists(goal_));
}

TEST_F(backups, files_that_come_and_go_meanwhile_are_no_fault) {
  // given: an inbox through which files run, from the folder into .work into done
  fs::create_directories(folder_ / "inbox/feed/.work");
  fs::create_directories(folder_ / "inbox/feed/done");
  std::atomic<bool> enough{false};
  std::thread feed([&] {
    for (int number = 0; !enough; ++number) {
      const auto name = std::to_string(number) + ".xml";
      put("inbox/feed/" + name, std::string(2000, 'x'));
      fs::rename(folder_ / "inbox/feed" / name, folder_ / "inbox/feed/.work" / ("1~" + name));
      fs::rename(folder_ / "inbox/feed/.work" / ("1~" + name), folder_ / "inbox/feed/done" / name);
    }
  });
  // when, then
  for (int attempt = 0; attempt < 20; ++attempt) {
    EXPECT_EQ(failure_of([&] { host_->backup(saved_); }), "");
    EXPECT_EQ(failure_of([&] { check_backup(saved_); }), "");
    fs::remove(saved_);
  }
  enough = true;
  feed.join();
}

TEST_F(backups, two_databases_are_copied_as_they_are_at_one_moment) {
  // given: somebody who writes the same number of notes into both, the first locked until the second has it too
  const auto first = folder_ / "first.db", second = folder_ / "second.db";
  const auto open = [](const fs::path &file) {
    auto sql = std::make_unique<soci::session>(soci::sqlite3, "dbname=\"" + file.string() + "\" timeout=10");
    *sql << "pragma journal_mode = wal";
    *sql << "create table if not exists note (text text not null)";
    return sql;
  };
  const auto count = [&](const fs::path &file) {
    int notes = 0;
    *open(file) << "select count(*) from note", soci::into(notes);
    return notes;
  };
  const auto one = open(first), other = open(second);
  std::atomic<bool> enough{false};
  std::thread writer([&] {
    // As fast as people are: who writes without a pause locks everybody else out of SQLite.
    for (; !enough; std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
      *one << "begin immediate";
      *one << "insert into note (text) values ('x')";
      *other << "insert into note (text) values ('x')";
      *one << "commit";
    }
  });
  for (int attempt = 0; attempt < 20; ++attempt) {
    // when
    const one_moment now({first, second});
    const auto copies = std::array{folder_ / "a", folder_ / "b"};
    now.copy(first, copies[0]);
    now.copy(second, copies[1]);
    // then
    EXPECT_EQ(count(copies[0]), count(copies[1]));
    for (const auto &copy : copies) fs::remove(copy);
  }
  enough = true;
  writer.join();
}

}  // namespace
