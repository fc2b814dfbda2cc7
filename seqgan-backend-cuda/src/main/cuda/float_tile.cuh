// Tiles of products in float32.
#pragma once
#include "common.cuh"

// The sums of a block's tile, in the registers of its threads: EACH x EACH neighbours of each.
class FloatTile {
  static constexpr int DEPTH = 16; // of the pieces that are in shared memory at a time
  static constexpr int EACH = 4;   // a vector
  static constexpr int SIDE = 16;
  // Of a line in shared memory: vectors lie at multiples of their size, and few threads share a bank.
  static constexpr int PITCH = SIDE * EACH + EACH;

  float sums[EACH][EACH];

  // Terms k0 .. k0 + DEPTH - 1 of all rows of a factor, zeros from the term `to` on. Neighbouring threads read neighbouring
  // words, whichever way the factor lies.
  template <class Element>
  static __device__ __forceinline__ void load(float (*piece)[PITCH], bool across, int k0, int to, Element element) {
    for (int i = threadIdx.x; i < ROWS * DEPTH; i += THREADS) {
      int k = across ? i / ROWS : i % DEPTH, row = across ? i % ROWS : i / DEPTH;
      piece[k][row] = k0 + k < to ? element(row, k0 + k) : 0.0f;
    }
  }

public:
  static constexpr int ROWS = SIDE * EACH, COLUMNS = SIDE * EACH, THREADS = SIDE * SIDE;
  static constexpr int SHARED_BYTES = 2 * DEPTH * PITCH * (int)sizeof(float);

  __device__ __forceinline__ void clear() {
    for (int i = 0; i < EACH; i++)
      for (int j = 0; j < EACH; j++) sums[i][j] = 0.0f;
  }

  // Adds a(row, k) b(column, k) for the terms from .. to - 1.
  template <class A, class B>
  __device__ __forceinline__ void add(unsigned char *shared, bool aAcross, A a, bool bAcross, B b, int from, int to) {
    auto as = reinterpret_cast<float (*)[PITCH]>(shared);
    auto bs = as + DEPTH;
    int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
    for (int k0 = from; k0 < to; k0 += DEPTH) {
      __syncthreads(); // the pieces before are done with
      load(as, aAcross, k0, to, a);
      load(bs, bAcross, k0, to, b);
      __syncthreads();
      for (int k = 0; k < DEPTH; k++) {
        float4 x = *reinterpret_cast<const float4 *>(&as[k][ty * EACH]);
        float4 y = *reinterpret_cast<const float4 *>(&bs[k][tx * EACH]);
        float xs[EACH] = {x.x, x.y, x.z, x.w}, ys[EACH] = {y.x, y.y, y.z, y.w};
        for (int i = 0; i < EACH; i++)
          for (int j = 0; j < EACH; j++) sums[i][j] += xs[i] * ys[j];
      }
    }
  }

  // Gives every element to some thread: use(row, column, sum).
  template <class Use> __device__ __forceinline__ void each(unsigned char *, Use use) {
    int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
    for (int i = 0; i < EACH; i++)
      for (int j = 0; j < EACH; j++) use(ty * EACH + i, tx * EACH + j, sums[i][j]);
  }
};
