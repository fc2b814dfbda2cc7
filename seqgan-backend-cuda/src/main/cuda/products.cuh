// What matrix products are made of, in whichever numbers they multiply.
#pragma once
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
  int depth; // elements of a part, a multiple of 16
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

// tile = the product of rows row0 .. of A [m, k] and column0 .. of B [n, k], over the terms from .. to - 1.
template <class Tile>
__device__ __forceinline__ void addProduct(Tile &tile, unsigned char *shared, const Operand &a, int row0, int m,
    const Operand &b, int column0, int n, int from, int to) {
  tile.clear();
  tile.add(
      shared, a.across, [&](int i, int k) { return row0 + i < m ? elementOf(a, row0 + i, k) : 0.0f; },
      b.across, [&](int j, int k) { return column0 + j < n ? elementOf(b, column0 + j, k) : 0.0f; }, from, to);
}

// What a block has to do: a tile of a product, or of one of its parts.
struct Work {
  const Product *product;
  const Term *term;
  int part;         // of the product
  int from, to;     // of the term
  int row0, column0; // where the tile begins
};

// Which of the products' tiles, so many rows and columns each, a block computes.
__device__ __forceinline__ Work workOf(const ProductList &list, int block, int rows, int columns) {
  int which = 0;
  while (block >= list.products[which].blocks) block -= list.products[which++].blocks;
  const Product &product = list.products[which];
  int across = (product.n + columns - 1) / columns, tiles = across * ((product.m + rows - 1) / rows);
  int tile = block % tiles, part = block / tiles, inTerm = part;
  const Term *term = product.terms;
  while (inTerm >= term->parts) inTerm -= (term++)->parts;
  int from = inTerm * term->depth;
  return {&product, term, part, from, min(from + term->depth, term->k), tile / across * rows, tile % across * columns};
}

// Takes in the sum of an element of the result, or of one of its parts.
__device__ __forceinline__ void finish(const Work &work, int row, int column, float sum) {
  const Product &product = *work.product;
  if (row >= product.m || column >= product.n) return;
  float *out = product.out + (size_t)work.part * product.m * product.n;
  size_t at = (size_t)row * product.n + column;
  if (product.accumulate) sum += out[at];
  if (product.bias) sum += product.bias[column];
  out[at] = activate(product.activation, sum);
}

// Computes a block's tile of the products. A Tile has so many rows and columns, and adds up in which numbers it likes.
template <class Tile> __device__ __forceinline__ void multiply(const ProductList &list) {
  __shared__ __align__(32) unsigned char shared[Tile::SHARED_BYTES];
  Work work = workOf(list, blockIdx.x, Tile::ROWS, Tile::COLUMNS);
  Tile tile;
  addProduct(tile, shared, work.term->a, work.row0, work.product->m, work.term->b, work.column0, work.product->n,
      work.from, work.to);
  tile.each(shared, [&](int i, int j, float sum) { finish(work, work.row0 + i, work.column0 + j, sum); });
}
