// Layer normalisation, highway layers, embeddings.
#include "common.cuh"

// Layer normalisation of x [n, d], one block a row: z = (x - mean) / root with root = sqrt(variance + epsilon), and
// out = gain z + shift. z [n, d] and roots [n] are kept for the gradient.
extern "C" __global__ void layer_norm(const float *__restrict__ x, const float *__restrict__ gain,
    const float *__restrict__ shift, float epsilon, int d, float *__restrict__ z, float *__restrict__ roots,
    float *__restrict__ out) {
  size_t row = (size_t)blockIdx.x * d;
  float sum = 0.0f;
  for (int i = threadIdx.x; i < d; i += blockDim.x) sum += x[row + i];
  float mean = blockSum(sum) / d;
  float squares = 0.0f;
  for (int i = threadIdx.x; i < d; i += blockDim.x) squares += (x[row + i] - mean) * (x[row + i] - mean);
  float root = sqrtf(blockSum(squares) / d + epsilon);
  for (int i = threadIdx.x; i < d; i += blockDim.x) {
    float normal = (x[row + i] - mean) / root;
    z[row + i] = normal;
    out[row + i] = gain[i] * normal + shift[i];
  }
  if (threadIdx.x == 0) roots[blockIdx.x] = root;
}

// dx = (dz - mean(dz) - z mean(dz z)) / root with dz = gain dy; one block a row.
extern "C" __global__ void layer_norm_by_rows(const float *__restrict__ z, const float *__restrict__ roots,
    const float *__restrict__ gain, const float *__restrict__ dy, int d, float *__restrict__ dx) {
  size_t row = (size_t)blockIdx.x * d;
  float sum = 0.0f, alongZ = 0.0f;
  for (int i = threadIdx.x; i < d; i += blockDim.x) {
    float dz = gain[i] * dy[row + i];
    sum += dz;
    alongZ += dz * z[row + i];
  }
  float mean = blockSum(sum) / d, meanAlongZ = blockSum(alongZ) / d;
  for (int i = threadIdx.x; i < d; i += blockDim.x)
    dx[row + i] = (gain[i] * dy[row + i] - mean - z[row + i] * meanAlongZ) / roots[blockIdx.x];
}

// dgain = the sum over the rows of dy z, dshift that of dy; blocks of 32 columns x 8 parts of the rows.
constexpr int ROW_PARTS = 8;
extern "C" __global__ void __launch_bounds__(WARP *ROW_PARTS) layer_norm_by_columns(const float *__restrict__ z,
    const float *__restrict__ dy, int n, int d, float *__restrict__ dGain, float *__restrict__ dShift) {
  __shared__ float gains[ROW_PARTS][WARP + 1], shifts[ROW_PARTS][WARP + 1];
  int column = blockIdx.x * WARP + threadIdx.x;
  float ofGain = 0.0f, ofShift = 0.0f;
  if (column < d) {
    for (int row = threadIdx.y; row < n; row += ROW_PARTS) {
      float derivative = dy[(size_t)row * d + column];
      ofGain += derivative * z[(size_t)row * d + column];
      ofShift += derivative;
    }
  }
  gains[threadIdx.y][threadIdx.x] = ofGain;
  shifts[threadIdx.y][threadIdx.x] = ofShift;
  __syncthreads();
  if (threadIdx.y == 0 && column < d) {
    for (int part = 1; part < ROW_PARTS; part++) {
      ofGain += gains[part][threadIdx.x];
      ofShift += shifts[part][threadIdx.x];
    }
    dGain[column] = ofGain;
    dShift[column] = ofShift;
  }
}

// A highway layer from its products in parts, [parts, n, d] each: transformed = relu(sum of parts + bias), gate =
// sigmoid(sum of parts + bias), and y = gate transformed + (1 - gate) x.
struct Parts {
  const float *parts, *bias;
  int count, columns;
};
__device__ __forceinline__ float sumOf(const Parts &parts, int words, int at) {
  float sum = 0.0f;
  for (int p = 0; p < parts.count; p++) sum += parts.parts[(size_t)p * words + at];
  return sum + parts.bias[at % parts.columns];
}
extern "C" __global__ void highway_mix(Parts ofTransform, Parts ofGate, const float *__restrict__ x,
    float *__restrict__ transformed, float *__restrict__ gate, float *__restrict__ y, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  float r = activate(RELU, sumOf(ofTransform, words, at)), g = sigmoid(sumOf(ofGate, words, at));
  transformed[at] = r;
  gate[at] = g;
  y[at] = g * r + (1.0f - g) * x[at];
}

// The derivatives by the sums of both linear maps, r = relu(.) and g = sigmoid(.), and by x where it is carried:
// dTransform = dy g [r > 0], dGate = dy (r - x) g (1 - g), dCarried = dy (1 - g). The inputs are kept for the gradients of
// weights, which may be computed when x is gone.
extern "C" __global__ void highway_gradients(const float *__restrict__ x, const float *__restrict__ transformed,
    const float *__restrict__ gate, const float *__restrict__ dy, float *__restrict__ dTransform,
    float *__restrict__ dGate, float *__restrict__ dCarried, float *__restrict__ inputs, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  float r = transformed[at], g = gate[at], derivative = dy[at];
  dTransform[at] = derivative * g * slope(RELU, r);
  dGate[at] = derivative * (r - x[at]) * slope(SIGMOID, g);
  dCarried[at] = derivative * (1.0f - g);
  inputs[at] = x[at];
}

// dTable[v] = the sum of the rows of dOut [n, width] whose id is v, in their order; one warp for each of the table's rows.
// Wrong ids were reported when they were looked up.
extern "C" __global__ void embedding_gradient(const float *__restrict__ dOut, const int *__restrict__ ids, int n,
    int width, float *__restrict__ dTable, int tableRows) {
  int v = blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
  if (v >= tableRows) return;
  int lane = threadIdx.x % WARP;
  float *to = dTable + (size_t)v * width;
  for (int e = lane; e < width; e += WARP) to[e] = 0.0f;
  for (int from = 0; from < n; from += WARP) {
    int other = from + lane;
    unsigned same = __ballot_sync(ALL_LANES, other < n && ids[other] == v);
    while (same) {
      const float *row = dOut + (size_t)(from + __ffs((int)same) - 1) * width;
      for (int e = lane; e < width; e += WARP) to[e] += row[e];
      same &= same - 1;
    }
  }
}
