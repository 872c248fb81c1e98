"""The vendor's bundle: checksums, what it is made of, a signature that a host asks for where an admin says so."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from host import Host, PROGRAM, ROOT

BUILT = pathlib.Path(PROGRAM).resolve().parents[1]
SIGN = str(ROOT / "packaging/sdk/dms-plugin-sign")


class Bundle(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)
        self.folder = self.host.folder

    def keys(self, name):
        subprocess.run([sys.executable, SIGN, "keygen", str(self.folder / name)], check=True)
        return str(self.folder / f"{name}.key"), str(self.folder / f"{name}.pub")

    def sign(self, *words):
        return subprocess.run([sys.executable, SIGN, *words], capture_output=True, text=True)

    def test_a_bundle_is_whole_signed_and_says_what_it_is_made_of(self):
        key, public = self.keys("vendor")
        out = self.folder / "bundle.tar.gz"
        subprocess.run([sys.executable, str(ROOT / "packaging/make-bundle"), "--plugin",
                        str(BUILT / "plugins/lead_system"), "--key", key, str(out)], check=True)
        subprocess.run(["tar", "-xzf", str(out), "-C", str(self.folder)], check=True)
        inside = next(self.folder.glob("lead-system-*"))
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=inside, check=True)
        named = {line.split("  ")[1] for line in (inside / "SHA256SUMS").read_text().splitlines()}
        there = {str(each.relative_to(inside)) for each in inside.rglob("*") if each.is_file()}
        self.assertEqual(named, there - {"SHA256SUMS"})
        manifest = inside / "plugins/lead_system/lead_system.info"
        self.assertEqual(self.sign("verify", public, str(manifest)).returncode, 0)
        cyclonedx = json.loads((inside / "sbom.cdx.json").read_text())
        spdx = json.loads((inside / "sbom.spdx.json").read_text())
        names = {each["name"] for each in cyclonedx["components"]}
        needed = subprocess.run(["ldd", str(inside / "plugins/lead_system/lead_system.so")], capture_output=True,
                                text=True, check=True).stdout
        self.assertIn("libsoci_core", needed)
        self.assertTrue(any(name.startswith("libsoci-core") for name in names), names)
        self.assertEqual({each["name"] for each in spdx["packages"]} - {"lead_system"}, names)
        vex = json.loads((inside / "vex.openvex.json").read_text())
        named = {each["products"][0]["subcomponents"][0]["@id"] for each in vex["statements"]}
        self.assertTrue(named)
        self.assertLessEqual(named, {each["purl"] for each in cyclonedx["components"]})
        self.assertTrue(all(each["justification"] and each["impact_statement"] for each in vex["statements"]))
        self.assertEqual({each.name for each in (inside / "licences").iterdir()}, {name.split(":")[0] for name in names})
        self.assertTrue((inside / "manufacturer.md").read_text())
        self.assertTrue(all(each["licenses"] and each["purl"].startswith("pkg:deb/debian/") for each in cyclonedx["components"]))

    def test_where_makers_are_named_only_their_plugins_start(self):
        plugins = self.folder / "plugins"
        place = plugins / "broken_intact"
        shutil.copytree(BUILT / "broken_plugins/broken_intact", place)
        manifest = str(place / "broken_intact.info")
        on_data = lambda *words, **how: self.host.on_data(*words, "--plugins", str(plugins), "--locale", "en", **how)
        turn = lambda: on_data("plugin", "enable", "broken_intact", check=False)
        self.assertEqual(turn().returncode, 0)  # nobody asked
        key, public = self.keys("vendor")
        other_key, _ = self.keys("other")
        on_data("plugin", "trust", public)
        for signed_by in (None, other_key):
            if signed_by:
                self.sign("sign", signed_by, manifest)
            refused = turn()
            self.assertEqual(refused.returncode, 1, refused.stdout)
            self.assertIn("is signed by none of the makers that this host trusts", refused.stderr)
        self.sign("sign", key, manifest)
        self.assertEqual(turn().returncode, 0)
        with open(manifest, "a") as more:
            more.write("; changed\n")
        self.assertEqual(turn().returncode, 1)
        on_data("plugin", "trust", "--everybody")
        self.assertEqual(turn().returncode, 0)

    def test_bad_keys_and_signatures_are_named(self):
        key, public = self.keys("vendor")
        self.assertEqual(os.stat(key).st_mode & 0o777, 0o600)
        self.assertEqual(self.sign("keygen", str(self.folder / "vendor")).returncode, 2)  # never over a key
        library = self.folder / "p.so"
        library.write_bytes(b"code")
        manifest = self.folder / "p.info"
        manifest.write_text(f"library\n{{\n  file p.so\n  sha256 {hashlib.sha256(b'code').hexdigest()}\n}}\n")
        self.assertEqual(self.sign("verify", public, str(manifest)).returncode, 2)  # not signed
        self.assertEqual(self.sign("sign", key, str(manifest)).returncode, 0)
        self.assertEqual(self.sign("verify", public, str(manifest)).returncode, 0)
        library.write_bytes(b"other")
        self.assertEqual(self.sign("verify", public, str(manifest)).returncode, 1)
        for bad in ("", "x" * 64, "a" * 63):
            (self.folder / "bad.pub").write_text(bad)
            refused = self.host.on_data("plugin", "trust", str(self.folder / "bad.pub"), "--locale", "en", check=False)
            self.assertEqual(refused.returncode, 2)
            self.assertIn("holds no public key", refused.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
