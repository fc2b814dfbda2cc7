// adam_products of adam.cu on tensor cores.
#include "adam_products.cuh"
#include "tensor.cuh"

extern "C" __global__ void __launch_bounds__(tensor::THREADS) adam_products_tf32(
    const __grid_constant__ ProductSlotList list, Rates rates, float *__restrict__ partial) {
  updateByProducts<tensor::Tile<tensor::Tf32, 64, 64>>(list, rates, partial);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) adam_products_bf16(
    const __grid_constant__ ProductSlotList list, Rates rates, float *__restrict__ partial) {
  updateByProducts<tensor::Tile<tensor::Bf16, 64, 64>>(list, rates, partial);
}
