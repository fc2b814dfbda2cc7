package org.seqgan.backend.cuda.driver;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jcuda.LibUtils;
import jcuda.driver.JCudaDriver;

/**
 * JCuda's native library. It is taken from a folder of {@code java.library.path}, where a
 * distribution has it, else from the jar of JCuda's libraries on the class path.
 *
 * <p>Left to itself, JCuda unpacks it under a fixed name into the folder for temporary files, which
 * other users can write to, and takes a file that is there already. So it is unpacked here, into a
 * fresh folder that nobody else can write to, and removed as soon as it is loaded.
 */
final class NativeLibrary {
  private static final String BASE_NAME = "JCudaDriver-12.6.0";
  private static final String TEMPORARY_FOLDER = "java.io.tmpdir";
  private static final Pattern MISSING_FILE =
      Pattern.compile("(\\S+): cannot open shared object file");

  private NativeLibrary() {}

  /**
   * Loads it, and with it the driver, to which it is linked.
   *
   * @throws DriverUnavailableException if it or a library that it needs is not here
   */
  static void load() throws DriverUnavailableException {
    String file = System.mapLibraryName(LibUtils.createPlatformLibraryName(BASE_NAME));
    try {
      Optional<Path> installed = installed(file);
      if (installed.isPresent()) {
        System.load(installed.get().toString());
        initialize();
      } else {
        loadFromJar(file);
      }
    } catch (LinkageError e) {
      throw new DriverUnavailableException(reason(file, String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw new DriverUnavailableException(
          "%s could not be unpacked into a folder of its own below %s (%s); set -Djava.io.tmpdir to a folder with room"
              .formatted(file, System.getProperty(TEMPORARY_FOLDER), e),
          e);
    }
  }

  private static Optional<Path> installed(String file) {
    return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, file).toAbsolutePath())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static void loadFromJar(String file) throws IOException, DriverUnavailableException {
    Path folder = Files.createTempDirectory("seqgan-cuda");
    Path copy = folder.resolve(file);
    try {
      try (InputStream packed = JCudaDriver.class.getResourceAsStream("/lib/" + file)) {
        if (packed == null) {
          throw new DriverUnavailableException(
              "%s is in no folder of java.library.path (%s) and in no jar on the class path; use a distribution for %s %s with the backend cuda"
                  .formatted(
                      file,
                      System.getProperty("java.library.path"),
                      System.getProperty("os.name"),
                      System.getProperty("os.arch")));
        }
        Files.copy(packed, copy);
      }
      System.load(copy.toString()); // here, for its error is one line
      initializeFrom(folder);
    } finally {
      // Loaded, it needs no name any more.
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folder);
    }
  }

  /** JCuda looks into the folder for temporary files, and nowhere else. */
  private static void initializeFrom(Path folder) {
    String shared = System.getProperty(TEMPORARY_FOLDER);
    System.setProperty(TEMPORARY_FOLDER, folder.toString());
    try {
      initialize();
    } finally {
      System.setProperty(TEMPORARY_FOLDER, shared);
    }
  }

  /** Return codes are checked here, call by call. */
  private static void initialize() {
    JCudaDriver.setExceptionsEnabled(false);
  }

  /** What a linker's message means. */
  static String reason(String file, String message) {
    Matcher missing = MISSING_FILE.matcher(message);
    if (missing.find()) {
      return missing.group(1).startsWith("libcuda.so")
          ? "no NVIDIA driver: %s is not on this machine; install the driver, or use another backend"
              .formatted(missing.group(1))
          : "%s needs %s, which is not on this machine; install it"
              .formatted(file, missing.group(1));
    }
    return "%s does not load (%s)".formatted(file, message.lines().findFirst().orElse(message));
  }
}
