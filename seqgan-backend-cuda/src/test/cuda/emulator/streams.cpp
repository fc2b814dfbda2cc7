#include "streams.h"
#include "settings.h"
#include <algorithm>

namespace {
Stream defaultStream;
std::vector<Stream *> streams;
} // namespace

void Stream::advance() {
  if (queue.empty()) return;
  Work next = queue.front();
  queue.pop_front();
  next->run();
  done++;
}

void Stream::drain() {
  while (!queue.empty()) advance();
}

void Stream::drainTo(unsigned long position) {
  while (done < position && !queue.empty()) advance();
}

Stream *openStream() {
  streams.push_back(new Stream);
  return streams.back();
}

void closeStream(Stream *stream) {
  stream->drain();
  streams.erase(std::remove(streams.begin(), streams.end(), stream), streams.end());
  // Events may still point to it: it stays, small and done.
}

Stream *streamOf(void *handle) { return handle ? static_cast<Stream *>(handle) : &defaultStream; }

void drainAll() {
  defaultStream.drain();
  for (Stream *stream : streams) stream->drain();
}

void closeAllStreams() {
  defaultStream.queue.clear();
  for (Stream *stream : streams) stream->queue.clear();
  streams.clear();
}

void submit(Stream *stream, std::function<void()> run) {
  submitNode(stream, std::make_shared<Node>(Node{std::move(run)}));
}

void submitNode(Stream *stream, Work node) {
  if (stream->capturing) {
    stream->captured.nodes.push_back(std::move(node));
    return;
  }
  stream->queue.push_back(std::move(node));
  stream->submitted++;
  if (!setting(Setting::LAZY)) stream->drain();
}

bool forbiddenByCapture(bool evenRelaxed) {
  bool forbidden = false;
  for (Stream *stream : streams) {
    if (!stream->capturing || (stream->mode == CaptureMode::RELAXED && !evenRelaxed)) continue;
    stream->invalid = true;
    forbidden = true;
  }
  return forbidden;
}
