// The products of products.cu on tensor cores. Larger tiles read each operand less often, where there are enough of them
// to keep a device busy.
#include "products.cuh"
#include "tensor.cuh"

template <class Precision, int SIDE> __device__ __forceinline__ void multiply(const ProductList &list) {
  using Tile = tensor::Tile<Precision, SIDE, SIDE>;
  __shared__ __align__(32) unsigned char shared[Tile::SHARED_BYTES];
  Work work = workOf(list, blockIdx.x, SIDE, SIDE);
  const Operand &a = work.term->a, &b = work.term->b;
  int m = work.product->m, n = work.product->n;
  Tile tile;
  tile.clear();
  tile.add(
      shared, a.across, [&](int i, int k) { return work.row0 + i < m ? elementOf(a, work.row0 + i, k) : 0.0f; },
      b.across, [&](int j, int k) { return work.column0 + j < n ? elementOf(b, work.column0 + j, k) : 0.0f; },
      work.from, work.to);
  tile.each(shared, [&](int i, int j, float sum) { finish(work, work.row0 + i, work.column0 + j, sum); });
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_tf32(const __grid_constant__ ProductList list) {
  multiply<tensor::Tf32, 64>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_tf32_large(
    const __grid_constant__ ProductList list) {
  multiply<tensor::Tf32, 128>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_bf16(const __grid_constant__ ProductList list) {
  multiply<tensor::Bf16, 64>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_bf16_large(
    const __grid_constant__ ProductList list) {
  multiply<tensor::Bf16, 128>(list);
}
