// One step of Adam over all parameters of a model. A block takes a chunk of one parameter, of which it may have a
// penalty: the gradient is then gradient + l2 parameter.
#include "adam_products.cuh"
#include "float_tile.cuh"

constexpr int SLOTS = 64;
constexpr int CHUNK = 2048; // elements of a block
struct SlotList {
  Slot slots[SLOTS];
};

// Which chunk of which slot a block takes.
__device__ __forceinline__ const Slot &slotOf(const SlotList &list, int &chunk) {
  int which = 0;
  chunk = blockIdx.x;
  while (chunk >= (list.slots[which].size + CHUNK - 1) / CHUNK) chunk -= (list.slots[which++].size + CHUNK - 1) / CHUNK;
  return list.slots[which];
}

// partial[block] = the sum of the squares of its gradients.
extern "C" __global__ void adam_squares(const __grid_constant__ SlotList list, float *__restrict__ partial) {
  int chunk;
  const Slot &slot = slotOf(list, chunk);
  int to = min((chunk + 1) * CHUNK, slot.size);
  float sum = 0.0f;
  for (int i = chunk * CHUNK + threadIdx.x; i < to; i += blockDim.x) {
    float g = slot.gradient[i] + slot.l2 * slot.parameter[i];
    sum += g * g;
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}

// Where clip is above 0, partial holds the squares of `partials` blocks, and gradients are scaled so that the norm of all is
// at most clip. Where it is 0, each block leaves its squares in partial.
extern "C" __global__ void adam_update(const __grid_constant__ SlotList list, Rates rates, float clip,
    float *__restrict__ partial, int partials) {
  float scale = 1.0f;
  if (clip > 0.0f) {
    float squares = 0.0f;
    for (int i = threadIdx.x; i < partials; i += blockDim.x) squares += partial[i];
    scale = clip / larger(sqrtf(blockSum(squares)), clip);
  }
  int chunk;
  const Slot &slot = slotOf(list, chunk);
  int to = min((chunk + 1) * CHUNK, slot.size);
  float sum = 0.0f;
  for (int i = chunk * CHUNK + threadIdx.x; i < to; i += blockDim.x)
    sum += update(slot, i, slot.gradient[i], scale, rates);
  if (clip == 0.0f) {
    sum = blockSum(sum);
    if (threadIdx.x == 0) partial[blockIdx.x] = sum;
  }
}

extern "C" __global__ void __launch_bounds__(FloatTile::THREADS) adam_products(
    const __grid_constant__ ProductSlotList list, Rates rates, float *__restrict__ partial) {
  updateByProducts<FloatTile>(list, rates, partial);
}

// norm = the root of the sum of the parts; one block.
extern "C" __global__ void root_of_sum(const float *__restrict__ partial, int partials, float *__restrict__ norm) {
  float sum = 0.0f;
  for (int i = threadIdx.x; i < partials; i += blockDim.x) sum += partial[i];
  sum = blockSum(sum);
  if (threadIdx.x == 0) norm[0] = sqrtf(sum);
}
