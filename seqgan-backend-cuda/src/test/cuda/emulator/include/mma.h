// Products of small matrices by a warp: the part of CUDA's nvcuda::wmma that the kernels use. A fragment is opaque to them,
// so how it is spread over the lanes need not be as on a device.
#pragma once
#include "cuda_bf16.h"

namespace nvcuda {
namespace wmma {
struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;
namespace precision {
struct tf32;
}
enum layout_t { mem_row_major };

// What a factor is in memory, and what a device makes of it.
template <class T> struct EmuFactor;
template <> struct EmuFactor<precision::tf32> {
  using Number = float;
  // A device ignores the lower bits: __float_to_tf32 is what rounds.
  static float value(float x) { return __uint_as_float(__float_as_uint(x) & 0xffffe000u); }
};
template <> struct EmuFactor<__nv_bfloat16> {
  using Number = __nv_bfloat16;
  static float value(__nv_bfloat16 x) { return __bfloat162float(x); }
};

// To nearest, ties away from zero.
inline float __float_to_tf32(float x) {
  return x != x ? x : __uint_as_float((__float_as_uint(x) + 0x1000u) & 0xffffe000u);
}

// Rows (of a) or columns (of b) of K factors; element e of all is element e / 32 of lane e % 32.
template <class Use, int M, int N, int K, class T, class Layout = void> struct fragment {
  static_assert(M == 16 && N == 16, "the shapes that are emulated");
  static constexpr int COUNT = 16 * K / 32;
  typename EmuFactor<T>::Number x[COUNT];
};
template <int M, int N, int K> struct fragment<accumulator, M, N, K, float, void> {
  static constexpr int COUNT = M * N / 32;
  float x[COUNT];
};

template <class T> void emuRequireAligned(const T *p, unsigned pitch) {
  if ((uintptr_t)p % 32 != 0 || pitch * sizeof(T) % 16 != 0) __trap();
}

template <int M, int N, int K> void fill_fragment(fragment<accumulator, M, N, K, float> &f, float value) {
  for (float &x : f.x) x = value;
}

// Both ways are the same here: the K factors of a row of a, or of a column of b, lie side by side.
template <class Use, int M, int N, int K, class T, class Layout, class Number>
void load_matrix_sync(fragment<Use, M, N, K, T, Layout> &f, const Number *p, unsigned pitch) {
  constexpr bool along = std::is_same<Use, matrix_a>::value ? std::is_same<Layout, row_major>::value
                                                            : std::is_same<Layout, col_major>::value;
  static_assert(along, "the layouts that are emulated");
  emuRequireAligned(p, pitch);
  __syncwarp();
  int lane = emu_lane();
  for (int i = 0; i < f.COUNT; i++) {
    int e = i * 32 + lane;
    f.x[i] = p[e / K * pitch + e % K];
  }
}

template <int M, int N, int K>
void store_matrix_sync(float *p, const fragment<accumulator, M, N, K, float> &f, unsigned pitch, layout_t) {
  emuRequireAligned(p, pitch);
  __syncwarp();
  int lane = emu_lane();
  for (int i = 0; i < f.COUNT; i++) {
    int e = i * 32 + lane;
    p[e / N * pitch + e % N] = f.x[i];
  }
}

// Shows every lane the factors of all: [16, K].
template <class T, int K, class F> void emuGather(const F &f, float (&all)[16 * K]) {
  static_assert(sizeof f.x <= 16, "an exchange moves 16 bytes");
  const unsigned char *slots = emu_warp_exchange(0xffffffffu, f.x, sizeof f.x, __LINE__);
  for (int lane = 0; lane < 32; lane++) {
    typename EmuFactor<T>::Number theirs[F::COUNT];
    memcpy(theirs, slots + 16 * lane, sizeof theirs);
    for (int i = 0; i < F::COUNT; i++) all[i * 32 + lane] = EmuFactor<T>::value(theirs[i]);
  }
}

template <int M, int N, int K, class T, class LayoutA, class LayoutB>
void mma_sync(fragment<accumulator, M, N, K, float> &d, const fragment<matrix_a, M, N, K, T, LayoutA> &a,
    const fragment<matrix_b, M, N, K, T, LayoutB> &b, const fragment<accumulator, M, N, K, float> &c) {
  float as[16 * K], bs[16 * K];
  emuGather<T, K>(a, as);
  emuGather<T, K>(b, bs);
  int lane = emu_lane();
  for (int i = 0; i < d.COUNT; i++) {
    int row = (i * 32 + lane) / N, column = (i * 32 + lane) % N;
    float sum = c.x[i];
    for (int k = 0; k < K; k++) sum += as[row * K + k] * bs[column * K + k];
    d.x[i] = sum;
  }
}
} // namespace wmma
} // namespace nvcuda
