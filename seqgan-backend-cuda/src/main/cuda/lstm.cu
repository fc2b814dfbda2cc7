// org.seqgan.api.operation.Lstm and LstmStep. The 4H columns of sums and weights hold the gates input, forget, output and
// cell: i, f, o = sigmoid(s), g = tanh(s), c = f c + i g, h = o tanh(c).
#include "common.cuh"

// One step for n sequences, in place: h, c [n, H]; table [V, 4H], U [H, 4H]. A row of threads takes ROWS sequences, a
// thread all gates of a hidden unit of them. Shared: h of the block's sequences.
constexpr int ROWS = 8;
extern "C" __global__ void lstm_step(const float *__restrict__ table, int vocabulary, const int *__restrict__ ids,
    const float *__restrict__ recurrent, float *__restrict__ h, float *__restrict__ c, int n, int hidden, int operation,
    int *fault) {
  DYNAMIC_SHARED(float, shared);
  float *before = shared + threadIdx.y * ROWS * hidden;
  int row0 = (blockIdx.x * blockDim.y + threadIdx.y) * ROWS;
  for (int at = threadIdx.x; at < ROWS * hidden; at += blockDim.x)
    before[at] = row0 + at / hidden < n ? h[(size_t)row0 * hidden + at] : 0.0f;
  __syncthreads();
  int columns = 4 * hidden;
  for (int j = threadIdx.x; j < hidden; j += blockDim.x) {
    float sum[4][ROWS];
    for (int r = 0; r < ROWS; r++) {
      int row = row0 + r, id = row < n ? ids[row] : -1;
      bool known = row < n && isRow(id, vocabulary, row, operation, fault);
      for (int gate = 0; gate < 4; gate++) sum[gate][r] = known ? table[(size_t)id * columns + gate * hidden + j] : 0.0f;
    }
    for (int i = 0; i < hidden; i++) {
      const float *u = recurrent + (size_t)i * columns + j;
      float weights[4] = {u[0], u[hidden], u[2 * hidden], u[3 * hidden]};
      for (int r = 0; r < ROWS; r++)
        for (int gate = 0; gate < 4; gate++) sum[gate][r] += before[r * hidden + i] * weights[gate];
    }
    for (int r = 0; r < ROWS && row0 + r < n; r++) {
      size_t at = (size_t)(row0 + r) * hidden + j;
      float state = sigmoid(sum[1][r]) * c[at] + sigmoid(sum[0][r]) * tanhf(sum[3][r]);
      c[at] = state;
      h[at] = sigmoid(sum[2][r]) * tanhf(state);
    }
  }
}

// Whole sequences from a zero state, one block each, with its state in shared memory. gates [B, T, 4H]: before, the
// sums of the inputs; after, the gates. states [B, T, H] are the c; out [B, T, H] the h, 0 from the length on, where gates
// and states are left as they are.
extern "C" __global__ void lstm_forward(float *__restrict__ gates, const float *__restrict__ recurrent,
    const int *__restrict__ lengths, float *__restrict__ states, float *__restrict__ out, int time, int hidden) {
  DYNAMIC_SHARED(float, shared);
  int columns = 4 * hidden, length = min(lengths[blockIdx.x], time);
  float *h = shared, *c = h + hidden, *gate = c + hidden; // [H], [H], [4H]
  for (int j = threadIdx.x; j < hidden; j += blockDim.x) h[j] = c[j] = 0.0f;
  __syncthreads();
  for (int t = 0; t < length; t++) {
    size_t step = (size_t)blockIdx.x * time + t;
    for (int column = threadIdx.x; column < columns; column += blockDim.x) {
      float sum = gates[step * columns + column];
      for (int i = 0; i < hidden; i++) sum += h[i] * recurrent[(size_t)i * columns + column];
      gate[column] = column < 3 * hidden ? sigmoid(sum) : tanhf(sum);
      gates[step * columns + column] = gate[column];
    }
    __syncthreads();
    for (int j = threadIdx.x; j < hidden; j += blockDim.x) {
      c[j] = gate[hidden + j] * c[j] + gate[j] * gate[3 * hidden + j];
      h[j] = gate[2 * hidden + j] * tanhf(c[j]);
      states[step * hidden + j] = c[j];
      out[step * hidden + j] = h[j];
    }
    __syncthreads();
  }
  size_t end = ((size_t)blockIdx.x * time + length) * hidden, words = (size_t)(time - length) * hidden;
  for (size_t at = threadIdx.x; at < words; at += blockDim.x) out[end + at] = 0.0f;
}

// The derivatives by the sums, dSums [B, T, 4H], from those by h, dOut [B, T, H]; 0 from the length on.
extern "C" __global__ void lstm_backward(const float *__restrict__ gates, const float *__restrict__ states,
    const float *__restrict__ recurrent, const int *__restrict__ lengths, const float *__restrict__ dOut,
    float *__restrict__ dSums, int time, int hidden) {
  DYNAMIC_SHARED(float, shared);
  int columns = 4 * hidden, length = min(lengths[blockIdx.x], time);
  float *dh = shared, *dc = dh + hidden, *ds = dc + hidden; // from the step after: [H], [H]; of this step: [4H]
  size_t end = ((size_t)blockIdx.x * time + length) * columns, words = (size_t)(time - length) * columns;
  for (size_t at = threadIdx.x; at < words; at += blockDim.x) dSums[end + at] = 0.0f;
  for (int j = threadIdx.x; j < hidden; j += blockDim.x) dh[j] = dc[j] = 0.0f;
  __syncthreads();
  int lane = threadIdx.x % WARP;
  for (int t = length - 1; t >= 0; t--) {
    size_t step = (size_t)blockIdx.x * time + t;
    for (int j = threadIdx.x; j < hidden; j += blockDim.x) {
      const float *gate = gates + step * columns + j;
      float i = gate[0], f = gate[hidden], o = gate[2 * hidden], g = gate[3 * hidden];
      float tanhC = tanhf(states[step * hidden + j]);
      float dHidden = dOut[step * hidden + j] + dh[j];
      float dState = dc[j] + dHidden * o * (1.0f - tanhC * tanhC);
      float before = t > 0 ? states[(step - 1) * hidden + j] : 0.0f;
      ds[j] = dState * g * i * (1.0f - i);
      ds[hidden + j] = dState * before * f * (1.0f - f);
      ds[2 * hidden + j] = dHidden * tanhC * o * (1.0f - o);
      ds[3 * hidden + j] = dState * i * (1.0f - g * g);
      dc[j] = dState * f;
      for (int k = 0; k < 4; k++) dSums[step * columns + k * hidden + j] = ds[k * hidden + j];
    }
    __syncthreads();
    for (int i = threadIdx.x / WARP; i < hidden; i += blockDim.x / WARP) { // dh = ds U^T: a warp for each row of U
      float sum = 0.0f;
      for (int column = lane; column < columns; column += WARP) sum += ds[column] * recurrent[(size_t)i * columns + column];
      sum = warpSum(sum);
      if (lane == 0) dh[i] = sum;
    }
    __syncthreads();
  }
}
