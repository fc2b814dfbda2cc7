#include "settings.h"
#include <cstdlib>
#include <iterator>
#include <string>

namespace {
struct Named {
  const char *name;
  long value;
};

// In the order of Setting.
const Named DEFAULTS[] = {
    {"INIT", 0},         {"DRIVER", 13000}, {"DEVICES", 1}, {"CAPABILITY", 90},
    {"PROCESSORS", 4},   {"MEMORY_MIB", 2048}, {"CONTEXT", 0}, {"MODULE", 0},
    {"ORDER", 0},        {"LAZY", 0},       {"CHECK", 0},   {"QUIET", 0},
};
static_assert(std::size(DEFAULTS) == static_cast<size_t>(Setting::COUNT), "one for each setting");

long *values() {
  static long *const all = [] {
    static long table[std::size(DEFAULTS)];
    for (size_t i = 0; i < std::size(DEFAULTS); i++) {
      const char *given = getenv((std::string("SEQGAN_EMULATOR_") + DEFAULTS[i].name).c_str());
      table[i] = given ? atol(given) : DEFAULTS[i].value;
    }
    return table;
  }();
  return all;
}
} // namespace

long setting(Setting s) { return values()[static_cast<int>(s)]; }

void setSetting(Setting s, long value) { values()[static_cast<int>(s)] = value; }
