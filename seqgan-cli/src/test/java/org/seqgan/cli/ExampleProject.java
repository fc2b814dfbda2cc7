package org.seqgan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A project of {@code examples}, built as its own build would, but without it.
 *
 * @param project its folder
 * @param plugins a folder with its jar, {@code NAME.jar}
 */
record ExampleProject(Path project, Path plugins) {
  static ExampleProject build(String name, Path built) throws IOException {
    Path project = Path.of(System.getProperty("seqgan.root", ".."), "examples", name);
    Path sources = project.resolve("src/main");
    Path classes = Files.createDirectory(built.resolve("classes"));
    PluginJar.compile(sources.resolve("java"), classes, System.getProperty("java.class.path"));
    Path plugins = Files.createDirectory(built.resolve("plugins"));
    PluginJar.of(plugins.resolve(name + ".jar"), classes, sources.resolve("resources"));
    return new ExampleProject(project, plugins);
  }
}
