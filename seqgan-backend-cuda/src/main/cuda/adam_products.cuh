// Adam where the gradient is a product that is nowhere in memory: a block computes a tile of it and uses it at once.
#pragma once
#include "adam.cuh"
#include "products.cuh"

// The gradient of a matrix of weights [m, n]: inputs [m, k] times derivatives [n, k].
struct ProductSlot {
  Slot slot;
  Operand inputs, derivatives;
  int m, n, k;
  int blocks;
};
constexpr int PRODUCT_SLOTS = 16;
struct ProductSlotList {
  ProductSlot slots[PRODUCT_SLOTS];
};

// partial[block] = the sum of the squares of its gradients.
template <class Tile>
__device__ __forceinline__ void updateByProducts(const ProductSlotList &list, Rates rates, float *__restrict__ partial) {
  __shared__ __align__(32) unsigned char shared[Tile::SHARED_BYTES];
  int tile = blockIdx.x, which = 0;
  while (tile >= list.slots[which].blocks) tile -= list.slots[which++].blocks;
  const ProductSlot &product = list.slots[which];
  int across = (product.n + Tile::COLUMNS - 1) / Tile::COLUMNS;
  int row0 = tile / across * Tile::ROWS, column0 = tile % across * Tile::COLUMNS;
  Tile gradients;
  addProduct(gradients, shared, product.inputs, row0, product.m, product.derivatives, column0, product.n, 0, product.k);
  float squares = 0.0f;
  gradients.each(shared, [&](int i, int j, float gradient) {
    int row = row0 + i, column = column0 + j;
    if (row < product.m && column < product.n)
      squares += update(product.slot, (size_t)row * product.n + column, gradient, 1.0f, rates);
  });
  squares = blockSum(squares);
  if (threadIdx.x == 0) partial[blockIdx.x] = squares;
}
