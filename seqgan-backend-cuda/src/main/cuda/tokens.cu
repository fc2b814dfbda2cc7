// Tokens from hidden states: draws and log-probabilities, by logits h W + b that are never in memory as a whole.
//
// A block has 8 rows of h, a warp of it every fourth segment of 128 tokens. Of a row's segment only the largest logit
// and the sum of exponentials are kept; where a token of it is wanted, its logits are made again.
#include "common.cuh"

constexpr int ROWS = 8;
constexpr int WARPS = 4;
constexpr int EACH = 4; // neighbouring tokens of a lane
constexpr int SEGMENT = WARP * EACH;

// What a block keeps in dynamic shared memory.
struct Shared {
  float *h;       // [ROWS, hidden]
  float *largest; // [ROWS, segments]: of logits
  float *sums;    // [ROWS, segments]: of exponentials of scale * (logit - largest)
  int segments;
};

__device__ __forceinline__ Shared layOut(float *memory, int hidden, int vocabulary) {
  int segments = (vocabulary + SEGMENT - 1) / SEGMENT;
  float *largest = memory + ROWS * hidden;
  return {memory, largest, largest + ROWS * segments, segments};
}

// Logits of N rows for the lane's tokens of a segment; minus infinity where there is no token.
template <int N>
__device__ __forceinline__ void logitsOf(const float *h, const float *__restrict__ w, const float *__restrict__ b,
    int hidden, int vocabulary, int segment, float (&logits)[N][EACH]) {
  int v0 = segment * SEGMENT + threadIdx.x % WARP * EACH;
  for (int r = 0; r < N; r++)
    for (int j = 0; j < EACH; j++) logits[r][j] = 0.0f;
  for (int i = 0; i < hidden; i++) {
    float column[EACH];
    for (int j = 0; j < EACH; j++) column[j] = v0 + j < vocabulary ? w[(size_t)i * vocabulary + v0 + j] : 0.0f;
    for (int r = 0; r < N; r++) {
      float x = h[r * hidden + i];
      for (int j = 0; j < EACH; j++) logits[r][j] += x * column[j];
    }
  }
  for (int j = 0; j < EACH; j++) {
    bool exists = v0 + j < vocabulary;
    float bias = exists ? b[v0 + j] : 0.0f;
    for (int r = 0; r < N; r++) logits[r][j] = exists ? logits[r][j] + bias : -INFINITY;
  }
}

struct Sum {
  __device__ float operator()(float a, float b) const { return a + b; }
};
// What is no number is passed over here and stays one in the sum, and so in every logarithm.
struct Larger {
  __device__ float operator()(float a, float b) const { return fmaxf(a, b); }
};

// Reduces a number of each row over the lanes; lane l gets that of row l / 4. At each step a lane passes on half of its
// rows and keeps the others: 9 exchanges, where 8 reductions of a warp would be 40.
template <class Reduce> __device__ __forceinline__ float reduceRows(float (&x)[ROWS], Reduce reduce) {
  int lane = threadIdx.x % WARP;
  for (int half = ROWS / 2, d = WARP / 2; half > 0; half /= 2, d /= 2) {
    bool upper = lane & d;
    for (int r = 0; r < half; r++) {
      float kept = upper ? x[r + half] : x[r];
      float passed = upper ? x[r] : x[r + half];
      x[r] = reduce(kept, __shfl_xor_sync(ALL_LANES, passed, d));
    }
  }
  for (int d = WARP / ROWS / 2; d > 0; d /= 2) x[0] = reduce(x[0], __shfl_xor_sync(ALL_LANES, x[0], d));
  return x[0];
}

// Loads the block's rows and fills in their segments.
__device__ __forceinline__ void fillSegments(Shared s, const float *__restrict__ h, const float *__restrict__ w,
    const float *__restrict__ b, int n, int hidden, int vocabulary, float scale) {
  int row0 = blockIdx.x * ROWS, lane = threadIdx.x % WARP;
  for (int i = threadIdx.x; i < ROWS * hidden; i += blockDim.x) {
    int row = row0 + i / hidden;
    s.h[i] = row < n ? h[(size_t)row * hidden + i % hidden] : 0.0f;
  }
  __syncthreads();
  for (int segment = threadIdx.x / WARP; segment < s.segments; segment += WARPS) {
    float logits[ROWS][EACH], ofRows[ROWS];
    logitsOf<ROWS>(s.h, w, b, hidden, vocabulary, segment, logits);
    for (int r = 0; r < ROWS; r++) {
      ofRows[r] = logits[r][0];
      for (int j = 1; j < EACH; j++) ofRows[r] = fmaxf(ofRows[r], logits[r][j]);
    }
    float largest = reduceRows(ofRows, Larger());
    for (int r = 0; r < ROWS; r++) {
      float m = __shfl_sync(ALL_LANES, largest, r * (WARP / ROWS));
      ofRows[r] = 0.0f;
      for (int j = 0; j < EACH; j++) ofRows[r] += expf(scale * (logits[r][j] - m));
    }
    float sum = reduceRows(ofRows, Sum());
    if (lane % (WARP / ROWS) == 0) {
      int at = lane / (WARP / ROWS) * s.segments + segment;
      s.largest[at] = largest;
      s.sums[at] = sum;
    }
  }
  __syncthreads();
}

// A row's largest logit; every lane gets it.
__device__ __forceinline__ float largestOf(Shared s, int row) {
  float largest = -INFINITY;
  for (int k = threadIdx.x % WARP; k < s.segments; k += WARP) largest = fmaxf(largest, s.largest[row * s.segments + k]);
  return warpMax(largest);
}

// An item of many, and what is left for it of the threshold.
struct Place {
  int item;
  double rest;
};

// The first item at which the sum of weights passes a threshold: `part` of their total, or `part` itself. Where by
// rounding none does, the last that has any weight. A lane looks after items that follow one another.
template <class Weight>
__device__ __forceinline__ Place search(int items, Weight weight, double part, bool ofTotal) {
  int lane = threadIdx.x % WARP;
  int each = (items + WARP - 1) / WARP;
  int from = min(lane * each, items), to = min(from + each, items);
  double mine = 0.0;
  for (int i = from; i < to; i++) mine += weight(i);
  double upToMine = mine;
  for (int d = 1; d < WARP; d *= 2) {
    double before = __shfl_up_sync(ALL_LANES, upToMine, d);
    if (lane >= d) upToMine += before;
  }
  double threshold = ofTotal ? part * __shfl_sync(ALL_LANES, upToMine, WARP - 1) : part;
  unsigned passes = __ballot_sync(ALL_LANES, mine > 0.0 && upToMine > threshold);
  unsigned positive = __ballot_sync(ALL_LANES, mine > 0.0);
  int chosen = passes ? __ffs((int)passes) - 1 : positive ? WARP - 1 - __clz((int)positive) : 0;
  Place place = {from, 0.0};
  if (lane == chosen) {
    double below = upToMine - mine;
    for (int i = from; i < to; i++) {
      double here = weight(i);
      if (here > 0.0) place = {i, threshold - below};
      if (here > 0.0 && below + here > threshold) break;
      below += here;
    }
  }
  return {__shfl_sync(ALL_LANES, place.item, chosen), __shfl_sync(ALL_LANES, place.rest, chosen)};
}

// out[row] = the first token at which the sum of softmax(scale * logits) passes the row's draw: number which[row] of the
// draws, or number row where which is null. Grid n / 8, block 128.
extern "C" __global__ void __launch_bounds__(WARPS *WARP) sample_tokens(const float *__restrict__ h,
    const float *__restrict__ w, const float *__restrict__ b, int n, int hidden, int vocabulary, float scale,
    Draws draws, const int *__restrict__ which, int *__restrict__ out) {
  DYNAMIC_SHARED(float, memory);
  Shared s = layOut(memory, hidden, vocabulary);
  fillSegments(s, h, w, b, n, hidden, vocabulary, scale);
  int row0 = blockIdx.x * ROWS, lane = threadIdx.x % WARP;
  for (int r = threadIdx.x / WARP; r < ROWS && row0 + r < n; r += WARPS) {
    float largest = largestOf(s, r);
    auto ofSegment = [=](int k) {
      int at = r * s.segments + k;
      return (double)(s.sums[at] * expf(scale * (s.largest[at] - largest)));
    };
    int draw = which ? which[row0 + r] : row0 + r;
    Place segment = search(s.segments, ofSegment, (double)uniformOf(draws, draw), true);
    float weights[1][EACH];
    logitsOf<1>(s.h + r * hidden, w, b, hidden, vocabulary, segment.item, weights);
    for (int j = 0; j < EACH; j++) weights[0][j] = expf(scale * (weights[0][j] - largest));
    auto ofToken = [&](int i) { return (double)weights[0][i % EACH]; }; // items 4 l to 4 l + 3 are lane l's
    Place token = search(SEGMENT, ofToken, segment.rest, false);
    if (lane == 0) out[row0 + r] = segment.item * SEGMENT + token.item;
  }
}

// out[row] = log softmax(logits)[targets[row]]. Grid n / 8, block 128. A wrong target gives 0.
extern "C" __global__ void __launch_bounds__(WARPS *WARP) token_log_probabilities(const float *__restrict__ h,
    const float *__restrict__ w, const float *__restrict__ b, int n, int hidden, int vocabulary,
    const int *__restrict__ targets, float *__restrict__ out, int operation, int *fault) {
  DYNAMIC_SHARED(float, memory);
  Shared s = layOut(memory, hidden, vocabulary);
  fillSegments(s, h, w, b, n, hidden, vocabulary, 1.0f);
  int row0 = blockIdx.x * ROWS, lane = threadIdx.x % WARP;
  for (int r = threadIdx.x / WARP; r < ROWS && row0 + r < n; r += WARPS) {
    float largest = largestOf(s, r);
    float sum = 0.0f;
    for (int k = lane; k < s.segments; k += WARP) {
      int at = r * s.segments + k;
      sum += s.sums[at] * expf(s.largest[at] - largest);
    }
    sum = warpSum(sum);
    int target = targets[row0 + r];
    bool exists = target >= 0 && target < vocabulary;
    float logit = 0.0f;
    if (exists)
      for (int i = lane; i < hidden; i += WARP) logit += s.h[r * hidden + i] * w[(size_t)i * vocabulary + target];
    logit = warpSum(logit);
    if (lane == 0) {
      bool good = isRow(target, vocabulary, row0 + r, operation, fault);
      // The target's logit is added up in another order than the largest, and may come out above it.
      float x = good ? logit + b[target] - largest - logf(sum) : 0.0f;
      out[row0 + r] = x > 0.0f ? 0.0f : x;
    }
  }
}
