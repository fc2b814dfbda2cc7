// Check mode: what the driver tells about device memory. What kernels do, the compiler reports.
#pragma once
#include <cstddef>

// Memory that nobody has written yet.
void checksAllocated(void *p, size_t bytes);
void checksFreed(void *p);

// The host, a copy or a memset wrote it, in the order of the stream.
void checksWritten(void *p, size_t bytes);
