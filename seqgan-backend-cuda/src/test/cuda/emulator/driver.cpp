// The part of the CUDA driver API that the backend uses, for JCuda to find in libcuda.so.1. It
// refuses what a driver refuses: calls without a context, launches beyond the limits, waiting
// during a capture, memory that is not the device's; and after a kernel failed, everything.
#include "checks.h"
#include "counters.h"
#include "device.h"
#include "driver.h"
#include "images.h"
#include "memory.h"
#include "results.h"
#include "settings.h"
#include "streams.h"
#include <algorithm>
#include <climits>
#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

#define API extern "C" __attribute__((visibility("default"))) Result

namespace {

using DevicePointer = unsigned long long;

// CUdevice_attribute and CUfunction_attribute, as far as anybody asks.
enum Attribute {
  MAX_THREADS_PER_BLOCK = 1,
  MAX_BLOCK_X = 2,
  MAX_BLOCK_Y = 3,
  MAX_BLOCK_Z = 4,
  MAX_GRID_X = 5,
  MAX_GRID_Y = 6,
  MAX_GRID_Z = 7,
  MAX_SHARED_PER_BLOCK = 8,
  WARP_SIZE = 10,
  MULTIPROCESSORS = 16,
  CONCURRENT_KERNELS = 31,
  THREADS_PER_MULTIPROCESSOR = 39,
  UNIFIED_ADDRESSING = 41,
  CAPABILITY_MAJOR = 75,
  CAPABILITY_MINOR = 76,
  MAX_SHARED_OPT_IN = 97,
};
enum FunctionAttribute { FUNCTION_MAX_THREADS = 0, FUNCTION_SHARED = 1, FUNCTION_MAX_DYNAMIC = 8 };

constexpr unsigned THREADS = 1024;
constexpr unsigned BLOCK_Z = 64;
constexpr unsigned GRID_YZ = 65535;
constexpr int SHARED_BYTES = 48 << 10;
constexpr int MOST_DEVICES = 16;

struct Context {
  int users = 0;
};
struct Module {};
struct Function {
  std::string name;
  int maxDynamicShared = SHARED_BYTES;
};

std::recursive_mutex mutex;
bool initialized;
Context contexts[MOST_DEVICES];
thread_local std::vector<Context *> contextStack;
Result broken = SUCCESS; // what every call answers after a kernel failed
std::string failure;
long counters[static_cast<int>(Counter::COUNT)];

Context *currentContext() { return contextStack.empty() ? nullptr : contextStack.back(); }

// What a call that needs a working context begins with.
struct Entry {
  std::lock_guard<std::recursive_mutex> lock{mutex};
  Result state() const {
    if (!initialized) return NOT_INITIALIZED;
    Context *context = currentContext();
    if (!context || context->users == 0) return INVALID_CONTEXT;
    return broken;
  }
};
#define ENTER                                                                                      \
  Entry entry;                                                                                     \
  if (Result state = entry.state()) return state

// What a call begins with that waits for the device, or might.
#define ENTER_WAITING                                                                              \
  ENTER;                                                                                           \
  if (forbiddenByCapture(true)) return STREAM_CAPTURE_UNSUPPORTED;                                 \
  count(Counter::WAITS)

void *memoryAt(DevicePointer p) { return reinterpret_cast<void *>(p); }

// Compute capabilities and the shared memory that a block may ask for, in bytes.
int optInShared() {
  switch (setting(Setting::CAPABILITY)) {
  case 75:
    return 64 << 10;
  case 80:
  case 87:
    return 163 << 10;
  case 86:
  case 89:
  case 120:
    return 99 << 10;
  default:
    return 227 << 10;
  }
}

int deviceAttribute(int attribute) {
  switch (attribute) {
  case MAX_THREADS_PER_BLOCK:
  case MAX_BLOCK_X:
  case MAX_BLOCK_Y:
    return THREADS;
  case MAX_BLOCK_Z:
    return BLOCK_Z;
  case MAX_GRID_X:
    return INT_MAX;
  case MAX_GRID_Y:
  case MAX_GRID_Z:
    return GRID_YZ;
  case MAX_SHARED_PER_BLOCK:
    return SHARED_BYTES;
  case WARP_SIZE:
    return warpSize;
  case MULTIPROCESSORS:
    return setting(Setting::PROCESSORS);
  case CONCURRENT_KERNELS:
  case UNIFIED_ADDRESSING:
    return 1;
  case THREADS_PER_MULTIPROCESSOR:
    return 2048;
  case CAPABILITY_MAJOR:
    return setting(Setting::CAPABILITY) / 10;
  case CAPABILITY_MINOR:
    return setting(Setting::CAPABILITY) % 10;
  case MAX_SHARED_OPT_IN:
    return optInShared();
  default:
    return 0;
  }
}

bool isDevice(int device) {
  return device >= 0 && device < std::min<long>(setting(Setting::DEVICES), MOST_DEVICES);
}

void destroyContext(Context *context) {
  context->users = 0;
  closeAllStreams();
  freeAllDevice();
  resetFailure();
}

// ---- launches ----

struct LaunchCall {
  Function *function;
  dim3 grid, block;
  unsigned sharedBytes;
  void **parameters;
};

Result checkLaunch(const LaunchCall &call, const EmuKernel &kernel) {
  const dim3 &grid = call.grid;
  const dim3 &block = call.block;
  bool fits = grid.x > 0 && grid.y > 0 && grid.z > 0 && grid.x <= INT_MAX && grid.y <= GRID_YZ &&
              grid.z <= GRID_YZ && block.x > 0 && block.y > 0 && block.z > 0 &&
              block.x <= THREADS && block.y <= THREADS && block.z <= BLOCK_Z &&
              block.x * block.y * block.z <= (unsigned)kernel.maxThreads &&
              call.sharedBytes <= (unsigned)call.function->maxDynamicShared;
  if (!fits) return INVALID_VALUE;
  return call.parameters || kernel.argumentBytes <= 1 ? SUCCESS : INVALID_VALUE;
}

void fail(Result result, const std::string &what) {
  broken = result;
  failure = what;
  if (!setting(Setting::QUIET)) fprintf(stderr, "cuda emulator: %s\n", what.c_str());
}

std::function<void()> prepareLaunch(const LaunchCall &call, const EmuKernel &kernel) {
  // Aligned for any kernel argument.
  auto arguments = std::make_shared<std::vector<std::max_align_t>>(
      kernel.argumentBytes / sizeof(std::max_align_t) + 1);
  kernel.copyArguments(arguments->data(), call.parameters);
  return [call, &kernel, arguments] {
    if (broken) return;
    Launch launch{&kernel, arguments->data(), call.grid, call.block, call.sharedBytes};
    std::string what = runLaunch(launch);
    if (!what.empty()) fail(LAUNCH_FAILED, what);
  };
}

const EmuKernel &kernelOf(const Function &function) {
  EmuForm form = setting(Setting::CHECK) ? EmuForm::checked : EmuForm::plain;
  return *findKernel(function.name.c_str(), form);
}

// ---- copies ----

void copyToDevice(void *to, const void *from, size_t bytes) {
  memmove(to, from, bytes);
  checksWritten(to, bytes);
}

template <class T> void fillDevice(void *to, T value, size_t count) {
  std::fill_n(static_cast<T *>(to), count, value);
  checksWritten(to, count * sizeof(T));
}

template <class T> Result fillLater(DevicePointer to, T value, size_t n, void *stream) {
  if (!insideDevice(memoryAt(to), n * sizeof(T))) return INVALID_VALUE;
  count(Counter::MEMSETS);
  submit(streamOf(stream), [=] { fillDevice(memoryAt(to), value, n); });
  return broken;
}

const char *nameOf(int result) {
  switch (result) {
#define NAME(name, code)                                                                           \
  case code:                                                                                       \
    return code == 0 ? "CUDA_SUCCESS" : "CUDA_ERROR_" #name;
    RESULTS(NAME)
#undef NAME
  default:
    return nullptr;
  }
}

} // namespace

void count(Counter c, long amount) { counters[static_cast<int>(c)] += amount; }
long counted(Counter c) { return counters[static_cast<int>(c)]; }
const std::string &lastFailure() { return failure; }
void resetFailure() {
  broken = SUCCESS;
  failure.clear();
}

// ---- driver and devices ----

API cuInit(unsigned) {
  Result result = static_cast<Result>(setting(Setting::INIT));
  initialized = result == SUCCESS;
  return result;
}
API cuDriverGetVersion(int *version) {
  *version = setting(Setting::DRIVER);
  return SUCCESS;
}
API cuGetErrorName(int result, const char **name) {
  *name = nameOf(result);
  return *name ? SUCCESS : INVALID_VALUE;
}
API cuGetErrorString(int result, const char **text) { return cuGetErrorName(result, text); }
API cuDeviceGetCount(int *count) {
  if (!initialized) return NOT_INITIALIZED;
  *count = setting(Setting::DEVICES);
  return SUCCESS;
}
API cuDeviceGet(int *device, int ordinal) {
  if (!initialized) return NOT_INITIALIZED;
  *device = ordinal;
  return isDevice(ordinal) ? SUCCESS : INVALID_DEVICE;
}
API cuDeviceGetName(char *name, int length, int device) {
  if (!isDevice(device)) return INVALID_DEVICE;
  snprintf(name, length, "emulated device %d", device);
  return SUCCESS;
}
API cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = totalDeviceBytes();
  return isDevice(device) ? SUCCESS : INVALID_DEVICE;
}
API cuDeviceGetAttribute(int *value, int attribute, int device) {
  *value = deviceAttribute(attribute);
  return isDevice(device) ? SUCCESS : INVALID_DEVICE;
}

// ---- contexts ----

API cuDevicePrimaryCtxRetain(Context **context, int device) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  if (!initialized) return NOT_INITIALIZED;
  if (!isDevice(device)) return INVALID_DEVICE;
  if (long refused = setting(Setting::CONTEXT)) return static_cast<Result>(refused);
  contexts[device].users++;
  *context = &contexts[device];
  return SUCCESS;
}
API cuDevicePrimaryCtxRelease_v2(int device) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  if (!isDevice(device) || contexts[device].users == 0) return INVALID_CONTEXT;
  if (--contexts[device].users == 0) destroyContext(&contexts[device]);
  return SUCCESS;
}
API cuDevicePrimaryCtxReset_v2(int device) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  if (!isDevice(device)) return INVALID_DEVICE;
  destroyContext(&contexts[device]);
  return SUCCESS;
}
API cuDevicePrimaryCtxGetState(int device, unsigned *flags, int *active) {
  if (!isDevice(device)) return INVALID_DEVICE;
  *flags = 0;
  *active = contexts[device].users > 0;
  return SUCCESS;
}
API cuDevicePrimaryCtxSetFlags_v2(int device, unsigned) {
  return isDevice(device) ? SUCCESS : INVALID_DEVICE;
}
API cuCtxSetCurrent(Context *context) {
  if (!initialized) return NOT_INITIALIZED;
  if (!contextStack.empty()) contextStack.pop_back();
  if (context) contextStack.push_back(context);
  return SUCCESS;
}
API cuCtxGetCurrent(Context **context) {
  *context = currentContext();
  return initialized ? SUCCESS : NOT_INITIALIZED;
}
API cuCtxPushCurrent_v2(Context *context) {
  contextStack.push_back(context);
  return initialized ? SUCCESS : NOT_INITIALIZED;
}
API cuCtxPopCurrent_v2(Context **context) {
  if (contextStack.empty()) return INVALID_CONTEXT;
  *context = contextStack.back();
  contextStack.pop_back();
  return SUCCESS;
}
API cuCtxGetDevice(int *device) {
  ENTER;
  *device = static_cast<int>(currentContext() - contexts);
  return SUCCESS;
}
API cuCtxSynchronize() {
  ENTER_WAITING;
  drainAll();
  return broken;
}

// ---- memory ----

API cuMemGetInfo_v2(size_t *available, size_t *total) {
  ENTER;
  *total = totalDeviceBytes();
  *available = *total - std::min(*total, liveDeviceBytes());
  return SUCCESS;
}
API cuMemAlloc_v2(DevicePointer *p, size_t bytes) {
  ENTER;
  if (forbiddenByCapture(false)) return STREAM_CAPTURE_UNSUPPORTED;
  if (bytes == 0) return INVALID_VALUE;
  *p = reinterpret_cast<DevicePointer>(allocateDevice(bytes));
  return *p ? SUCCESS : OUT_OF_MEMORY;
}
// Waits for all work, as it may use the memory.
API cuMemFree_v2(DevicePointer p) {
  ENTER_WAITING;
  drainAll();
  return freeDevice(memoryAt(p)) ? broken : INVALID_VALUE;
}
API cuMemHostAlloc(void **p, size_t bytes, unsigned) {
  ENTER;
  if (forbiddenByCapture(false)) return STREAM_CAPTURE_UNSUPPORTED;
  *p = allocatePinned(bytes);
  return *p ? SUCCESS : OUT_OF_MEMORY;
}
API cuMemAllocHost_v2(void **p, size_t bytes) { return cuMemHostAlloc(p, bytes, 0); }
API cuMemFreeHost(void *p) {
  ENTER_WAITING;
  drainAll();
  return freePinned(p) ? broken : INVALID_VALUE;
}
API cuMemHostGetDevicePointer_v2(DevicePointer *device, void *p, unsigned) {
  ENTER;
  *device = reinterpret_cast<DevicePointer>(p);
  return isPinned(p) ? SUCCESS : INVALID_VALUE;
}
API cuMemcpyHtoD_v2(DevicePointer to, const void *from, size_t bytes) {
  ENTER_WAITING;
  if (!insideDevice(memoryAt(to), bytes)) return INVALID_VALUE;
  count(Counter::HOST_TO_DEVICE);
  drainAll();
  copyToDevice(memoryAt(to), from, bytes);
  return broken;
}
API cuMemcpyDtoH_v2(void *to, DevicePointer from, size_t bytes) {
  ENTER_WAITING;
  if (!insideDevice(memoryAt(from), bytes)) return INVALID_VALUE;
  count(Counter::DEVICE_TO_HOST);
  drainAll();
  memcpy(to, memoryAt(from), bytes);
  return broken;
}
// From pinned memory the copy is made when the stream comes to it; from any other, the driver has
// taken the bytes before it returns.
API cuMemcpyHtoDAsync_v2(DevicePointer to, const void *from, size_t bytes, void *stream) {
  ENTER;
  if (!insideDevice(memoryAt(to), bytes)) return INVALID_VALUE;
  count(Counter::HOST_TO_DEVICE);
  if (isPinned(from)) {
    submit(streamOf(stream), [=] { copyToDevice(memoryAt(to), from, bytes); });
  } else {
    const char *source = static_cast<const char *>(from);
    std::vector<char> taken(source, source + bytes);
    submit(streamOf(stream), [=] { copyToDevice(memoryAt(to), taken.data(), bytes); });
  }
  return broken;
}
// To memory that is not pinned, this waits.
API cuMemcpyDtoHAsync_v2(void *to, DevicePointer from, size_t bytes, void *stream) {
  ENTER;
  if (!insideDevice(memoryAt(from), bytes)) return INVALID_VALUE;
  bool waits = !isPinned(to);
  if (waits && forbiddenByCapture(true)) return STREAM_CAPTURE_UNSUPPORTED;
  count(Counter::DEVICE_TO_HOST);
  submit(streamOf(stream), [=] { memcpy(to, memoryAt(from), bytes); });
  if (waits) {
    count(Counter::WAITS);
    streamOf(stream)->drain();
  }
  return broken;
}
API cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, size_t bytes, void *stream) {
  ENTER;
  if (!insideDevice(memoryAt(to), bytes) || !insideDevice(memoryAt(from), bytes)) {
    return INVALID_VALUE;
  }
  count(Counter::DEVICE_TO_DEVICE);
  submit(streamOf(stream), [=] { copyToDevice(memoryAt(to), memoryAt(from), bytes); });
  return broken;
}
API cuMemsetD32Async(DevicePointer to, unsigned value, size_t n, void *stream) {
  ENTER;
  return fillLater<unsigned>(to, value, n, stream);
}
API cuMemsetD8Async(DevicePointer to, unsigned char value, size_t n, void *stream) {
  ENTER;
  return fillLater<unsigned char>(to, value, n, stream);
}

// ---- modules and functions ----

API cuModuleLoadDataEx(Module **module, const void *image, unsigned, int *, void **) {
  ENTER;
  if (long refused = setting(Setting::MODULE)) return static_cast<Result>(refused);
  if (int refused = judgeImage(image)) return static_cast<Result>(refused);
  *module = new Module;
  return SUCCESS;
}
API cuModuleLoadData(Module **module, const void *image) {
  return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr);
}
API cuModuleUnload(Module *module) {
  ENTER;
  delete module;
  return SUCCESS;
}
API cuModuleGetFunction(Function **function, Module *, const char *name) {
  ENTER;
  if (!findKernel(name, EmuForm::plain)) return NOT_FOUND;
  *function = new Function{name};
  return SUCCESS;
}
API cuFuncSetAttribute(Function *function, int attribute, int value) {
  ENTER;
  if (attribute != FUNCTION_MAX_DYNAMIC) return SUCCESS; // hints
  if (value < 0 || value > optInShared()) return INVALID_VALUE;
  function->maxDynamicShared = value;
  return SUCCESS;
}
API cuFuncGetAttribute(int *value, int attribute, Function *function) {
  ENTER;
  const EmuKernel &kernel = kernelOf(*function);
  switch (attribute) {
  case FUNCTION_MAX_THREADS:
    *value = kernel.maxThreads;
    return SUCCESS;
  case FUNCTION_SHARED: // of all kernels of the file
    *value = static_cast<int>(kernel.sharedTo - kernel.sharedFrom);
    return SUCCESS;
  case FUNCTION_MAX_DYNAMIC:
    *value = function->maxDynamicShared;
    return SUCCESS;
  default:
    *value = 0;
    return SUCCESS;
  }
}
API cuLaunchKernel(Function *function, unsigned gridX, unsigned gridY, unsigned gridZ,
                   unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,
                   void *stream, void **parameters, void **extra) {
  ENTER;
  if (extra) return NOT_SUPPORTED;
  LaunchCall call{function, dim3(gridX, gridY, gridZ), dim3(blockX, blockY, blockZ), sharedBytes,
                  parameters};
  const EmuKernel &kernel = kernelOf(*function);
  if (Result refused = checkLaunch(call, kernel)) return refused;
  count(Counter::LAUNCHES);
  submit(streamOf(stream), prepareLaunch(call, kernel));
  return broken;
}

// ---- streams and events ----

API cuStreamCreate(Stream **stream, unsigned) {
  ENTER;
  *stream = openStream();
  return SUCCESS;
}
API cuStreamCreateWithPriority(Stream **stream, unsigned flags, int) {
  return cuStreamCreate(stream, flags);
}
API cuStreamDestroy_v2(Stream *stream) {
  ENTER;
  closeStream(stream);
  return SUCCESS;
}
API cuStreamSynchronize(void *stream) {
  ENTER_WAITING;
  streamOf(stream)->drain();
  return broken;
}
// A device would work on meanwhile: in lazy mode each question lets it do one piece more.
API cuStreamQuery(void *stream) {
  ENTER;
  if (forbiddenByCapture(true)) return STREAM_CAPTURE_UNSUPPORTED;
  Stream *asked = streamOf(stream);
  if (asked->queue.empty()) return broken;
  asked->advance();
  return broken ? broken : NOT_READY;
}
API cuStreamWaitEvent(void *stream, Event *event, unsigned) {
  ENTER;
  Stream *other = event->stream;
  unsigned long position = event->position;
  if (!other || event->captured) return SUCCESS;
  submit(streamOf(stream), [=] { other->drainTo(position); });
  return broken;
}
API cuEventCreate(Event **event, unsigned) {
  ENTER;
  *event = new Event;
  return SUCCESS;
}
API cuEventDestroy_v2(Event *event) {
  ENTER;
  delete event;
  return SUCCESS;
}
API cuEventRecord(Event *event, void *stream) {
  ENTER;
  event->stream = streamOf(stream);
  event->captured = event->stream->capturing;
  event->position = event->stream->submitted;
  return SUCCESS;
}
API cuEventQuery(Event *event) {
  ENTER;
  if (event->captured) return STREAM_CAPTURE_UNSUPPORTED;
  if (event->done()) return broken;
  event->stream->advance();
  return broken ? broken : NOT_READY;
}
API cuEventSynchronize(Event *event) {
  ENTER;
  if (event->captured) return STREAM_CAPTURE_UNSUPPORTED;
  count(Counter::WAITS);
  if (event->stream) event->stream->drainTo(event->position);
  return broken;
}
API cuEventElapsedTime(float *milliseconds, Event *, Event *) {
  ENTER;
  *milliseconds = 0; // there is no time here
  return SUCCESS;
}

// ---- capture and graphs ----

API cuStreamBeginCapture_v2(Stream *stream, CaptureMode mode) {
  ENTER;
  if (!stream) return STREAM_CAPTURE_UNSUPPORTED; // the default stream cannot be captured
  stream->capturing = true;
  stream->invalid = false;
  stream->mode = mode;
  stream->captured = Graph{};
  return SUCCESS;
}
API cuStreamIsCapturing(Stream *stream, int *status) {
  ENTER;
  *status = !stream || !stream->capturing ? 0 : stream->invalid ? 2 : 1;
  return SUCCESS;
}
API cuStreamEndCapture(Stream *stream, Graph **graph) {
  ENTER;
  *graph = nullptr;
  if (!stream || !stream->capturing) return INVALID_VALUE;
  stream->capturing = false;
  if (stream->invalid) return STREAM_CAPTURE_INVALIDATED;
  *graph = new Graph(std::move(stream->captured));
  return SUCCESS;
}
API cuGraphInstantiateWithFlags(Graph **executable, Graph *graph, unsigned long long) {
  ENTER;
  *executable = new Graph(*graph);
  return SUCCESS;
}
API cuGraphUpload(Graph *, void *) {
  ENTER;
  return SUCCESS;
}
API cuGraphLaunch(Graph *executable, void *stream) {
  ENTER;
  count(Counter::GRAPH_LAUNCHES);
  std::vector<Work> nodes = executable->nodes;
  submit(streamOf(stream), [nodes] {
    for (const Work &node : nodes) node->run();
  });
  return broken;
}
API cuGraphDestroy(Graph *graph) {
  delete graph;
  return SUCCESS;
}
API cuGraphExecDestroy(Graph *executable) {
  delete executable;
  return SUCCESS;
}
