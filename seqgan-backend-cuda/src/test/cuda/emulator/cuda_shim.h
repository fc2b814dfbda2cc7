// CUDA C++ on the host: g++ -x c++ -include cuda_shim.h kernel.cu
//
// Threads of a block are fibres of one thread of the host, and blocks run one after another, so
// what is "shared" or "constant" on a device can be a static variable here.
#pragma once
#include <cfloat>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

#define SEQGAN_EMULATOR 1

#define EMU_HIDDEN __attribute__((visibility("hidden")))
#define __global__ __attribute__((noinline, used))
#define __device__
#define __host__
// __noinline__ stays undefined: the standard library uses the word in attributes.
#define __forceinline__ inline __attribute__((always_inline))
// The bound itself is read by the build script, and checked at a launch.
#define __launch_bounds__(...)
#define __constant__ static const
#define __grid_constant__
#define __align__(n) __attribute__((aligned(n)))

// One copy is enough, as blocks run one after another. The build gives the section of a file's
// variables a name of its own, whose bounds are then known; an attribute for the section would be
// ignored in templates.
#define __shared__ static
// In CUDA: extern __shared__ type name[]
#define DYNAMIC_SHARED(type, name) type *name = reinterpret_cast<type *>(emu_dynamic_shared())

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct uint3 {
  unsigned x, y, z;
};
struct alignas(8) float2 {
  float x, y;
};
struct alignas(8) int2 {
  int x, y;
};
struct alignas(8) uint2 {
  unsigned x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};
struct alignas(16) int4 {
  int x, y, z, w;
};
struct alignas(16) uint4 {
  unsigned x, y, z, w;
};
inline float2 make_float2(float x, float y) { return {x, y}; }
inline int2 make_int2(int x, int y) { return {x, y}; }
inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

struct EmuIndices {
  uint3 thread, block;
  dim3 blockSize, gridSize;
};
extern EMU_HIDDEN EmuIndices emu_indices;
#define threadIdx (emu_indices.thread)
#define blockIdx (emu_indices.block)
#define blockDim (emu_indices.blockSize)
#define gridDim (emu_indices.gridSize)
constexpr int warpSize = 32;

extern "C" {
EMU_HIDDEN void *emu_dynamic_shared();
EMU_HIDDEN void emu_block_barrier(int line);
// Every lane of the mask leaves a value, then sees those of all: 32 slots of 16 bytes.
EMU_HIDDEN const unsigned char *emu_warp_exchange(unsigned mask, const void *value, int bytes,
                                                  int line);
EMU_HIDDEN void emu_warp_barrier(unsigned mask, int line);
EMU_HIDDEN void emu_fence();
// Says that the word is touched by an atomic operation, before it is.
EMU_HIDDEN void emu_atomic(void *address, int bytes);
EMU_HIDDEN int emu_lane();
}

// ---- barriers and warps ----

#define __syncthreads() emu_block_barrier(__LINE__)
#define __threadfence() emu_fence()
#define __threadfence_block() ((void)0)

struct EmuMask {
  unsigned lanes;
  constexpr EmuMask(unsigned lanes = 0xffffffffu) : lanes(lanes) {}
};
#define __syncwarp(...) emu_warp_barrier(EmuMask(__VA_ARGS__).lanes, __LINE__)

template <class T> inline T emu_slot(const unsigned char *slots, int lane) {
  T value;
  memcpy(&value, slots + 16 * (lane & 31), sizeof(T));
  return value;
}
template <class T> inline T emu_shuffle(unsigned mask, T value, int from, int line) {
  static_assert(sizeof(T) <= 8, "a shuffle moves 4 or 8 bytes");
  return emu_slot<T>(emu_warp_exchange(mask, &value, sizeof(T), line), from);
}
// Lanes that would read beyond the segment of `width` lanes keep their own value.
inline int emu_segment_lane(int lane, int offset, int width) {
  int segment = lane & ~(width - 1);
  int from = lane + offset;
  return from < segment || from >= segment + width ? lane : from;
}
inline int emu_indexed_lane(int lane, int index, int width) {
  return (lane & ~(width - 1)) | (index & (width - 1));
}
template <class T>
inline T emu_shfl(int line, unsigned mask, T value, int index, int width = 32) {
  return emu_shuffle(mask, value, emu_indexed_lane(emu_lane(), index, width), line);
}
template <class T> inline T emu_shfl_xor(int line, unsigned mask, T value, int x, int width = 32) {
  int lane = emu_lane();
  return emu_shuffle(mask, value, emu_segment_lane(lane, (lane ^ x) - lane, width), line);
}
template <class T> inline T emu_shfl_up(int line, unsigned mask, T value, int d, int width = 32) {
  return emu_shuffle(mask, value, emu_segment_lane(emu_lane(), -d, width), line);
}
template <class T> inline T emu_shfl_down(int line, unsigned mask, T value, int d, int width = 32) {
  return emu_shuffle(mask, value, emu_segment_lane(emu_lane(), d, width), line);
}
#define __shfl_sync(...) emu_shfl(__LINE__, __VA_ARGS__)
#define __shfl_xor_sync(...) emu_shfl_xor(__LINE__, __VA_ARGS__)
#define __shfl_up_sync(...) emu_shfl_up(__LINE__, __VA_ARGS__)
#define __shfl_down_sync(...) emu_shfl_down(__LINE__, __VA_ARGS__)

inline unsigned emu_ballot(unsigned mask, bool predicate, int line) {
  int mine = predicate;
  const unsigned char *slots = emu_warp_exchange(mask, &mine, sizeof mine, line);
  unsigned lanes = 0;
  for (int lane = 0; lane < 32; lane++) {
    // Slots of lanes outside of the mask hold what was there before.
    if ((mask >> lane & 1) && emu_slot<int>(slots, lane)) lanes |= 1u << lane;
  }
  return lanes;
}
#define __ballot_sync(mask, p) emu_ballot(mask, (p) != 0, __LINE__)
#define __any_sync(mask, p) (emu_ballot(mask, (p) != 0, __LINE__) != 0)
#define __all_sync(mask, p) (emu_ballot(mask, (p) == 0, __LINE__) == 0)

// ---- atomics: of whole numbers only, whose sums do not depend on the order ----

// Of the word's type: T is found from the pointer alone.
template <class T> struct EmuSame {
  using type = T;
};
#define EMU_ATOMIC(name, expression)                                                               \
  template <class T> inline T name(T *p, typename EmuSame<T>::type v) {                            \
    static_assert(std::is_integral<T>::value, "atomics of floats depend on the order of threads"); \
    emu_atomic(p, sizeof(T));                                                                      \
    return emu_update(p, [=](T old) -> T { return expression; });                                  \
  }
// Not instrumented: the word has been reported as touched by an atomic operation.
template <class T, class Change>
__attribute__((noinline, no_sanitize("thread"))) T emu_update(T *p, Change change) {
  T old = *p;
  *p = change(old);
  return old;
}
EMU_ATOMIC(atomicAdd, old + v)
EMU_ATOMIC(atomicSub, old - v)
EMU_ATOMIC(atomicMax, old > v ? old : v)
EMU_ATOMIC(atomicMin, old < v ? old : v)
EMU_ATOMIC(atomicOr, old | v)
EMU_ATOMIC(atomicAnd, old & v)
EMU_ATOMIC(atomicExch, v)
template <class T>
inline T atomicCAS(T *p, typename EmuSame<T>::type compare, typename EmuSame<T>::type v) {
  static_assert(std::is_integral<T>::value, "atomicCAS takes whole numbers");
  emu_atomic(p, sizeof(T));
  return emu_update(p, [=](T old) -> T { return old == compare ? v : old; });
}

// ---- arithmetic ----

template <class T> inline T __ldg(const T *p) { return *p; }
inline float __expf(float x) { return expf(x); }
inline float __logf(float x) { return logf(x); }
inline float __fdividef(float a, float b) { return a / b; }
inline float __saturatef(float x) { return x < 0.0f ? 0.0f : x > 1.0f ? 1.0f : x; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
template <class To, class From> inline To emu_bits(From from) {
  static_assert(sizeof(To) == sizeof(From), "bits are kept");
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}
inline unsigned __float_as_uint(float f) { return emu_bits<unsigned>(f); }
inline float __uint_as_float(unsigned u) { return emu_bits<float>(u); }
inline int __float_as_int(float f) { return emu_bits<int>(f); }
inline float __int_as_float(int i) { return emu_bits<float>(i); }
inline unsigned __umulhi(unsigned a, unsigned b) { return (unsigned)(((uint64_t)a * b) >> 32); }
inline int __popc(unsigned v) { return __builtin_popcount(v); }
inline int __clz(int v) { return v == 0 ? 32 : __builtin_clz((unsigned)v); }
inline int __ffs(int v) { return __builtin_ffs(v); }
inline unsigned __brev(unsigned v) {
  unsigned reversed = 0;
  for (int i = 0; i < 32; i++) reversed |= (v >> i & 1u) << (31 - i);
  return reversed;
}
// As in CUDA, of two equal types; others are ambiguous there too, or convert.
template <class A, class B> inline std::common_type_t<A, B> min(A a, B b) {
  std::common_type_t<A, B> x = a, y = b;
  return y < x ? y : x;
}
template <class A, class B> inline std::common_type_t<A, B> max(A a, B b) {
  std::common_type_t<A, B> x = a, y = b;
  return x < y ? y : x;
}
#define __trap() emu_trap(__LINE__)
extern "C" EMU_HIDDEN void emu_trap(int line);

// ---- how the device finds and calls a kernel ----

enum class EmuForm { plain, checked };

// A kernel in one of its forms, with what a launch must know of it.
struct EmuKernel {
  const char *name;
  const char *file;
  EmuForm form;
  int maxThreads; // of __launch_bounds__, or 1024
  char *sharedFrom, *sharedTo;
  size_t argumentBytes;
  void (*copyArguments)(void *target, void **source);
  void (*call)(const void *arguments);
  EmuKernel *next;
};
extern "C" EMU_HIDDEN void emu_register(EmuKernel *);

template <auto F> struct EmuInvoker;
template <class... A, void (*F)(A...)> struct EmuInvoker<F> {
  using Arguments = std::tuple<std::remove_cv_t<A>...>;
  template <size_t... I>
  static void copy(void *target, void **source, std::index_sequence<I...>) {
    (void)source; // a kernel may have no arguments
    new (target) Arguments(*static_cast<std::remove_cv_t<A> *>(source[I])...);
  }
  static void copyArguments(void *target, void **source) {
    static_assert(std::is_trivially_destructible<Arguments>::value, "arguments are plain values");
    copy(target, source, std::index_sequence_for<A...>());
  }
  static void call(const void *arguments) {
    std::apply(F, *static_cast<const Arguments *>(arguments));
  }
};

// Of the arguments of __launch_bounds__, which may be missing.
constexpr int emu_max_threads(int threads = 1024, int = 0) { return threads; }

#define EMU_KERNEL(f, ...)                                                                         \
  static EmuKernel emu_kernel_##f = {#f,                                                           \
                                     EMU_FILE,                                                     \
                                     EMU_FORM,                                                     \
                                     emu_max_threads(__VA_ARGS__),                                 \
                                     emu_shared_from,                                              \
                                     emu_shared_to,                                                \
                                     sizeof(EmuInvoker<&f>::Arguments),                            \
                                     EmuInvoker<&f>::copyArguments,                                \
                                     EmuInvoker<&f>::call,                                         \
                                     nullptr};                                                     \
  static const bool emu_registered_##f = (emu_register(&emu_kernel_##f), true);
