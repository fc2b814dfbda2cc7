// What of the driver's state the tests may see and reset.
#pragma once
#include <string>

// What the first kernel that failed did wrong; empty if none did.
const std::string &lastFailure();

// Makes the driver work again after a kernel failed.
void resetFailure();
