"""What make-bundle and make-portable both need to know of a library."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def said_by(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def digest(file, how="sha256"):
    return hashlib.new(how, pathlib.Path(file).read_bytes()).hexdigest()


def linked(library):
    """Every shared library that the loader maps with it, by name, with its file."""
    pairs = re.findall(r"^\s*(\S+) => (/\S+)", said_by("ldd", str(library)), re.M)
    return {name: os.path.realpath(path) for name, path in pairs}


def package_of(path):
    for each in (path, path.removeprefix("/usr"), "/usr" + path):
        found = subprocess.run(["dpkg-query", "-S", each], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(": ")[0].split(",")[0]
    sys.exit(f"no package brought {path}")


def copy_licence(package, folder):
    package = package.split(":")[0]
    shutil.copyfile(f"/usr/share/doc/{package}/copyright", pathlib.Path(folder) / package)
