// Properties of the emulated device and of the run. Each begins with the value of the environment
// variable SEQGAN_EMULATOR_<NAME>, and can be changed from Java at any time (see EmulatedDriver).
#pragma once

enum class Setting {
  INIT,          // what cuInit answers
  DRIVER,        // the CUDA version of the driver, 1000 * major + 10 * minor
  DEVICES,       // how many
  CAPABILITY,    // 10 * major + minor
  PROCESSORS,    // multiprocessors
  MEMORY_MIB,    // of one device
  CONTEXT,       // what cuDevicePrimaryCtxRetain answers
  MODULE,        // what cuModuleLoadData answers; 0: it looks at the image
  ORDER,         // of threads and blocks: 0 forward, 1 reverse, n > 1 random from seed n
  LAZY,          // 1: a stream works only when somebody waits for it
  CHECK,         // 1: kernels run in check mode
  QUIET,         // 1: failures of kernels are not written to standard error
  COUNT
};

long setting(Setting s);
void setSetting(Setting s, long value);
