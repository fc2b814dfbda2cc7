#include "images.h"
#include "results.h"
#include "settings.h"
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {
constexpr char ELF[] = "\177ELF";
constexpr int FLAGS_OFFSET = 48; // of e_flags in a 64-bit ELF header
constexpr unsigned OLDEST_CAPABILITY = 50;

// The PTX version that a driver of a CUDA version reads: CUDA 11.0 brought 7.0, 12.0 brought 8.0,
// 13.0 brought 9.0, and a minor version one more each.
long ptxOfDriver(long driver) {
  long major = driver / 1000;
  long minor = driver % 1000 / 10;
  return 10 * (major - 4) + minor;
}

int judgePtx(const char *text) {
  const char *version = strstr(text, ".version ");
  const char *target = strstr(text, ".target sm_");
  int major, minor, capability;
  if (!version || sscanf(version, ".version %d.%d", &major, &minor) != 2 || !target ||
      sscanf(target, ".target sm_%d", &capability) != 1) {
    return INVALID_PTX;
  }
  if (10 * major + minor > ptxOfDriver(setting(Setting::DRIVER))) return UNSUPPORTED_PTX_VERSION;
  return capability > setting(Setting::CAPABILITY) ? NO_BINARY_FOR_GPU : SUCCESS;
}

// A cubin runs on devices of its major capability, from its minor one on. The capability is the
// low byte of the ELF flags in older files, the next one in those of CUDA 13, which are taken to
// need a driver of CUDA 13: the safe side, as no older one was tried.
int judgeCubin(const char *elf) {
  uint32_t flags;
  memcpy(&flags, elf + FLAGS_OFFSET, sizeof flags);
  long capability = setting(Setting::CAPABILITY);
  bool older = (flags & 0xff) >= OLDEST_CAPABILITY;
  long built = older ? flags & 0xff : flags >> 8 & 0xff;
  if (!older && setting(Setting::DRIVER) < 13000) return INVALID_IMAGE;
  bool runs = built / 10 == capability / 10 && built % 10 <= capability % 10;
  return runs ? SUCCESS : NO_BINARY_FOR_GPU;
}
} // namespace

int judgeImage(const void *image) {
  const char *bytes = static_cast<const char *>(image);
  return memcmp(bytes, ELF, 4) == 0 ? judgeCubin(bytes) : judgePtx(bytes);
}
