// Tiles of products on tensor cores, from compute capability 8.0 on: factors are rounded to few bits, sums are float32.
#pragma once
#include "common.cuh"
#include <cuda_bf16.h>
#include <mma.h>

namespace tensor {
namespace wmma = nvcuda::wmma;

constexpr int SIDE = 16;  // of a fragment of the result
constexpr int DEPTH = 32; // of the pieces that are in shared memory at a time
constexpr int WARPS_DOWN = 2, WARPS_ACROSS = 4; // of a block
constexpr int THREADS = WARPS_DOWN * WARPS_ACROSS * WARP;

// How factors are rounded, how many of them a fragment sums over, and how far apart the rows of a piece lie: so that
// the lanes of a warp do not share a bank.
struct Tf32 {
  using Number = float;
  using Factor = wmma::precision::tf32;
  static constexpr int STEP = 8, PITCH = DEPTH + 4;
  static __device__ __forceinline__ Number round(float x) { return wmma::__float_to_tf32(x); }
};
struct Bf16 {
  using Number = __nv_bfloat16;
  using Factor = __nv_bfloat16;
  static constexpr int STEP = 16, PITCH = DEPTH + 8;
  static __device__ __forceinline__ Number round(float x) { return __float2bfloat16_rn(x); }
};

// The sums of a block's tile in the registers of its warps; each has a part of the tile, of DOWN x ACROSS
// fragments. Loops over them are unrolled, or an index that the compiler does not know would put them into memory.
template <class Precision, int TILE_ROWS, int TILE_COLUMNS> class Tile {
  using Number = typename Precision::Number;
  static constexpr int STEP = Precision::STEP, PITCH = Precision::PITCH;
  static constexpr int DOWN = TILE_ROWS / WARPS_DOWN / SIDE, ACROSS = TILE_COLUMNS / WARPS_ACROSS / SIDE;
  static constexpr int OUT_PITCH = SIDE + 4;

  template <class Use, class Layout>
  using Factors = wmma::fragment<Use, SIDE, SIDE, STEP, typename Precision::Factor, Layout>;

  wmma::fragment<wmma::accumulator, SIDE, SIDE, STEP, float> sums[DOWN][ACROSS];

  static __device__ __forceinline__ int warp() { return threadIdx.x / WARP; }
  static __device__ __forceinline__ int firstRow() { return warp() / WARPS_ACROSS * DOWN * SIDE; }
  static __device__ __forceinline__ int firstColumn() { return warp() % WARPS_ACROSS * ACROSS * SIDE; }

  // Terms k0 .. k0 + DEPTH - 1 of some rows of a factor, zeros from the term `to` on. Neighbouring threads read neighbouring
  // words: terms of a row or, where the factor lies `across`, eight rows of a term.
  template <class Element>
  static __device__ __forceinline__ void load(Number (*piece)[PITCH], int rows, bool across, int k0, int to, Element element) {
    constexpr int TOGETHER = 8, TERMS_OF_A_WARP = WARP / TOGETHER;
    int lane = threadIdx.x % WARP;
    for (int i = threadIdx.x; i < rows * DEPTH; i += THREADS) {
      int ofWarp = i / WARP;
      int row = across ? ofWarp / (DEPTH / TERMS_OF_A_WARP) * TOGETHER + lane % TOGETHER : i / DEPTH;
      int k = across ? ofWarp % (DEPTH / TERMS_OF_A_WARP) * TERMS_OF_A_WARP + lane / TOGETHER : i % DEPTH;
      piece[row][k] = Precision::round(k0 + k < to ? element(row, k0 + k) : 0.0f);
    }
  }

public:
  static constexpr int ROWS = TILE_ROWS, COLUMNS = TILE_COLUMNS;
  // What a tile needs of a block's shared memory, at a multiple of 32 bytes.
  static constexpr int PIECES = (ROWS + COLUMNS) * PITCH * (int)sizeof(Number);
  static constexpr int OUTPUTS = WARPS_DOWN * WARPS_ACROSS * SIDE * OUT_PITCH * (int)sizeof(float);
  static constexpr int SHARED_BYTES = PIECES > OUTPUTS ? PIECES : OUTPUTS;

  __device__ __forceinline__ void clear() {
#pragma unroll
    for (int i = 0; i < DOWN; i++)
#pragma unroll
      for (int j = 0; j < ACROSS; j++) wmma::fill_fragment(sums[i][j], 0.0f);
  }

  // Adds a(row, k) b(column, k) for the terms from .. to - 1.
  template <class A, class B>
  __device__ __forceinline__ void add(unsigned char *shared, bool aAcross, A a, bool bAcross, B b, int from, int to) {
    auto as = reinterpret_cast<Number (*)[PITCH]>(shared);
    auto bs = as + ROWS;
    for (int k0 = from; k0 < to; k0 += DEPTH) {
      __syncthreads(); // the pieces before are done with
      load(as, ROWS, aAcross, k0, to, a);
      load(bs, COLUMNS, bAcross, k0, to, b);
      __syncthreads();
#pragma unroll
      for (int k = 0; k < DEPTH; k += STEP) {
        Factors<wmma::matrix_a, wmma::row_major> rows[DOWN];
#pragma unroll
        for (int i = 0; i < DOWN; i++) wmma::load_matrix_sync(rows[i], &as[firstRow() + i * SIDE][k], PITCH);
#pragma unroll
        for (int j = 0; j < ACROSS; j++) {
          Factors<wmma::matrix_b, wmma::col_major> columns;
          wmma::load_matrix_sync(columns, &bs[firstColumn() + j * SIDE][k], PITCH);
#pragma unroll
          for (int i = 0; i < DOWN; i++) wmma::mma_sync(sums[i][j], rows[i], columns, sums[i][j]);
        }
      }
    }
  }

  // Gives every element to some thread: use(row, column, sum).
  template <class Use> __device__ __forceinline__ void each(unsigned char *shared, Use use) {
    float *mine = reinterpret_cast<float *>(shared) + warp() * SIDE * OUT_PITCH;
    __syncthreads(); // the pieces are done with
#pragma unroll
    for (int i = 0; i < DOWN; i++) {
#pragma unroll
      for (int j = 0; j < ACROSS; j++) {
        wmma::store_matrix_sync(mine, sums[i][j], OUT_PITCH, wmma::mem_row_major);
        __syncwarp();
        for (int e = threadIdx.x % WARP; e < SIDE * SIDE; e += WARP)
          use(firstRow() + i * SIDE + e / SIDE, firstColumn() + j * SIDE + e % SIDE, mine[e / SIDE * OUT_PITCH + e % SIDE]);
        __syncwarp();
      }
    }
  }

  // Leaves all elements in shared memory, in rows that are `pitch` apart.
  __device__ __forceinline__ void store(float *shared, int pitch) {
    __syncthreads(); // the pieces are done with
#pragma unroll
    for (int i = 0; i < DOWN; i++)
#pragma unroll
      for (int j = 0; j < ACROSS; j++)
        wmma::store_matrix_sync(shared + (firstRow() + i * SIDE) * pitch + firstColumn() + j * SIDE, sums[i][j], pitch,
            wmma::mem_row_major);
    __syncthreads();
  }
};
} // namespace tensor
