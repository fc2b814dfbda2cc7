// A bank of convolutions over time, and what they read.
#pragma once
#include "common.cuh"

constexpr int MOST_WIDTHS = 48;
constexpr int FILTERS_OF_A_TILE = 64;

// The filters of one width.
struct Filters {
  const float *weights; // [width * features, filters]
  const float *bias;    // [filters]
  float *dWeights, *dBias;
  int width, filters;
  int firstColumn; // of the output
  int unused;
};
struct Bank {
  Filters of[MOST_WIDTHS];
  int widths, features;
};

__device__ __forceinline__ int pieces(int size, int piece) { return (size + piece - 1) / piece; }

// Which filters a block has to do with, where each width has blocksOf(filters) blocks, and which of these it is.
template <class Count>
__device__ __forceinline__ const Filters &filtersOf(const Bank &bank, Count blocksOf, int &block) {
  int i = 0;
  for (; i + 1 < bank.widths && block >= blocksOf(bank.of[i]); i++) block -= blocksOf(bank.of[i]);
  return bank.of[i];
}

// Where a sequence's steps are: rows of x [batch, time, features], or of a table by ids.
struct Steps {
  const float *rows;
  const int *ids; // [batch, time], or null
  int tableRows;
};

__device__ __forceinline__ int windowsOf(int length, int width) { return max(length - width, 0) + 1; }
