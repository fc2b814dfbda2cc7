package org.seqgan.core.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.io.Sha256;

/**
 * The folder in which fetched corpora are kept, {@code corpora/NAME/COMMIT/FILE}. Nothing in it is
 * trusted: a file is what its SHA-256 says it is, and nothing is written through a symbolic link
 * below the root, which may be one itself. Thread-safe.
 *
 * @param root of all that the program keeps for later
 */
public record CorpusCache(Path root) {
  /** The cache of the user. */
  public static CorpusCache ofUser(Map<String, String> environment) {
    return new CorpusCache(UserCache.of(environment).root());
  }

  /** Where the files of a corpus are, or would be. */
  public Path folder(Corpus corpus) {
    return root.resolve("corpora").resolve(corpus.name()).resolve(corpus.commit());
  }

  /**
   * The folder of a corpus to write to, made where it is missing.
   *
   * @throws UserException (environment) if a symbolic link stands in its place or above it
   */
  Path prepare(Corpus corpus) throws IOException {
    Path folder = folder(corpus);
    Path path = root;
    for (Path name : root.relativize(folder)) {
      path = path.resolve(name);
      refuseLink(path);
    }
    return Files.createDirectories(folder);
  }

  /**
   * Refuses to write through a link.
   *
   * @throws UserException (environment) if the path is a symbolic link
   */
  static void refuseLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s is a symbolic link, and nothing is written through one; delete it, or name another folder in %s"
              .formatted(path, UserCache.VARIABLE));
    }
  }

  /**
   * The folder of a corpus that has been fetched, every file checked.
   *
   * @throws UserException (data) naming the first file that is missing or differs
   */
  public Path require(Corpus corpus) {
    Path folder = folder(corpus);
    for (Corpus.File file : corpus.files()) {
      CorpusFileState state = state(corpus, file);
      if (state != CorpusFileState.COMPLETE) {
        throw new UserException(
            UserException.Kind.DATA,
            "the corpus %s is not on this machine: %s %s; fetch it with: seqgan data fetch %s"
                .formatted(
                    corpus.name(), folder.resolve(file.name()), state.words(), corpus.name()));
      }
    }
    return folder;
  }

  /** How a file of a corpus stands. Reads all of it. */
  public CorpusFileState state(Corpus corpus, Corpus.File file) {
    Path path = folder(corpus).resolve(file.name());
    if (!Files.isRegularFile(path)) {
      return CorpusFileState.MISSING;
    }
    try {
      boolean equal = Files.size(path) == file.bytes() && Sha256.of(path).equals(file.sha256());
      return equal ? CorpusFileState.COMPLETE : CorpusFileState.DIFFERENT;
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.DATA, path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
