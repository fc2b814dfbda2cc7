#include "device.h"
#include "checks.h"
#include "fibre.h"
#include "settings.h"
#include <algorithm>
#include <random>
#include <vector>

EmuIndices emu_indices;

namespace {

EmuKernel *kernels;

enum class State : unsigned char { UNBORN, READY, AT_BARRIER, AT_WARP, DONE };

struct Thread {
  State state;
  int line; // of the last barrier it came to
  unsigned mask;
  Fibre *fibre;
  uint3 index;
  const unsigned char *seen; // what its lanes left at the last exchange
};

// What a lane takes from an exchange must outlive later exchanges of quicker lanes. A lane can be
// ahead of another only until both are in a mask again; other masks have at most 31 lanes each.
constexpr int SNAPSHOTS = 64;

struct Warp {
  unsigned char slots[32][16];
  unsigned char snapshots[SNAPSHOTS][32][16];
  unsigned next;
  unsigned arrived;
  unsigned epoch;
};

constexpr unsigned NO_NUMBER = 0x7fc0dead; // a NaN that is easily recognised

std::vector<Fibre *> idleFibres;
std::vector<Thread> threads;
Warp warps[1024 / warpSize]; // in the library: checked kernels may read what is there
std::vector<int> order; // of the threads of a block
std::vector<float4> dynamicMemory;
const Launch *launch;
std::string failure;
int current;   // the running thread
int born;      // threads of the order that have begun
int atBarrier; // threads that wait for the block
int ended;
bool running;
unsigned blockSerial, firstSerial, blockEpoch;
ThreadId runningId;

std::string text(uint3 i) {
  return "(" + std::to_string(i.x) + ", " + std::to_string(i.y) + ", " + std::to_string(i.z) + ")";
}

std::string describe(int thread) {
  return "thread " + text(threads[thread].index) + " of block " + text(emu_indices.block);
}

void fail(const std::string &what) {
  if (failure.empty()) {
    failure = std::string(launch->kernel->name) + " (" + launch->kernel->file + "): " + what;
  }
}

void enter(int thread) {
  current = thread;
  emu_indices.thread = threads[thread].index;
}

// The life of a fibre: one thread to its end, then the next that has not begun. So threads that
// never wait cost no switch.
void fibreBody() {
  for (;;) {
    launch->kernel->call(launch->arguments);
    Thread &thread = threads[current];
    Fibre *fibre = thread.fibre;
    thread.state = State::DONE;
    thread.fibre = nullptr;
    ended++;
    if (born < (int)threads.size() && failure.empty()) {
      enter(order[born++]);
      threads[current].state = State::READY;
      threads[current].fibre = fibre;
    } else {
      idleFibres.push_back(fibre);
      fibre->suspend();
    }
  }
}

Fibre *takeFibre() {
  if (idleFibres.empty()) idleFibres.push_back(new Fibre);
  Fibre *fibre = idleFibres.back();
  idleFibres.pop_back();
  fibre->prepare(fibreBody);
  return fibre;
}

void waitHere() {
  running = false;
  threads[current].fibre->suspend();
}

std::string describeWait(const Thread &thread) {
  switch (thread.state) {
  case State::DONE:
    return " has returned";
  case State::AT_BARRIER:
    return " waits at __syncthreads in line " + std::to_string(thread.line);
  default:
    return " waits for its warp in line " + std::to_string(thread.line);
  }
}

// Every thread waits for one that will not come. Names a thread of each kind.
void failOfDeadlock() {
  std::string what = "a barrier is not reached by all threads: ";
  constexpr int MOST = 4;
  int shown = 0;
  for (size_t i = 0; i < threads.size() && shown < MOST; i++) {
    bool asBefore = i > 0 && threads[i].state == threads[i - 1].state &&
                    threads[i].line == threads[i - 1].line;
    if (asBefore) continue;
    what += (shown++ ? "; " : "") + describe(i) + describeWait(threads[i]);
  }
  fail(what);
}

void fillWithNoNumbers(Range range) {
  for (char *p = range.from; p + 4 <= range.to; p += 4) memcpy(p, &NO_NUMBER, 4);
}

void resumeThread(int thread) {
  enter(thread);
  running = true;
  threads[thread].fibre->resume();
  running = false;
}

void runBlock() {
  blockSerial++;
  blockEpoch = 0;
  born = atBarrier = ended = 0;
  for (Thread &thread : threads) {
    thread.state = State::UNBORN;
    thread.line = 0;
  }
  for (Warp &warp : warps) warp.arrived = warp.epoch = 0;
  fillWithNoNumbers(staticShared());
  fillWithNoNumbers(dynamicShared());
  int count = threads.size();
  while (ended < count && failure.empty()) {
    bool progress = false;
    for (int i = 0; i < count && failure.empty(); i++) {
      Thread &thread = threads[order[i]];
      if (thread.state == State::UNBORN && i == born) {
        born++;
        thread.fibre = takeFibre();
        thread.state = State::READY;
      }
      if (thread.state != State::READY) continue;
      progress = true;
      resumeThread(order[i]);
    }
    if (!progress) failOfDeadlock();
  }
}

uint3 indexIn(dim3 size, unsigned i) {
  return {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
}

// After a failure, threads are left where they wait.
void forgetFibres() {
  for (Thread &thread : threads) {
    if (thread.fibre) idleFibres.push_back(thread.fibre);
    thread.fibre = nullptr;
  }
}

template <class T> std::vector<T> numbers(T count, bool reverse) {
  std::vector<T> all(count);
  for (T i = 0; i < count; i++) all[i] = reverse ? count - 1 - i : i;
  return all;
}

} // namespace

extern "C" void emu_register(EmuKernel *kernel) {
  kernel->next = kernels;
  kernels = kernel;
}

EmuKernel *findKernel(const char *name, EmuForm form) {
  for (EmuKernel *kernel = kernels; kernel; kernel = kernel->next) {
    if (kernel->form == form && !strcmp(kernel->name, name)) return kernel;
  }
  return nullptr;
}

std::string runLaunch(const Launch &next) {
  launch = &next;
  failure.clear();
  emu_indices.gridSize = next.grid;
  emu_indices.blockSize = next.block;
  dynamicMemory.assign((next.sharedBytes + sizeof(float4) - 1) / sizeof(float4), float4{});
  int count = next.block.x * next.block.y * next.block.z;
  threads.assign(count, Thread{});
  for (int i = 0; i < count; i++) threads[i].index = indexIn(next.block, i);
  firstSerial = blockSerial + 1;

  long orderSetting = setting(Setting::ORDER);
  bool shuffled = orderSetting > 1;
  std::mt19937 random(orderSetting);
  unsigned blocks = next.grid.x * next.grid.y * next.grid.z;
  std::vector<unsigned> blockOrder = numbers(blocks, orderSetting == 1);
  order = numbers(count, orderSetting == 1);
  if (shuffled) std::shuffle(blockOrder.begin(), blockOrder.end(), random);
  for (unsigned i = 0; i < blocks && failure.empty(); i++) {
    emu_indices.block = indexIn(next.grid, blockOrder[i]);
    if (shuffled) std::shuffle(order.begin(), order.end(), random);
    runBlock();
  }
  forgetFibres();
  return failure;
}

// ---- what kernels call ----

extern "C" int emu_lane() { return current % warpSize; }

extern "C" void *emu_dynamic_shared() { return dynamicMemory.data(); }

extern "C" void emu_block_barrier(int line) {
  Thread &thread = threads[current];
  thread.state = State::AT_BARRIER;
  thread.line = line;
  if (++atBarrier == (int)threads.size()) {
    for (Thread &other : threads) {
      if (other.line != line) {
        fail("threads of one block meet at different __syncthreads, in lines " +
             std::to_string(line) + " and " + std::to_string(other.line));
      }
      other.state = State::READY;
    }
    atBarrier = 0;
    blockEpoch++;
  }
  waitHere();
}

extern "C" const unsigned char *emu_warp_exchange(unsigned mask, const void *value, int bytes,
                                                  int line) {
  Warp &warp = warps[current / warpSize];
  int firstOfWarp = current / warpSize * warpSize;
  int lane = current - firstOfWarp;
  int lanes = std::min<int>(warpSize, threads.size() - firstOfWarp);
  // Lanes that the block does not have are in a mask of all, and never come.
  if (lanes < warpSize) mask &= (1u << lanes) - 1;
  if (!(mask >> lane & 1)) {
    fail("lane " + std::to_string(lane) + " is not in the mask that it gives in line " +
         std::to_string(line) + ", " + describe(current));
  }
  memcpy(warp.slots[lane], value, bytes);
  Thread &thread = threads[current];
  thread.state = State::AT_WARP;
  thread.line = line;
  thread.mask = mask;
  warp.arrived |= 1u << lane;
  if ((warp.arrived & mask) == mask) {
    auto &snapshot = warp.snapshots[warp.next++ % SNAPSHOTS];
    memcpy(snapshot, warp.slots, sizeof snapshot);
    for (int l = 0; l < lanes; l++) {
      if (!(mask >> l & 1)) continue;
      Thread &other = threads[firstOfWarp + l];
      if (other.mask != mask || other.line != line) {
        fail("lanes of one warp meet at different places, in lines " + std::to_string(line) +
             " and " + std::to_string(other.line) + ", " + describe(current));
      }
      other.state = State::READY;
      other.seen = &snapshot[0][0];
    }
    warp.arrived &= ~mask;
  }
  waitHere();
  return threads[current].seen;
}

// A shuffle orders no memory (CUDA C++ Programming Guide, warp shuffle functions); this does.
extern "C" void emu_warp_barrier(unsigned mask, int line) {
  Warp &warp = warps[current / warpSize];
  unsigned before = warp.epoch;
  int nothing = 0;
  emu_warp_exchange(mask, &nothing, sizeof nothing, line);
  if (warp.epoch == before) warp.epoch++;
}

extern "C" void emu_trap(int line) {
  fail("__trap in line " + std::to_string(line) + ", " + describe(current));
  threads[current].state = State::AT_BARRIER;
  waitHere();
}

// ---- for the checks ----

void failHere(const std::string &what) {
  int line = threads[current].line;
  fail(what + "; " + describe(current) +
       (line ? ", after the barrier in line " + std::to_string(line) : ", before any barrier"));
}

const ThreadId *runningThread() {
  if (!running) return nullptr;
  runningId = {blockSerial, blockEpoch, warps[current / warpSize].epoch, current};
  return &runningId;
}

const EmuKernel &runningKernel() { return *launch->kernel; }

unsigned firstSerialOfLaunch() { return firstSerial; }

std::string describeThread(unsigned serial, int thread) {
  return serial == blockSerial ? "thread " + text(threads[thread].index)
                               : "thread " + std::to_string(thread) + " of another block";
}

bool onRunningStack(const char *p) { return threads[current].fibre->onStack(p); }

bool inArguments(const char *p) {
  const char *from = static_cast<const char *>(launch->arguments);
  return p >= from && p < from + launch->kernel->argumentBytes;
}

Range staticShared() { return {launch->kernel->sharedFrom, launch->kernel->sharedTo}; }

Range dynamicShared() {
  char *from = reinterpret_cast<char *>(dynamicMemory.data());
  return {from, from + launch->sharedBytes};
}
