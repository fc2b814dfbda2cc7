package org.seqgan.core.corpus;

/** Hears of a download, on the thread that runs it. */
@FunctionalInterface
public interface DownloadListener {
  /** Something happened. */
  void on(DownloadEvent event);
}
