package org.seqgan.core.registry;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Sha256;

/**
 * The jars of a folder: plugins and what they need.
 *
 * @param jars those that can be read, by name
 * @param broken those that cannot
 */
record PluginFolder(List<Path> jars, List<BrokenPlugin> broken) {

  static PluginFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "expected a folder of plugin jars at %s, found %s; create it or name another"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
    List<Path> jars = new ArrayList<>();
    List<BrokenPlugin> broken = new ArrayList<>();
    for (Path jar : jarsOf(folder)) {
      // A class loader passes over a damaged jar in silence.
      try (JarFile file = new JarFile(jar.toFile())) {
        file.getManifest();
        jars.add(jar);
      } catch (IOException | SecurityException e) {
        broken.add(new BrokenPlugin("jar " + jar, "it is not a readable jar: " + e.getMessage()));
      }
    }
    return new PluginFolder(jars, broken);
  }

  private static List<Path> jarsOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot list the plugins folder %s: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  /** A loader of the jars' classes. It stays open as long as the program may use them. */
  ClassLoader classLoader(ClassLoader parent) {
    return new URLClassLoader(
        PluginRegistry.CLASS_LOADER,
        jars.stream().map(PluginFolder::url).toArray(URL[]::new),
        parent);
  }

  /** What is known of a jar whose plugins have a part in an experiment. */
  static InstalledJar installed(Path jar, List<String> plugins) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new InstalledJar(
          plugins, String.valueOf(jar.getFileName()), version(file), Sha256.of(jar));
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot read the plugin jar %s: %s".formatted(jar, e.getMessage()),
          e);
    }
  }

  private static String version(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    String version =
        manifest == null
            ? null
            : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return version == null ? "" : version;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a file without a URL: " + jar, e);
    }
  }
}
