// Device and pinned memory. Both are the host's memory; only the driver tells them apart.
#pragma once
#include <cstddef>

// Null where the device has no room for it. No number is in it until somebody writes.
void *allocateDevice(size_t bytes);
bool freeDevice(void *p); // false: not a device allocation
bool insideDevice(const void *p, size_t bytes);
size_t totalDeviceBytes();
size_t liveDeviceBytes();
void freeAllDevice();

void *allocatePinned(size_t bytes);
bool freePinned(void *p);
bool isPinned(const void *p);
