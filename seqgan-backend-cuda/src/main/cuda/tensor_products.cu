// The products of products.cu on tensor cores. Larger tiles read each operand less often, where there are enough of them
// to keep a device busy.
#include "products.cuh"
#include "tensor.cuh"

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_tf32(const __grid_constant__ ProductList list) {
  multiply<tensor::Tile<tensor::Tf32, 64, 64>>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_tf32_large(
    const __grid_constant__ ProductList list) {
  multiply<tensor::Tile<tensor::Tf32, 128, 128>>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_bf16(const __grid_constant__ ProductList list) {
  multiply<tensor::Tile<tensor::Bf16, 64, 64>>(list);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) products_bf16_large(
    const __grid_constant__ ProductList list) {
  multiply<tensor::Tile<tensor::Bf16, 128, 128>>(list);
}
