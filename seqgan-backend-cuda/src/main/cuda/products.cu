// Matrix products in float32. One launch computes several: all that the gradient of a layer is made of.
#include "float_tile.cuh"
#include "products.cuh"

extern "C" __global__ void __launch_bounds__(FloatTile::THREADS) products(const __grid_constant__ ProductList list) {
  multiply<FloatTile>(list);
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
