// The negative log-likelihood of targets, and its derivative by the logits.
#include "common.cuh"

// losses[row] = -weight log softmax(logits)[target] and dLogits = weight (softmax(logits) - onehot(target)); a weight for
// each row, or where weights is null the same for all. A wrong target gives zeros. dLogits may be logits. One block a row.
extern "C" __global__ void cross_entropy_rows(const float *logits, int length, const int *__restrict__ targets,
    const float *__restrict__ weights, float sameWeight, float *__restrict__ losses, float *dLogits, int operation,
    int *fault) {
  int row = blockIdx.x, target = targets[row];
  const float *from = logits + (size_t)row * length;
  float *to = dLogits + (size_t)row * length;
  float largest = -INFINITY;
  for (int k = threadIdx.x; k < length; k += blockDim.x) largest = larger(largest, from[k]);
  largest = blockMax(largest);
  float sum = 0.0f;
  for (int k = threadIdx.x; k < length; k += blockDim.x) sum += expf(from[k] - largest);
  sum = blockSum(sum);
  bool exists = target >= 0 && target < length;
  float weight = !exists ? 0.0f : weights ? weights[row] : sameWeight;
  if (threadIdx.x == 0) {
    isRow(target, length, row, operation, fault);
    // A weight of 0 is padding, whose log-probability may be minus infinity.
    losses[row] = weight == 0.0f ? 0.0f : -weight * (from[target] - largest - logf(sum));
  }
  __syncthreads(); // dLogits may be logits: all have read the target's
  for (int k = threadIdx.x; k < length; k += blockDim.x)
    to[k] = weight * (expf(from[k] - largest) / sum - (k == target ? 1.0f : 0.0f));
}

// The same of few classes and equal weights, with the sum of the losses: a thread for each row, one block.
extern "C" __global__ void __launch_bounds__(1024) cross_entropy_labels(const float *__restrict__ logits, int rows,
    int length, const int *__restrict__ targets, float weight, float *__restrict__ loss, float *__restrict__ dLogits,
    int operation, int *fault) {
  float sumOfLosses = 0.0f;
  for (int row = threadIdx.x; row < rows; row += blockDim.x) {
    const float *from = logits + (size_t)row * length;
    float *to = dLogits + (size_t)row * length;
    int target = targets[row];
    bool exists = isRow(target, length, row, operation, fault);
    float largest = -INFINITY, sum = 0.0f;
    for (int k = 0; k < length; k++) largest = larger(largest, from[k]);
    for (int k = 0; k < length; k++) sum += expf(from[k] - largest);
    for (int k = 0; k < length; k++)
      to[k] = exists ? weight * (expf(from[k] - largest) / sum - (k == target ? 1.0f : 0.0f)) : 0.0f;
    if (exists) sumOfLosses -= weight * (from[target] - largest - logf(sum));
  }
  sumOfLosses = blockSum(sumOfLosses);
  if (threadIdx.x == 0) *loss = sumOfLosses;
}
