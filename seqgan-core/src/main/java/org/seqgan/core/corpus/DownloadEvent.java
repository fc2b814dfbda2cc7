package org.seqgan.core.corpus;

import org.seqgan.api.task.Corpus;

/** What happens while a corpus is fetched. */
public sealed interface DownloadEvent {
  /** The file that it is about. */
  Corpus.File file();

  /**
   * Bytes have come.
   *
   * @param file the one that is being fetched
   * @param bytes of all files that are here by now
   * @param files that are complete by now
   */
  record Progressed(Corpus.File file, long bytes, int files) implements DownloadEvent {}

  /**
   * Something went another way than straight on: a file goes on where it had stopped, starts over,
   * or is tried again.
   *
   * @param message one line
   */
  record Noted(Corpus.File file, String message) implements DownloadEvent {}

  /**
   * A file could not be fetched; the others are.
   *
   * @param message one line: why, and what to do
   */
  record Failed(Corpus.File file, String message) implements DownloadEvent {}
}
