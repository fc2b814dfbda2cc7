package org.seqgan.core.corpus;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.io.ExclusiveLock;
import org.seqgan.core.run.DurableFiles;

/**
 * Brings corpora into the cache. A file that is there with the right contents is left alone; one
 * that was begun goes on where it stopped; one that cannot be had does not stop the others, unless
 * the source cannot be connected to at all. What is in the cache under a file's name has been
 * checked to the last byte; what has not is in a file whose name ends in {@code .part}, which stays
 * when the program is interrupted.
 *
 * <p>One process fetches a corpus at a time. For one thread.
 */
public final class CorpusDownload {
  private static final String LOCK = ".lock";

  private final CorpusCache cache;
  private final DownloadSettings settings;
  private final DownloadListener listener;
  private final HttpClient client;

  /**
   * Downloads into a cache.
   *
   * @param listener hears of progress and detours
   */
  public CorpusDownload(CorpusCache cache, DownloadSettings settings, DownloadListener listener) {
    this.cache = cache;
    this.settings = settings;
    this.listener = listener;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /**
   * Brings the files of a corpus that are not here yet.
   *
   * @param source where they are taken from
   * @throws UserException (environment) if the folder cannot be written, is a symbolic link, or
   *     another process is fetching into it
   */
  public DownloadResult fetch(Corpus corpus, CorpusSource source) throws InterruptedException {
    Path folder = cache.folder(corpus);
    try {
      cache.prepare(corpus);
      try (ExclusiveLock lock = lock(folder, corpus)) {
        return new Round(corpus, source, folder).run();
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder, e);
    }
  }

  private static ExclusiveLock lock(Path folder, Corpus corpus) throws IOException {
    CorpusCache.refuseLink(folder.resolve(LOCK));
    return ExclusiveLock.tryAcquire(folder.resolve(LOCK))
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.ENVIRONMENT,
                    "the corpus %s is being fetched by another process into %s; wait for it to end"
                        .formatted(corpus.name(), folder)));
  }

  /** One pass over the files of a corpus. */
  private final class Round {
    private final Corpus corpus;
    private final CorpusSource source;
    private final Path folder;
    private final List<Corpus.File> present = new ArrayList<>();
    private final List<Corpus.File> fetched = new ArrayList<>();
    private final List<DownloadResult.Failure> failures = new ArrayList<>();
    private long bytes;
    private boolean unreachable;

    Round(Corpus corpus, CorpusSource source, Path folder) {
      this.corpus = corpus;
      this.source = source;
      this.folder = folder;
    }

    DownloadResult run() throws InterruptedException {
      List<Corpus.File> wanted = new ArrayList<>();
      for (Corpus.File file : corpus.files()) {
        CorpusFileState state = cache.state(corpus, file);
        if (state == CorpusFileState.COMPLETE) {
          present.add(file);
          bytes += file.bytes();
          continue;
        }
        if (state == CorpusFileState.DIFFERENT) {
          note(file, "what is here " + state.words() + "; fetching it again");
        }
        wanted.add(file);
      }
      for (Corpus.File file : wanted) {
        if (unreachable) {
          fail(file, UserException.Kind.ENVIRONMENT, source + " could not be connected to before");
        } else {
          fetch(file);
        }
      }
      return new DownloadResult(folder, present, fetched, failures);
    }

    private void fetch(Corpus.File file) throws InterruptedException {
      try {
        new FileTransfer(
                file,
                folder.resolve(file.name()),
                reader(file),
                settings,
                here -> progress(file, here),
                message -> note(file, message))
            .run();
        fetched.add(file);
        bytes += file.bytes();
        progress(file, 0);
      } catch (UserException e) {
        unreachable = e instanceof UnreachableException;
        fail(file, e.kind(), e.getMessage());
      }
    }

    private void fail(Corpus.File file, UserException.Kind kind, String message) {
      failures.add(new DownloadResult.Failure(file, kind, message));
      listener.on(new DownloadEvent.Failed(file, message));
    }

    private FileReader reader(Corpus.File file) {
      return source.isFolder()
          ? new LocalFileReader(Path.of(source.address(file)))
          : new HttpFileReader(client, source.address(file), settings);
    }

    private void progress(Corpus.File file, long here) {
      int complete = present.size() + fetched.size();
      listener.on(new DownloadEvent.Progressed(file, bytes + here, complete));
    }

    private void note(Corpus.File file, String message) {
      listener.on(new DownloadEvent.Noted(file, message));
    }
  }
}
