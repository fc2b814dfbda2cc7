package org.seqgan.backend.dl4j.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.UserException;
import org.seqgan.backend.dl4j.library.LibraryFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries: ND4J, then a matrix product.
 *
 * @param gemm oneDNN, or OpenBLAS where oneDNN does not load
 * @param details lines for {@code seqgan doctor}
 */
public record NativeLibraries(Gemm gemm, List<String> details) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final Path MEMORY_MAPS = Path.of("/proc/self/maps");

  /** ND4J reports its build and memory while it starts, unless told otherwise before. */
  private static final String ND4J_LOGS_START = "org.nd4j.log.initialization";

  /**
   * Loads them; a {@link LinkageError} or a {@link RuntimeException} of ND4J's if ND4J cannot run
   * here.
   *
   * @throws UserException (environment) if there is no folder to unpack them into
   */
  public static NativeLibraries load() {
    return LibraryFolder.ofUser().load(NativeLibraries::loadUnpacked);
  }

  /**
   * Loads them, or says what the user can do.
   *
   * @throws UserException (environment) if ND4J cannot run here
   */
  public static NativeLibraries require() {
    try {
      return load();
    } catch (UserException e) {
      throw e;
    } catch (LinkageError | RuntimeException e) {
      throw new UserException(UserException.Kind.ENVIRONMENT, whyNot(e), e);
    }
  }

  /** Why they do not load, in a line. */
  private static String whyNot(Throwable e) {
    return "ND4J cannot run here: its native library for "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + " does not load ("
        + firstLine(e)
        + "); use a build of seqgan for this platform, or another backend, and no dl4j-graph";
  }

  private static NativeLibraries loadUnpacked() {
    if (System.getProperty(ND4J_LOGS_START) == null) {
      System.setProperty(ND4J_LOGS_START, "false");
    }
    List<String> details = new ArrayList<>();
    details.add(
        "ND4J: "
            + Nd4j.getBackend().getClass().getSimpleName()
            + version(Nd4j.class)
            + ", memory on the host");
    NativeThreads.limitToOne();
    Gemm gemm = chooseGemm(details);
    details.add(openMp());
    details.add("native libraries: in " + System.getProperty(LibraryFolder.CHOSEN));
    return new NativeLibraries(gemm, List.copyOf(details));
  }

  private static Gemm chooseGemm(List<String> details) {
    try {
      Gemm oneDnn = new OneDnnGemm();
      details.add("matrix products: " + oneDnn.description());
      return oneDnn;
    } catch (LinkageError e) {
      Gemm openBlas = new OpenBlasGemm();
      String line =
          "matrix products: "
              + openBlas.description()
              + ", about half as fast as oneDNN, which does not load here ("
              + firstLine(e)
              + ")";
      LOG.warn(line);
      details.add(line);
      return openBlas;
    }
  }

  /**
   * The limit that ND4J sets holds for oneDNN if both use one OpenMP runtime. Two are recognised by
   * two files in memory.
   */
  private static String openMp() {
    if (NativeThreads.limit() != 1) {
      return "OpenMP: could not be limited to one thread in each worker; start with"
          + " OMP_NUM_THREADS=1";
    }
    long runtimes = openMpRuntimes();
    if (runtimes > 1 && !"1".equals(System.getenv("OMP_NUM_THREADS"))) {
      return "OpenMP: "
          + runtimes
          + " runtimes are loaded; start with OMP_NUM_THREADS=1 so that workers do not compete";
    }
    return "OpenMP: one thread in each worker";
  }

  /** How many different OpenMP libraries this process has loaded; 0 where that is not told. */
  public static long openMpRuntimes() {
    try {
      return Files.readAllLines(MEMORY_MAPS).stream()
          .filter(line -> line.contains("libgomp") || line.contains("libiomp"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version == null ? "" : " " + version;
  }

  /** What went wrong at the root, on one line. */
  public static String firstLine(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return root.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }
}
