package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.config.ResolvedValue;
import org.seqgan.core.registry.InstalledJar;

/**
 * Something that is not as it was when a checkpoint was written.
 *
 * @param what an option's key, or a jar
 * @param before its value then
 * @param now its value now
 */
public record Difference(String what, String before, String now) {
  private static final String NOT_SET = "not set";
  private static final String NONE = "none";

  /** As a message says it: {@code training.batch-size = 32, before 64}. */
  @Override
  public String toString() {
    return what + " = " + now + ", before " + before;
  }

  /**
   * Options with another value. One that was not there then and that nobody has set since is none:
   * it has come with another version of the program, and its default keeps to what was.
   *
   * @param keys which options are compared
   */
  static List<Difference> ofConfig(
      Map<String, String> before, ResolvedConfig now, Predicate<String> keys) {
    Map<String, String> settings = now.settings();
    Set<String> all = new LinkedHashSet<>(before.keySet());
    now.values().stream()
        .filter(value -> !value.origin().equals(ResolvedValue.DEFAULT))
        .map(ResolvedValue::key)
        .forEach(all::add);
    List<Difference> differences = new ArrayList<>();
    for (String key : all) {
      String old = before.getOrDefault(key, NOT_SET);
      String found = settings.getOrDefault(key, NOT_SET);
      if (keys.test(key) && !old.equals(found)) {
        differences.add(new Difference(key, old, found));
      }
    }
    return differences;
  }

  /** Jars that are others now, or that a plugin does not come from any more. */
  static List<Difference> ofJars(List<InstalledJar> before, List<InstalledJar> now) {
    List<Difference> differences = new ArrayList<>();
    for (InstalledJar old : before) {
      Optional<InstalledJar> found = now.stream().filter(jar -> isSame(jar, old)).findFirst();
      String hash = found.map(InstalledJar::sha256).orElse(NONE);
      if (!hash.equals(old.sha256())) {
        String what = found.map(InstalledJar::described).orElse(old.described());
        differences.add(new Difference("SHA-256 of " + what, old.sha256(), hash));
      }
    }
    for (InstalledJar jar : now) {
      if (!jar.plugins().isEmpty() && before.stream().noneMatch(old -> isSame(jar, old))) {
        differences.add(new Difference("SHA-256 of " + jar.described(), NONE, jar.sha256()));
      }
    }
    return differences;
  }

  /** Jars of the same plugins on both sides that are others; what only one side uses is none. */
  static List<Difference> ofSharedJars(List<InstalledJar> before, List<InstalledJar> now) {
    return ofJars(
        before.stream().filter(old -> now.stream().anyMatch(jar -> isSame(jar, old))).toList(),
        now.stream().filter(jar -> before.stream().anyMatch(old -> isSame(jar, old))).toList());
  }

  /** The same plugins, in whatever file; or, of what is no plugin, the same file. */
  private static boolean isSame(InstalledJar one, InstalledJar other) {
    return other.plugins().isEmpty()
        ? one.plugins().isEmpty() && one.file().equals(other.file())
        : one.plugins().stream().anyMatch(other.plugins()::contains);
  }
}
