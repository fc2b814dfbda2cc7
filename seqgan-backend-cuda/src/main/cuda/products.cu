// Matrix products in float32.
#include "common.cuh"

constexpr int TILE = 64;  // rows and columns of a block's result
constexpr int DEPTH = 16; // of the pieces that are in shared memory at a time
constexpr int EACH = 4;   // rows and columns of a thread's result
constexpr int SIDE = TILE / EACH;
constexpr int THREADS = SIDE * SIDE;

// One tile of A[m, k] B[k, n], of the terms `from` to `to` of each sum. A is given as [k, m] and B as [n, k] where they
// are transposed. Neighbouring threads read neighbouring words, whichever way a matrix lies.
template <bool TRANSPOSE_A, bool TRANSPOSE_B>
__device__ __forceinline__ void multiplyTile(const float *__restrict__ a, const float *__restrict__ b, int m, int n,
    int k, int from, int to, int row0, int column0, float (&sum)[EACH][EACH]) {
  __shared__ float as[DEPTH][TILE + 1]; // one more, or the threads of a row would share a bank
  __shared__ float bs[DEPTH][TILE + 1];
  for (int k0 = from; k0 < to; k0 += DEPTH) {
    for (int i = threadIdx.x; i < TILE * DEPTH; i += THREADS) {
      int ak = TRANSPOSE_A ? i / TILE : i % DEPTH, ar = TRANSPOSE_A ? i % TILE : i / DEPTH;
      bool hasA = row0 + ar < m && k0 + ak < to;
      as[ak][ar] = !hasA ? 0.0f : TRANSPOSE_A ? a[(size_t)(k0 + ak) * m + row0 + ar] : a[(size_t)(row0 + ar) * k + k0 + ak];
      int bk = TRANSPOSE_B ? i % DEPTH : i / TILE, bc = TRANSPOSE_B ? i / DEPTH : i % TILE;
      bool hasB = column0 + bc < n && k0 + bk < to;
      bs[bk][bc] = !hasB ? 0.0f : TRANSPOSE_B ? b[(size_t)(column0 + bc) * k + k0 + bk] : b[(size_t)(k0 + bk) * n + column0 + bc];
    }
    __syncthreads();
    int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
    for (int kk = 0; kk < DEPTH; kk++) {
      float x[EACH], y[EACH];
      for (int i = 0; i < EACH; i++) {
        x[i] = as[kk][ty * EACH + i];
        y[i] = bs[kk][tx + i * SIDE];
      }
      for (int i = 0; i < EACH; i++)
        for (int j = 0; j < EACH; j++) sum[i][j] += x[i] * y[j];
    }
    __syncthreads();
  }
}

// out[m, n] = activation(A B + bias), or out += A B; bias may be null. Where the result has few tiles and the sums are
// long, each of gridDim.z blocks makes `depth` terms of them, and out is [gridDim.z, m, n]: see combine_parts.
template <bool TRANSPOSE_A, bool TRANSPOSE_B>
__device__ __forceinline__ void multiply(const float *a, const float *b, const float *bias, float *out, int m, int n,
    int k, int depth, int accumulate, int activation) {
  int row0 = blockIdx.y * TILE, column0 = blockIdx.x * TILE;
  int from = blockIdx.z * depth;
  float sum[EACH][EACH] = {};
  multiplyTile<TRANSPOSE_A, TRANSPOSE_B>(a, b, m, n, k, from, min(from + depth, k), row0, column0, sum);
  out += (size_t)blockIdx.z * m * n;
  int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
  for (int i = 0; i < EACH; i++) {
    for (int j = 0; j < EACH; j++) {
      int row = row0 + ty * EACH + i, column = column0 + tx + j * SIDE;
      if (row < m && column < n) {
        size_t at = (size_t)row * n + column;
        float s = sum[i][j];
        if (accumulate) s += out[at];
        if (bias) s += bias[column];
        out[at] = activate(activation, s);
      }
    }
  }
}

#define PRODUCT(name, transposeA, transposeB)                                                                          \
  extern "C" __global__ void __launch_bounds__(THREADS) name(const float *__restrict__ a, const float *__restrict__ b, \
      const float *__restrict__ bias, float *__restrict__ out, int m, int n, int k, int depth, int accumulate,         \
      int activation) {                                                                                                \
    multiply<transposeA, transposeB>(a, b, bias, out, m, n, k, depth, accumulate, activation);                         \
  }
PRODUCT(matmul_nn, false, false)
PRODUCT(matmul_nt, false, true)
PRODUCT(matmul_tn, true, false)
PRODUCT(matmul_tt, true, true)

// out = activation(the sum of `parts` parts [parts, words], in their order, + bias), or out += it.
extern "C" __global__ void combine_parts(const float *__restrict__ part, int parts, const float *__restrict__ bias,
    int columns, float *__restrict__ out, int words, int accumulate, int activation) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  float sum = accumulate ? out[at] : 0.0f;
  for (int p = 0; p < parts; p++) sum += part[(size_t)p * words + at];
  if (bias) sum += bias[at % columns];
  out[at] = activate(activation, sum);
}

// dSum = dy activation'(y): what a linear map's gradients are made of.
extern "C" __global__ void activation_gradient(int activation, const float *__restrict__ y,
    const float *__restrict__ dy, float *__restrict__ dSum, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at < words) dSum[at] = dy[at] * slope(activation, y[at]);
}
