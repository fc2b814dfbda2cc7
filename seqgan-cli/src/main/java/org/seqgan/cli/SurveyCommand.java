package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.generator.Generator;
import org.seqgan.core.portable.ModelFile;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.CheckpointChoice;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.survey.Survey;
import org.seqgan.core.survey.SurveyBuilder;
import org.seqgan.core.survey.SurveyPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan survey}: a page on which people judge real and generated sequences. */
@Command(
    name = "survey",
    description = {
      "Write a page on which people say of real and generated sequences whether a person wrote"
          + " them, and a key that says which is which. Judges must not see the key.",
      "Example: seqgan survey runs/mle runs/seqgan --items 20",
      "Then: seqgan survey score survey.key.json answers-*.json"
    },
    subcommands = SurveyScoreCommand.class)
final class SurveyCommand implements Callable<Integer> {
  private static final String PAGE = ".html";

  /** Of each source, in the paper's Table 2. */
  private static final int USUAL_ITEMS = 20;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN[@PHASE-N]|MODEL",
      description =
          "run directories and files of models (NAME.seqgan) of one task; of each run the checkpoint that is named, such as"
              + " runs/seqgan@adversarial-12, or else the one that --step, --best or --last chooses")
  private List<String> runs = new ArrayList<>();

  @Mixin private CheckpointArguments checkpoint;

  @Option(
      names = "--with-data",
      description = "of files of models open the data too, where their configurations say they are")
  private boolean withData;

  @Option(
      names = "--items",
      paramLabel = "N",
      description =
          "of real data, and of each run (default: 20, as in the paper's Table 2, or all that the test"
              + " set has, where that is less)")
  private @Nullable Integer items;

  @Option(
      names = "--seed",
      description = "of the choice and the order of the items (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "the page; the key is beside it (default: ${DEFAULT-VALUE})")
  private Path page = Path.of("survey" + PAGE);

  @Option(names = "--force", description = "replace a page and a key that are there")
  private boolean force;

  SurveyCommand() {}

  @Override
  public Integer call() {
    if (runs.isEmpty()) {
      throw Misuse.of("expected one run or more, found none; see 'seqgan survey --help'");
    }
    if (items != null && items < 1) {
      throw Misuse.of("--items must be at least 1, found " + items);
    }
    Path key = key();
    requireRoom(key);
    Survey survey = draw();
    survey.key().write(key);
    DurableFiles.replace(page, SurveyPage.render(survey));
    tell(survey, key);
    return 0;
  }

  private Path key() {
    String name = String.valueOf(page.getFileName());
    if (!name.endsWith(PAGE)) {
      throw Misuse.of("--out takes a file that ends in %s, found %s".formatted(PAGE, page));
    }
    return page.resolveSibling(name.substring(0, name.length() - PAGE.length()) + ".key.json");
  }

  private void requireRoom(Path key) {
    for (Path file : List.of(page, key)) {
      if (Files.exists(file) && !force) {
        throw Misuse.of(
            "%s exists already, and answers to a survey need its key: use --force to replace page and key, or another --out"
                .formatted(file));
      }
    }
  }

  private Survey draw() {
    PluginRegistry registry = main.registry();
    SurveyBuilder builder =
        items == null ? SurveyBuilder.ofUpTo(USUAL_ITEMS, seed) : new SurveyBuilder(items, seed);
    Set<String> names = new HashSet<>(Set.of(Survey.REAL));
    for (String argument : runs) {
      RunName run = RunName.parse(argument);
      String name = run.shortName();
      // Two runs of one name, from different folders, are told apart by their paths.
      if (!names.add(name)) {
        name = argument;
        if (!names.add(name)) {
          throw Misuse.of("expected different runs, found %s twice".formatted(argument));
        }
      }
      ModelOpening opening = new ModelOpening(registry, spec.commandLine().getErr());
      run.checkpoint().ifPresent(step -> ModelOpening.requireRun(run.root(), "@" + step));
      CheckpointChoice choice = run.choice().orElseGet(checkpoint::choice);
      try (OpenModel trained =
          withData && ModelFile.isMeant(run.root())
              ? opening.openWithData(run.root(), List.of())
              : opening.open(run.root(), choice)) {
        Generator generator = trained.experiment().generator();
        builder.add(
            name, trained.taskName(), trained.task(), generator::sample, trained.decoding());
      }
    }
    return builder.build();
  }

  /**
   * A run as the command line names it.
   *
   * @param root its directory
   * @param checkpoint the name of one of its checkpoints, where it is given
   */
  private record RunName(Path root, Optional<String> checkpoint) {
    static RunName parse(String argument) {
      int at = argument.lastIndexOf('@');
      return at < 0 || Files.exists(Path.of(argument))
          ? new RunName(Path.of(argument), Optional.empty())
          : new RunName(
              Path.of(argument.substring(0, at)), Optional.of(argument.substring(at + 1)));
    }

    Optional<CheckpointChoice> choice() {
      return checkpoint.map(CheckpointChoice.Named::new);
    }

    String shortName() {
      return new RunLayout(root).name() + checkpoint.map(name -> "@" + name).orElse("");
    }
  }

  private void tell(Survey survey, Path key) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Page: %s, %d items, %d of each of %s"
            .formatted(
                page,
                survey.items().size(),
                survey.items().size() / survey.sources().size(),
                String.join(", ", survey.sources())));
    out.println("Key: %s; keep it from the judges".formatted(key));
    survey.remarks().forEach(out::println);
  }
}
