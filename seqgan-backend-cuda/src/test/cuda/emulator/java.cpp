// The native methods of org.seqgan.backend.cuda.emulator.EmulatedDriver. They take and give whole
// numbers only, so that no header of a JDK is needed.
#include "counters.h"
#include "driver.h"
#include "settings.h"
#include <cstdint>

#define JAVA(type) extern "C" __attribute__((visibility("default"))) type
#define METHOD(name) Java_org_seqgan_backend_cuda_emulator_EmulatedDriver_##name

JAVA(int64_t) METHOD(counted)(void *, void *, int32_t counter) {
  return counted(static_cast<Counter>(counter));
}
JAVA(int64_t) METHOD(setting)(void *, void *, int32_t which) {
  return setting(static_cast<Setting>(which));
}
JAVA(void) METHOD(setSetting)(void *, void *, int32_t which, int64_t value) {
  setSetting(static_cast<Setting>(which), value);
}
// One byte of the text of the last failure, in UTF-8; -1 after its end.
JAVA(int32_t) METHOD(failureByte)(void *, void *, int32_t index) {
  const std::string &text = lastFailure();
  return index < (int32_t)text.size() ? static_cast<unsigned char>(text[index]) : -1;
}
JAVA(void) METHOD(resetFailure)(void *, void *) { resetFailure(); }
