// What the tests count.
#pragma once

enum class Counter {
  LAUNCHES,         // of kernels, those of a graph not among them
  GRAPH_LAUNCHES,
  HOST_TO_DEVICE,   // copies
  DEVICE_TO_HOST,   // copies
  DEVICE_TO_DEVICE, // copies
  MEMSETS,
  WAITS,            // calls in which the host waits for the device
  ALLOCATIONS,      // of device memory
  FREES,            // of device memory
  HOST_ALLOCATIONS, // of pinned memory
  LIVE_BYTES,       // of device memory, now
  COUNT
};

void count(Counter c, long amount = 1);
long counted(Counter c);
