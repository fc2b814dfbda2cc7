// Matrix products in float32. One launch computes several: all that the gradient of a layer is made of.
#include "common.cuh"

// An operand of a product as it lies in memory: element (i, k), where k is the axis that the product sums over.
struct Operand {
  const float *values;  // null: all elements are 1, so that the product sums the other operand
  const float *outputs; // not null: values are derivatives by these outputs of an activation, and the
                        // element is the derivative by its argument
  int stride;           // element (i, k) is at k * stride + i where across, else at i * stride + k
  int across;
  int activation; // of outputs
  int period;     // above 0: element (i, k) is that at k - 1, and 0 where k is a multiple of period:
                  // the step before, in sequences of so many steps
};

// out[m, n] = activation(the sum of A[m, k] B[n, k]^T over its terms + bias), or out += it.
constexpr int TERMS = 2;
struct Term {
  Operand a, b;
  int k;     // how long its sums are
  int parts; // into how many parts they are cut; each is a block of its own
  int depth; // elements of a part, a multiple of DEPTH
};
struct Product {
  Term terms[TERMS];
  float *out;        // [m, n]; where there are several parts in all, [parts, m, n], see combine
  const float *bias; // [n]; may be null
  int m, n;
  int blocks; // tiles times parts
  int accumulate, activation;
};
constexpr int PRODUCTS = 6;
struct ProductList {
  Product products[PRODUCTS];
};

constexpr int TILE = 64;  // rows and columns of a block's result
constexpr int DEPTH = 16; // of the pieces that are in shared memory at a time
constexpr int EACH = 4;   // rows and columns of a thread's result
constexpr int SIDE = TILE / EACH;
constexpr int TILE_THREADS = SIDE * SIDE;

__device__ __forceinline__ float elementOf(const Operand &operand, int i, int k) {
  if (!operand.values) return 1.0f;
  if (operand.period > 0) {
    if (k % operand.period == 0) return 0.0f;
    k--;
  }
  size_t at = operand.across ? (size_t)k * operand.stride + i : (size_t)i * operand.stride + k;
  float value = operand.values[at];
  return operand.outputs ? value * slope(operand.activation, operand.outputs[at]) : value;
}

// A piece of an operand, rows first .. first + TILE - 1 and terms k0 .. k0 + DEPTH - 1, into shared memory; zeros beyond
// its `rows` rows and its term `to`. Neighbouring threads read neighbouring words, whichever way it lies.
__device__ __forceinline__ void loadPiece(const Operand &operand, int first, int rows, int k0, int to,
    float (*piece)[TILE + 1]) {
  for (int i = threadIdx.x; i < TILE * DEPTH; i += TILE_THREADS) {
    int k = operand.across ? i / TILE : i % DEPTH, row = operand.across ? i % TILE : i / DEPTH;
    bool inside = first + row < rows && k0 + k < to;
    piece[k][row] = inside ? elementOf(operand, first + row, k0 + k) : 0.0f;
  }
}

extern "C" __global__ void __launch_bounds__(TILE_THREADS) products(const __grid_constant__ ProductList list) {
  __shared__ float as[DEPTH][TILE + 1]; // one more, or the threads of a row would share a bank
  __shared__ float bs[DEPTH][TILE + 1];
  int block = blockIdx.x, which = 0;
  while (block >= list.products[which].blocks) block -= list.products[which++].blocks;
  const Product &product = list.products[which];
  int across = (product.n + TILE - 1) / TILE, tiles = across * ((product.m + TILE - 1) / TILE);
  int tile = block % tiles, part = block / tiles;
  int row0 = tile / across * TILE, column0 = tile % across * TILE;
  int inTerm = part;
  const Term *term = product.terms;
  while (inTerm >= term->parts) inTerm -= (term++)->parts;

  float sum[EACH][EACH] = {};
  int ty = threadIdx.x / SIDE, tx = threadIdx.x % SIDE;
  int from = inTerm * term->depth, to = min(from + term->depth, term->k);
  for (int k0 = from; k0 < to; k0 += DEPTH) {
    loadPiece(term->a, row0, product.m, k0, to, as);
    loadPiece(term->b, column0, product.n, k0, to, bs);
    __syncthreads();
    for (int k = 0; k < DEPTH; k++) {
      float x[EACH], y[EACH];
      for (int i = 0; i < EACH; i++) {
        x[i] = as[k][ty * EACH + i];
        y[i] = bs[k][tx + i * SIDE];
      }
      for (int i = 0; i < EACH; i++)
        for (int j = 0; j < EACH; j++) sum[i][j] += x[i] * y[j];
    }
    __syncthreads();
  }

  float *out = product.out + (size_t)part * product.m * product.n;
  for (int i = 0; i < EACH; i++) {
    for (int j = 0; j < EACH; j++) {
      int row = row0 + ty * EACH + i, column = column0 + tx + j * SIDE;
      if (row < product.m && column < product.n) {
        size_t at = (size_t)row * product.n + column;
        float s = sum[i][j];
        if (product.accumulate) s += out[at];
        if (product.bias) s += product.bias[column];
        out[at] = activate(product.activation, s);
      }
    }
  }
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
