// Matrix products in float32. One launch computes several: all that the gradient of a layer is made of.
#include "products.cuh"

constexpr int TILE = 64;  // rows and columns of a block's result
constexpr int DEPTH = 16; // of the pieces that are in shared memory at a time
constexpr int EACH = 4;   // rows and columns of a thread's result, which are one vector
constexpr int SIDE = TILE / EACH;
constexpr int TILE_THREADS = SIDE * SIDE;
constexpr int PITCH = TILE + EACH; // of a line in shared memory: vectors lie at multiples of their size, and few threads share a bank

// A piece of an operand, rows first .. first + TILE - 1 and terms k0 .. k0 + DEPTH - 1, into shared memory; zeros beyond
// its `rows` rows and its term `to`. Neighbouring threads read neighbouring words, whichever way it lies.
__device__ __forceinline__ void loadPiece(const Operand &operand, int first, int rows, int k0, int to,
    float (*piece)[PITCH]) {
  for (int i = threadIdx.x; i < TILE * DEPTH; i += TILE_THREADS) {
    int k = operand.across ? i / TILE : i % DEPTH, row = operand.across ? i % TILE : i / DEPTH;
    bool inside = first + row < rows && k0 + k < to;
    piece[k][row] = inside ? elementOf(operand, first + row, k0 + k) : 0.0f;
  }
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS) products(const __grid_constant__ ProductList list) {
  __shared__ __align__(16) float as[DEPTH][PITCH];
  __shared__ __align__(16) float bs[DEPTH][PITCH];
  Work work = workOf(list, blockIdx.x, TILE, TILE);
  float sum[EACH][EACH] = {};
  int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
  for (int k0 = work.from; k0 < work.to; k0 += DEPTH) {
    loadPiece(work.term->a, work.row0, work.product->m, k0, work.to, as);
    loadPiece(work.term->b, work.column0, work.product->n, k0, work.to, bs);
    __syncthreads();
    for (int k = 0; k < DEPTH; k++) {
      float4 x = *reinterpret_cast<const float4 *>(&as[k][ty * EACH]);
      float4 y = *reinterpret_cast<const float4 *>(&bs[k][tx * EACH]);
      float xs[EACH] = {x.x, x.y, x.z, x.w}, ys[EACH] = {y.x, y.y, y.z, y.w};
      for (int i = 0; i < EACH; i++)
        for (int j = 0; j < EACH; j++) sum[i][j] += xs[i] * ys[j];
    }
    __syncthreads();
  }
  for (int i = 0; i < EACH; i++)
    for (int j = 0; j < EACH; j++) finish(work, work.row0 + ty * EACH + i, work.column0 + tx * EACH + j, sum[i][j]);
}

// out[words] = activation(the sum of parts [parts, words], in their order, + bias), or out += it: of each product that
// was cut into parts.
struct Combination {
  const float *parts;
  const float *bias; // [columns]; may be null
  float *out;
  int count; // of parts
  int columns, words;
  int blocks;
  int accumulate, activation;
};
struct CombinationList {
  Combination combinations[PRODUCTS];
};
extern "C" __global__ void combine(const __grid_constant__ CombinationList list) {
  int block = blockIdx.x, which = 0;
  while (block >= list.combinations[which].blocks) block -= list.combinations[which++].blocks;
  const Combination &sum = list.combinations[which];
  int at = block * blockDim.x + threadIdx.x;
  if (at >= sum.words) return;
  float s = sum.accumulate ? sum.out[at] : 0.0f;
  for (int p = 0; p < sum.count; p++) s += sum.parts[(size_t)p * sum.words + at];
  if (sum.bias) s += sum.bias[at % sum.columns];
  sum.out[at] = activate(sum.activation, s);
}

// The same for one product of few elements and long sums, one term: a warp for each element.
extern "C" __global__ void dot_products(const __grid_constant__ Product product) {
  int at = blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
  if (at >= product.m * product.n) return;
  const Term &term = product.terms[0];
  int row = at / product.n, column = at % product.n, lane = threadIdx.x % WARP;
  float sum = 0.0f;
  for (int k = lane; k < term.k; k += WARP) sum += elementOf(term.a, row, k) * elementOf(term.b, column, k);
  sum = warpSum(sum);
  if (lane == 0) {
    if (product.accumulate) sum += product.out[at];
    if (product.bias) sum += product.bias[column];
    product.out[at] = activate(product.activation, sum);
  }
}
