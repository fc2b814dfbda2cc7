// Compiled modules, as far as a driver judges them before it runs anything.
#pragma once

// What cuModuleLoadData answers for the image on the emulated device and driver: 0, or why not.
int judgeImage(const void *image);
