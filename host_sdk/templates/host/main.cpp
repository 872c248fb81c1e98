// my_host LIBRARY FOLDER SCREEN: shows one screen of a plugin.
#include <dlfcn.h>

#include <cstdio>

#include "my_host.hpp"

int main(int count, char **words) {
  if (count != 4) return std::fprintf(stderr, "usage: my_host LIBRARY FOLDER SCREEN\n"), 2;
  // Stays mapped until the process ends. Check the manifest with its SHA-256 before this line.
  auto *library = ::dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  auto *symbol = library == nullptr ? nullptr : ::dlsym(library, DMS_PLUGIN_ENTRY_SYMBOL);
  if (symbol == nullptr) return std::fprintf(stderr, "%s\n", ::dlerror()), 1;
  try {
    my_host host(words[2]);
    host.start(reinterpret_cast<dms_plugin_get_entry_function>(symbol)());
    std::printf("%s\n", host.load("you", words[3]).c_str());
    return 0;
  } catch (const std::exception &reason) {
    return std::fprintf(stderr, "%s\n", reason.what()), 1;
  }
}
