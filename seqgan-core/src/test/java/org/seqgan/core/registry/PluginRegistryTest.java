package org.seqgan.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.reward.RewardProvider;

final class PluginRegistryTest {
  private static final String SERVICE = "META-INF/services/" + RewardProvider.class.getName();

  @TempDir Path folder;

  @Test
  void findsProvidersByKindAndName() throws IOException {
    PluginRegistry registry = discover(FakeRewards.Constant.class, FakeRewards.Cadence.class);

    assertThat(registry.reward("cadence")).isInstanceOf(FakeRewards.Cadence.class);
    assertThat(names(registry)).containsExactly("cadence", "constant");
    assertThat(registry.plugins(PluginKind.TASK)).isEmpty();
    assertThat(registry.broken()).isEmpty();
    assertThat(registry.plugins().get(0).location()).isPresent();
  }

  @Test
  void unknownNamesListTheKnownOnesClosestFirstAndSayHowToInstallMore() throws IOException {
    PluginRegistry registry = discover(FakeRewards.Constant.class, FakeRewards.Cadence.class);

    assertThatThrownBy(() -> registry.reward("constnat"))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.CONFIGURATION))
        .hasMessage(
            "no reward plugin is named 'constnat': installed are constant, cadence; to install another,"
                + " put its jar into the plugins folder");
    assertThatThrownBy(() -> registry.backend("cuda"))
        .hasMessageContaining("no backend plugin is named 'cuda': none is installed");
  }

  @Test
  void twoProvidersOfOneNameAreAnErrorNamingBothClasses() {
    assertThatThrownBy(() -> discover(FakeRewards.Cadence.class, FakeRewards.SecondCadence.class))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two reward plugins are named 'cadence'")
        .hasMessageContaining(FakeRewards.Cadence.class.getName() + " (")
        .hasMessageContaining(FakeRewards.SecondCadence.class.getName() + " (");
  }

  @Test
  void aProviderThatThrowsIsReportedAndTheOthersAreFound() throws IOException {
    PluginRegistry registry =
        discover(
            FakeRewards.Throwing.class,
            FakeRewards.Constant.class,
            FakeRewards.Unlinkable.class,
            FakeRewards.Cadence.class);

    assertThat(names(registry)).containsExactly("cadence", "constant");
    assertThat(registry.broken())
        .extracting(BrokenPlugin::description)
        .containsExactly(
            "reward plugin " + FakeRewards.Throwing.class.getName(),
            "reward plugin " + FakeRewards.Unlinkable.class.getName());
    assertThat(registry.broken().get(0).reason()).contains("licence file not found");
    assertThat(registry.broken().get(1).reason()).contains("com/example/Missing");
  }

  @Test
  void unknownNamesMentionWhatCouldNotBeLoaded() throws IOException {
    PluginRegistry registry = discover(FakeRewards.Throwing.class, FakeRewards.Cadence.class);

    assertThatThrownBy(() -> registry.reward("throwing"))
        .hasMessageContaining("could not be loaded: reward plugin")
        .hasMessageContaining("licence file not found");
  }

  @Test
  void aServiceFileThatNamesAMissingClassIsReported() throws IOException {
    writeService(folder, "com.example.Gone\n" + FakeRewards.Cadence.class.getName());
    PluginRegistry registry = PluginRegistry.discover(loader(folder));

    assertThat(names(registry)).containsExactly("cadence");
    assertThat(registry.broken())
        .singleElement()
        .extracting(BrokenPlugin::reason)
        .asString()
        .contains("com.example.Gone not found");
  }

  @Test
  void aClassThatIsNoProviderIsReported() throws IOException {
    writeService(folder, FakeRewards.class.getName() + "\n" + FakeRewards.Cadence.class.getName());
    PluginRegistry registry = PluginRegistry.discover(loader(folder));

    assertThat(names(registry)).containsExactly("cadence");
    assertThat(registry.broken()).hasSize(1);
  }

  @Test
  void anotherApiVersionIsNamedAtRegistration() throws IOException {
    PluginRegistry registry = discover(FakeRewards.OldApi.class, FakeRewards.Cadence.class);

    assertThat(names(registry)).containsExactly("cadence");
    assertThat(registry.broken())
        .singleElement()
        .extracting(BrokenPlugin::reason)
        .asString()
        .contains("built for version 0", "this program has version " + ApiVersion.CURRENT);
  }

  @Test
  void aPluginOfTheFirstVersionIsRefusedByItsVersion() throws IOException {
    PluginRegistry registry = discover(FakeRewards.FirstApi.class, FakeRewards.Silent.class);

    assertThat(registry.plugins()).isEmpty();
    assertThat(registry.broken())
        .extracting(BrokenPlugin::reason)
        .containsExactly(
            "it is built for version 1 of the plugin interfaces, this program has version "
                + ApiVersion.CURRENT
                + "; get a matching release of it",
            "it tells nothing about itself: about() gave null");
  }

  @Test
  void namesAreValidated() throws IOException {
    PluginRegistry registry = discover(FakeRewards.BadName.class);

    assertThat(registry.plugins()).isEmpty();
    assertThat(registry.broken().get(0).reason()).contains("its name 'My Reward' is not");
  }

  @Test
  void findsProvidersInTheJarsOfAFolder() throws IOException {
    writeJar(folder.resolve("a.jar"), FakeRewards.Cadence.class.getName());
    Files.writeString(folder.resolve("README.txt"), "jars go here");

    PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader(), folder);

    assertThat(registry.reward("cadence")).isInstanceOf(FakeRewards.Cadence.class);
    assertThat(registry.broken()).isEmpty();
  }

  @Test
  void aDamagedJarIsReportedAndTheOthersAreFound() throws IOException {
    Files.writeString(folder.resolve("damaged.jar"), "not a zip file");
    writeJar(folder.resolve("sound.jar"), FakeRewards.Cadence.class.getName());

    PluginRegistry registry = PluginRegistry.discover(getClass().getClassLoader(), folder);

    assertThat(names(registry)).contains("cadence");
    assertThat(registry.broken())
        .singleElement()
        .satisfies(
            plugin -> {
              assertThat(plugin.description()).contains("damaged.jar");
              assertThat(plugin.reason()).contains("not a readable jar");
            });
  }

  @Test
  void aMissingFolderIsAnError() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> PluginRegistry.discover(getClass().getClassLoader(), missing))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("found nothing");
  }

  @Test
  void providersCanBeGivenDirectly() {
    PluginRegistry registry =
        PluginRegistry.of(new FakeRewards.Cadence(), new FakeRewards.OldApi());

    assertThat(names(registry)).containsExactly("cadence");
    assertThat(registry.broken()).hasSize(1);
  }

  private PluginRegistry discover(Class<?>... providers) throws IOException {
    writeService(
        folder, Arrays.stream(providers).map(Class::getName).collect(Collectors.joining("\n")));
    return PluginRegistry.discover(loader(folder));
  }

  private static List<String> names(PluginRegistry registry) {
    return registry.plugins(PluginKind.REWARD).stream()
        .filter(plugin -> plugin.provider() instanceof FakeRewards.Fake)
        .map(RegisteredPlugin::name)
        .toList();
  }

  /**
   * A loader that finds classes where the test does, but only the service files of {@code folder}.
   */
  private static ClassLoader loader(Path folder) throws IOException {
    URL[] urls = {folder.toUri().toURL()};
    return new URLClassLoader(urls, PluginRegistryTest.class.getClassLoader()) {
      @Override
      public java.util.Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
      }
    };
  }

  private static void writeService(Path folder, String lines) throws IOException {
    Path file = folder.resolve(SERVICE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines + "\n");
  }

  private static void writeJar(Path jar, String lines) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(SERVICE));
      out.write((lines + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
