"""Another version of a plugin in the place of one that runs, and the way back."""
import hashlib
import pathlib
import re
import shutil
import unittest

from host import Host, PROGRAM, lead

BUILT = pathlib.Path(PROGRAM).resolve().parents[1]


class Upgrade(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)
        self.plugins = self.host.folder / "plugins"
        self.place = self.plugins / "lead_system"
        shutil.copytree(BUILT / "plugins/lead_system", self.place)

    def on_data(self, *words, **how):
        return self.host.on_data(*words, "--plugins", str(self.plugins), "--locale", "en", **how)

    def offered(self, change=lambda text: text, library=None, described=True):
        """A folder with a plugin of the version 9.9.9, changed; `described`: its manifest names the library that is there."""
        folder = self.host.folder / f"offered-{len(list(self.host.folder.iterdir()))}"
        shutil.copytree(self.place, folder)
        file = folder / "lead_system.so"
        if library:
            shutil.copy(library, file)
        manifest = folder / "lead_system.info"
        text = re.sub(r"^version .*$", "version 9.9.9", manifest.read_text(), flags=re.M)
        if described:
            text = re.sub(r"sha256 \w+", f"sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}", text)
        manifest.write_text(change(text))
        return str(manifest)

    def version(self):
        return self.on_data("plugin", "list").stdout.split("\t")[1]

    def serve(self):
        self.on_data("plugin", "enable", "lead_system")
        self.host.serve(f'plugins "{self.plugins}"')
        self.token = self.host.token("*")
        self.assertEqual(self.host.post("web_json", self.token, lead(1))[0], 200)

    def test_takes_the_place_while_it_serves_with_a_backup(self):
        self.serve()
        backup = self.host.folder / "before.backup"
        offered = self.offered()
        done = self.on_data("plugin", "upgrade", offered, "--backup", str(backup))
        self.assertIn("is version 9.9.9 now", done.stdout)
        self.assertTrue(backup.exists())
        self.assertIn("version 9.9.9", (self.place / "lead_system.info").read_text())
        status, report = self.host.post("web_json", self.token, lead(2))
        self.assertEqual((status, report["accepted"]), (200, 1))
        self.assertIn("in place already", self.on_data("plugin", "upgrade", offered).stdout)
        # The backup is the dealership of before.
        self.host.run("restore", "--data", str(self.host.folder / "back"), str(backup))

    def test_where_it_does_not_start_the_one_of_before_runs_again(self):
        self.serve()
        before, kept = self.version(), (self.place / "lead_system.info").read_text()
        another = BUILT / "broken_plugins/broken_throwing_activate/broken_throwing_activate.so"
        refused = self.on_data("plugin", "upgrade", self.offered(library=another), check=False)
        self.assertEqual(refused.returncode, 1, refused.stdout)
        self.assertIn("does not start, the one of before runs again", refused.stderr)
        self.assertEqual((self.version(), (self.place / "lead_system.info").read_text()), (before, kept))
        status, report = self.host.post("web_json", self.token, lead(2))
        self.assertEqual((status, report["accepted"]), (200, 1))
        self.assertEqual(len(list((self.host.data / "backups").iterdir())), 1)
        self.assertFalse((self.place / ".before_upgrade").exists())

    def test_what_cannot_be_is_refused_before_anything_is_touched(self):
        self.on_data("plugin", "enable", "lead_system")
        kept = (self.place / "lead_system.info").read_text()
        for manifest, sentence in (
                (self.offered(lambda text: text.replace("major 1", "major 99")), "interface version 99"),
                (self.offered(library=__file__, described=False), "is not the one that it describes"),
                (str(self.host.folder / "nowhere.info"), "nowhere.info"),
                (self.offered(lambda text: re.sub(r"^id .*$", "id nobody", text, flags=re.M)), "no plugin \"nobody\"")):
            refused = self.on_data("plugin", "upgrade", manifest, check=False)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(sentence, refused.stderr)
        self.assertEqual((self.place / "lead_system.info").read_text(), kept)
        self.assertFalse((self.host.data / "backups").exists() and any((self.host.data / "backups").iterdir()))


if __name__ == "__main__":
    unittest.main(verbosity=2)
