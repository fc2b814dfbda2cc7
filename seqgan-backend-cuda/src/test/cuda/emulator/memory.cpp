#include "memory.h"
#include "checks.h"
#include "counters.h"
#include "settings.h"
#include <cstdlib>
#include <cstring>
#include <map>

namespace {
using Blocks = std::map<const char *, size_t>;

// Between two allocations lies more than any access reaches that misses one by a row.
constexpr size_t GAP = 4096;
constexpr size_t ALIGNMENT = 512;
constexpr size_t PAGE = 4096;
constexpr unsigned NEVER_WRITTEN = 0x7fc0beef; // a NaN that is easily recognised

Blocks deviceBlocks, pinnedBlocks;
size_t live;

size_t roundUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

bool inside(const Blocks &blocks, const void *p, size_t bytes) {
  const char *from = static_cast<const char *>(p);
  auto next = blocks.upper_bound(from);
  if (next == blocks.begin()) return false;
  --next;
  return from + bytes <= next->first + next->second;
}
} // namespace

void *allocateDevice(size_t bytes) {
  if (bytes == 0 || live + bytes > totalDeviceBytes()) return nullptr;
  char *base = static_cast<char *>(aligned_alloc(ALIGNMENT, roundUp(bytes + GAP, ALIGNMENT)));
  if (!base) return nullptr;
  for (size_t i = 0; i + 4 <= bytes; i += 4) memcpy(base + i, &NEVER_WRITTEN, 4);
  deviceBlocks[base] = bytes;
  live += bytes;
  count(Counter::ALLOCATIONS);
  count(Counter::LIVE_BYTES, bytes);
  checksAllocated(base, bytes);
  return base;
}

bool freeDevice(void *p) {
  auto block = deviceBlocks.find(static_cast<char *>(p));
  if (block == deviceBlocks.end()) return false;
  live -= block->second;
  count(Counter::FREES);
  count(Counter::LIVE_BYTES, -static_cast<long>(block->second));
  deviceBlocks.erase(block);
  checksFreed(p);
  free(p);
  return true;
}

bool insideDevice(const void *p, size_t bytes) { return inside(deviceBlocks, p, bytes); }

size_t totalDeviceBytes() { return static_cast<size_t>(setting(Setting::MEMORY_MIB)) << 20; }

size_t liveDeviceBytes() { return live; }

void freeAllDevice() {
  while (!deviceBlocks.empty()) freeDevice(const_cast<char *>(deviceBlocks.begin()->first));
}

void *allocatePinned(size_t bytes) {
  char *p = static_cast<char *>(aligned_alloc(PAGE, roundUp(bytes ? bytes : 1, PAGE)));
  if (!p) return nullptr;
  pinnedBlocks[p] = bytes;
  count(Counter::HOST_ALLOCATIONS);
  checksAllocated(p, bytes);
  checksWritten(p, bytes);
  return p;
}

bool freePinned(void *p) {
  if (pinnedBlocks.erase(static_cast<char *>(p)) == 0) return false;
  checksFreed(p);
  free(p);
  return true;
}

bool isPinned(const void *p) { return inside(pinnedBlocks, p, 1); }
