package org.seqgan.core.failure;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.registry.PluginRegistry;

/**
 * Whatever was thrown, as one line and by whose hand it can be mended. An {@link Error} is looked
 * for below what wraps it: an exception of reflection or of another thread says nothing itself.
 *
 * @param kind what went wrong
 * @param message one line
 */
public record Failure(Kind kind, String message) {
  /** What went wrong. */
  public sealed interface Kind {}

  /** What a user can mend. */
  public record OfUser(UserException.Kind kind) implements Kind {}

  /** The heap, native memory or the stack ran out. */
  public record Exhausted() implements Kind {}

  /** What only the authors of the program can mend. */
  public record Internal() implements Kind {}

  /** As the virtual machine names the class that lacks a method of an interface. */
  private static final Pattern RECEIVER =
      Pattern.compile("Receiver class (?!org\\.seqgan\\.)(\\S+)");

  private static final int LONGEST_CHAIN = 100;

  /** What was thrown. */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof UserException user) {
      return new Failure(new OfUser(user.kind()), oneLine(String.valueOf(user.getMessage())));
    }
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
      Optional<Failure> error = ofError(cause);
      if (error.isPresent()) {
        return error.get();
      }
    }
    return new Failure(new Internal(), "internal error: " + oneLine(thrown.toString()));
  }

  private static Optional<Failure> ofError(Throwable cause) {
    if (cause instanceof StackOverflowError overflow) {
      return Optional.of(new Failure(new Exhausted(), stackRanOut(overflow)));
    }
    if (cause instanceof OutOfMemoryError outOfMemory) {
      return Optional.of(new Failure(new Exhausted(), memoryRanOut(outOfMemory)));
    }
    return cause instanceof LinkageError unlinked
        ? plugin(unlinked)
            .map(
                plugin ->
                    new Failure(new OfUser(UserException.Kind.PLUGIN), unlinked(plugin, unlinked)))
        : Optional.empty();
  }

  private static String memoryRanOut(OutOfMemoryError error) {
    Runtime runtime = Runtime.getRuntime();
    return ("memory ran out (%s): the Java heap may grow to %s, of which %s were in use; lower"
            + " training.batch-size, evaluation.samples, the reward's roll-outs or the sizes of the"
            + " models, or give Java more, such as SEQGAN_OPTS=-Xmx%dg")
        .formatted(
            oneLine(String.valueOf(error.getMessage())),
            new ByteSize(runtime.maxMemory()),
            new ByteSize(runtime.totalMemory() - runtime.freeMemory()),
            2 * Math.max(1, runtime.maxMemory() >> 30));
  }

  private static String stackRanOut(StackOverflowError error) {
    StackTraceElement[] frames = error.getStackTrace();
    Optional<String> plugin = pluginFrame(frames);
    String where =
        plugin.or(() -> Arrays.stream(frames).findFirst().map(Failure::method)).orElse("unknown");
    return "the stack ran out in %s%s: it calls itself too often, or something in a file is nested too deep; give Java a larger stack, such as SEQGAN_OPTS=-Xss16m"
        .formatted(plugin.isPresent() ? "a plugin's " : "", where);
  }

  private static String unlinked(String plugin, LinkageError error) {
    return "a plugin's class %s does not fit this program or lacks a library: %s; get a release of the plugin for this version, with what it needs"
        .formatted(plugin, oneLine(error.toString()));
  }

  /** The class of a plugin that could not be linked: one that was called, or one that is named. */
  private static Optional<String> plugin(LinkageError error) {
    Optional<String> called =
        pluginFrame(error.getStackTrace()).map(method -> method.replaceFirst("\\.[^.]*$", ""));
    if (called.isPresent()) {
      return called;
    }
    Matcher receiver = RECEIVER.matcher(String.valueOf(error.getMessage()));
    return receiver.find() ? Optional.of(receiver.group(1)) : Optional.empty();
  }

  private static Optional<String> pluginFrame(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .filter(frame -> PluginRegistry.CLASS_LOADER.equals(frame.getClassLoaderName()))
        .findFirst()
        .map(Failure::method);
  }

  private static String method(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** Any text as one line. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", " ");
  }
}
