// Streams, events and graphs: in which order work is done, and who waits for whom.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <vector>

// One piece of work: a launch, a copy, a wait for another stream.
struct Node {
  std::function<void()> run;
};
using Work = std::shared_ptr<Node>;

struct Graph {
  std::vector<Work> nodes; // one after another; independent branches are not told apart
};

enum class CaptureMode { GLOBAL, THREAD_LOCAL, RELAXED };

struct Stream {
  std::deque<Work> queue;
  unsigned long submitted = 0, done = 0;
  bool capturing = false, invalid = false;
  CaptureMode mode = CaptureMode::GLOBAL;
  Graph captured;

  // Does the oldest piece of work, if there is one.
  void advance();
  void drain();
  void drainTo(unsigned long position);
};

struct Event {
  Stream *stream = nullptr; // null: never recorded, which counts as done
  unsigned long position = 0;
  bool captured = false;

  bool done() const { return !stream || stream->done >= position; }
};

Stream *openStream();
void closeStream(Stream *stream);
// The stream of a handle; null stands for the default stream.
Stream *streamOf(void *handle);
void drainAll();
void closeAllStreams();

// Does it now, in lazy mode later; or adds it to what the stream captures.
void submit(Stream *stream, std::function<void()> run);
void submitNode(Stream *stream, Work node);

// Whether a call that might wait or allocate is forbidden now, which invalidates the captures.
bool forbiddenByCapture(bool evenRelaxed);
