// The device: runs one launch at a time, block after block.
#pragma once
#include "cuda_shim.h"
#include <string>

// The kernel of a name in one of its forms, or null.
EmuKernel *findKernel(const char *name, EmuForm form);

struct Launch {
  const EmuKernel *kernel;
  const void *arguments;
  dim3 grid, block;
  unsigned sharedBytes; // dynamic shared memory
};

// Runs the whole launch; the answer is empty, or says what went wrong and where.
std::string runLaunch(const Launch &launch);

// ---- for the checks: the thread that runs now ----

// Says that the running thread did something wrong; the launch ends at its next barrier.
void failHere(const std::string &what);

struct ThreadId {
  unsigned blockSerial; // counts every block that ever ran, from 1
  unsigned blockEpoch;  // barriers of the block so far
  unsigned warpEpoch;   // barriers of its warp so far
  int thread;           // in the block
};

// Null where no kernel runs.
const ThreadId *runningThread();
const EmuKernel &runningKernel();
unsigned firstSerialOfLaunch();
std::string describeThread(unsigned blockSerial, int thread);
bool onRunningStack(const char *p);
bool inArguments(const char *p);

struct Range {
  char *from, *to;
  bool contains(const char *p) const { return p >= from && p < to; }
};
Range staticShared();
Range dynamicShared();
