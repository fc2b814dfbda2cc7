// What g++ -fsanitize=thread calls at every load and store of a checked kernel; the sanitizer's own
// library is not linked. A record is kept of who touched each word of device and shared memory
// last, and in which interval between barriers. Three kinds of errors are found:
//
// - a race: two threads touch a word, one of them writes, and no barrier is between;
// - an access outside of every allocation, or across the end of one;
// - a read of what nobody has written.
//
// Blocks of a launch are unordered, but where one did __threadfence() and a later one then took
// part in an atomic operation (as the last block of a grid does that sums what all have left).
#include "checks.h"
#include "device.h"
#include "settings.h"
#include "variables.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr unsigned WORD = 4;
constexpr unsigned BEFORE_ANY_LAUNCH = 0; // a block's serial number, for writes of the host

// Who touched a word last, and who else did in the same interval between barriers.
struct Touch {
  unsigned blockSerial, blockEpoch, warpEpoch;
  unsigned otherBlock; // the serial number of another block of this launch that did, or 0
  unsigned short thread;
  unsigned char bytes; // of the word, one bit each
  bool otherLanes;     // another thread of its warp, since the warp's last barrier
  bool otherWarps;     // another warp of its block, since the block's last barrier
};

struct Word {
  Touch write, read;
  unsigned char written; // bytes, one bit each
  bool atomic;           // the last write was an atomic operation
};

struct Area {
  const char *name;
  Range range;
  std::vector<Word> words;

  Area(const char *name, Range range, bool written)
      : name(name), range(range), words((range.to - range.from + WORD - 1) / WORD) {
    if (written) {
      for (Word &word : words) word.written = 0xf;
    }
  }
};

// Device memory by its start. Kept in either mode, so that check mode can be switched on later;
// what was allocated before then counts as written. What a kernel writes while check mode is off
// is not seen, so memory that was allocated in check mode is to be used in it.
struct Allocation {
  size_t bytes;
  std::unique_ptr<Area> area;
};
std::map<char *, Allocation> allocations;

// Shared memory of the running block, whose words of earlier blocks count as unwritten.
std::unique_ptr<Area> sharedAreas[2];

// Blocks of this launch that did __threadfence(), and whether the running block may rely on it.
std::vector<bool> fenced;
unsigned fencedFrom;
unsigned acquiring;

extern "C" char __ehdr_start EMU_HIDDEN, _end EMU_HIDDEN;

bool isShared(const Area &area) {
  return &area == sharedAreas[0].get() || &area == sharedAreas[1].get();
}

Area *sharedArea(int which, const char *name, Range range) {
  std::unique_ptr<Area> &area = sharedAreas[which];
  if (!area || area->range.from != range.from || area->range.to != range.to) {
    area = std::make_unique<Area>(name, range, false);
  }
  return area.get();
}

Area *deviceArea(char *p) {
  auto next = allocations.upper_bound(p);
  if (next == allocations.begin()) return nullptr;
  auto &[from, allocation] = *--next;
  Range range{from, from + allocation.bytes};
  if (!range.contains(p)) return nullptr;
  if (!allocation.area) {
    allocation.area = std::make_unique<Area>("device memory", range, true);
  }
  return allocation.area.get();
}

// The device area of the last access, where the next one often goes; null when areas have changed.
Area *lastArea;

Area *find(char *p) {
  if (lastArea && lastArea->range.contains(p)) return lastArea;
  Range fixed = staticShared();
  if (fixed.contains(p)) return sharedArea(0, "static shared memory", fixed);
  Range dynamic = dynamicShared();
  if (dynamic.contains(p)) return sharedArea(1, "dynamic shared memory", dynamic);
  Area *area = deviceArea(p);
  if (area) lastArea = area;
  return area;
}

// What lies nearest below an address that belongs to nothing.
std::string beyond(char *p) {
  Range fixed = staticShared();
  Range dynamic = dynamicShared();
  auto next = allocations.upper_bound(p);
  std::string what = "no allocation";
  char *end = nullptr;
  auto consider = [&](const char *name, char *to) {
    if (to <= p && to > end) {
      end = to;
      what = std::to_string(p - to) + " bytes beyond the end of " + name;
    }
  };
  if (fixed.to > fixed.from) consider("static shared memory", fixed.to);
  if (dynamic.to > dynamic.from) consider("dynamic shared memory", dynamic.to);
  if (next != allocations.begin()) {
    --next;
    consider("an allocation", next->first + next->second.bytes);
  }
  return what;
}

bool ofThisLaunch(const Touch &touch) { return touch.blockSerial >= firstSerialOfLaunch(); }

bool published(unsigned serial, const ThreadId &now) {
  return acquiring == now.blockSerial && serial >= fencedFrom &&
         serial - fencedFrom < fenced.size() && fenced[serial - fencedFrom];
}

int warpOf(int thread) { return thread / warpSize; }

// Whether nothing orders the touch before what the running thread does now.
bool unordered(const Touch &touch, const ThreadId &now) {
  if (!ofThisLaunch(touch)) return false;
  if (touch.otherBlock && !published(touch.otherBlock, now)) return true;
  if (touch.blockSerial != now.blockSerial) return !published(touch.blockSerial, now);
  if (touch.blockEpoch != now.blockEpoch) return false;
  if (touch.otherWarps || warpOf(touch.thread) != warpOf(now.thread)) return true;
  if (touch.warpEpoch != now.warpEpoch) return false;
  return touch.otherLanes || touch.thread != now.thread;
}

std::string offset(const std::string &what, size_t bytes) {
  return what + " + " + std::to_string(bytes);
}

std::string place(const Area &area, size_t word) {
  char *p = area.range.from + word * WORD;
  if (&area == sharedAreas[0].get()) {
    const Variable *variable = variableAt(runningKernel(), p);
    if (variable) return offset("shared " + variable->name, p - variable->from);
  }
  return offset(area.name, p - area.range.from);
}

void failOfRace(const char *does, const Area &area, size_t word, const Touch &other,
                const char *did) {
  failHere(std::string(does) + " " + place(area, word) + ", which " +
           describeThread(other.blockSerial, other.thread) + " " + did +
           " with no barrier between");
}

Touch touchBy(const ThreadId &now, unsigned char bytes) {
  Touch touch{};
  touch.blockSerial = now.blockSerial;
  touch.blockEpoch = now.blockEpoch;
  touch.warpEpoch = now.warpEpoch;
  touch.thread = static_cast<unsigned short>(now.thread);
  touch.bytes = bytes;
  return touch;
}

// Readers do not exclude one another: a read takes over what earlier ones left to be ordered.
Touch readBy(const ThreadId &now, unsigned char bytes, const Touch &before) {
  Touch touch = touchBy(now, bytes);
  if (!ofThisLaunch(before)) return touch;
  if (before.blockSerial != now.blockSerial) {
    touch.otherBlock = before.blockSerial;
    return touch;
  }
  touch.otherBlock = before.otherBlock;
  if (before.blockEpoch != now.blockEpoch) return touch;
  touch.bytes |= before.bytes;
  touch.otherWarps = before.otherWarps || warpOf(before.thread) != warpOf(now.thread);
  if (before.warpEpoch == now.warpEpoch) {
    touch.otherLanes = before.otherLanes || before.thread != now.thread;
  }
  return touch;
}

enum class Access { READ, WRITE, ATOMIC };

void touchWord(Area &area, size_t index, unsigned char bytes, Access access,
               const ThreadId &now) {
  Word &word = area.words[index];
  if (isShared(area)) {
    if (word.write.blockSerial != now.blockSerial) word.written = 0, word.write = Touch{};
    if (word.read.blockSerial != now.blockSerial) word.read = Touch{};
  }
  bool bothAtomic = access == Access::ATOMIC && word.atomic;
  if ((word.write.bytes & bytes) && !bothAtomic && unordered(word.write, now)) {
    failOfRace(access == Access::READ ? "reads" : "writes", area, index, word.write, "writes");
  }
  if (access == Access::READ) {
    if ((word.written & bytes) != bytes) {
      failHere("reads " + place(area, index) + ", which nobody has written");
    }
    word.read = readBy(now, bytes, word.read);
    return;
  }
  if ((word.read.bytes & bytes) && access == Access::WRITE && unordered(word.read, now)) {
    failOfRace("writes", area, index, word.read, "reads");
  }
  word.write = touchBy(now, bytes);
  word.written |= bytes;
  word.atomic = access == Access::ATOMIC;
}

// Whether it lies between the static shared variables of a kernel, or in those of another.
bool isBeyondVariable(const Area &area, const char *p, size_t bytes) {
  if (&area != sharedAreas[0].get()) return false;
  static const Variable *last; // where most accesses go that follow one another
  static const EmuKernel *lastKernel;
  const EmuKernel &kernel = runningKernel();
  if (!last || lastKernel != &kernel || p < last->from || p >= last->to) {
    last = variableAt(kernel, p);
    lastKernel = &kernel;
  }
  return !last || p + bytes > last->to;
}

void touch(void *address, size_t bytes, Access access) {
  const ThreadId *now = runningThread();
  char *p = static_cast<char *>(address);
  if (!now || bytes == 0 || onRunningStack(p) || inArguments(p)) return;
  Area *area = find(p);
  if (!area) {
    // Constants and indices of threads are in the library itself.
    bool ofLibrary = p >= &__ehdr_start && p < &_end;
    if (access == Access::READ && ofLibrary && !staticShared().contains(p)) return;
    failHere(std::string(access == Access::READ ? "reads " : "writes ") +
             std::to_string(bytes) + " bytes at an address that is " + beyond(p));
    return;
  }
  if (p + bytes > area->range.to || isBeyondVariable(*area, p, bytes)) {
    failHere(std::string(access == Access::READ ? "reads " : "writes ") + std::to_string(bytes) +
             " bytes that are not of one variable, at " +
             place(*area, (p - area->range.from) / WORD));
    return;
  }
  size_t from = p - area->range.from;
  size_t to = from + bytes;
  for (size_t word = from / WORD; word * WORD < to; word++) {
    unsigned char mask = 0;
    for (size_t b = 0; b < WORD; b++) {
      size_t at = word * WORD + b;
      if (at >= from && at < to) mask |= 1 << b;
    }
    touchWord(*area, word, mask, access, *now);
  }
}

} // namespace

void checksAllocated(void *p, size_t bytes) {
  char *from = static_cast<char *>(p);
  Allocation allocation{bytes, nullptr};
  if (setting(Setting::CHECK)) {
    Range range{from, from + bytes};
    allocation.area = std::make_unique<Area>("device memory", range, false);
  }
  lastArea = nullptr;
  allocations[from] = std::move(allocation);
}

void checksFreed(void *p) {
  lastArea = nullptr;
  allocations.erase(static_cast<char *>(p));
}

void checksWritten(void *p, size_t bytes) {
  char *from = static_cast<char *>(p);
  auto next = allocations.upper_bound(from);
  if (next == allocations.begin()) return;
  auto &[start, allocation] = *--next;
  if (!allocation.area) return;
  for (size_t word = (from - start) / WORD; word * WORD < (from - start) + bytes; word++) {
    Word &touched = allocation.area->words[word];
    touched = Word{};
    touched.written = 0xf;
    touched.write.blockSerial = BEFORE_ANY_LAUNCH;
  }
}

extern "C" void emu_atomic(void *address, int bytes) {
  const ThreadId *now = runningThread();
  if (!now) return;
  acquiring = now->blockSerial;
  if (setting(Setting::CHECK)) touch(address, bytes, Access::ATOMIC);
}

extern "C" void emu_fence() {
  const ThreadId *now = runningThread();
  if (!now) return;
  if (fencedFrom != firstSerialOfLaunch()) {
    fencedFrom = firstSerialOfLaunch();
    fenced.clear();
  }
  size_t index = now->blockSerial - fencedFrom;
  if (fenced.size() <= index) fenced.resize(index + 1);
  fenced[index] = true;
}

// ---- the compiler's calls ----

#define HOOK extern "C" EMU_HIDDEN
#define HOOKS(n)                                                                                   \
  HOOK void __tsan_read##n(void *p) { touch(p, n, Access::READ); }                                 \
  HOOK void __tsan_write##n(void *p) { touch(p, n, Access::WRITE); }                               \
  HOOK void __tsan_unaligned_read##n(void *p) { touch(p, n, Access::READ); }                       \
  HOOK void __tsan_unaligned_write##n(void *p) { touch(p, n, Access::WRITE); }                     \
  HOOK void __tsan_volatile_read##n(void *p) { touch(p, n, Access::READ); }                        \
  HOOK void __tsan_volatile_write##n(void *p) { touch(p, n, Access::WRITE); }
HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)
HOOK void __tsan_read_range(void *p, unsigned long n) { touch(p, n, Access::READ); }
HOOK void __tsan_write_range(void *p, unsigned long n) { touch(p, n, Access::WRITE); }
HOOK void __tsan_init() {}
HOOK void __tsan_func_entry(void *) {}
HOOK void __tsan_func_exit() {}
HOOK void __tsan_vptr_update(void *, void *) {}
HOOK void __tsan_vptr_read(void *) {}
