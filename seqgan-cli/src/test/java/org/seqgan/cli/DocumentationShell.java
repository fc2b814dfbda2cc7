package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedValue;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.DurableFiles;

/**
 * Does what pages of the documentation say, line by line, in a folder that looks like a checkout:
 * the program of {@link DocumentedCommandsTest}, in a process whose working directory that is,
 * because paths on a page are relative to it. Each page finds the folder new; one process does
 * many, since a virtual machine that has run the program before runs it in a fraction of the time.
 *
 * <p>What would take minutes, hours or the network is done in a reduced form, and only in one of
 * the forms below. A new command needs one, or fails:
 *
 * <ul>
 *   <li>{@link #SHORT}: {@code train} with a handful of sequences and one step of each phase, and
 *       with built-in data in the place of a corpus;
 *   <li>{@link #PLANNED}: {@code matrix} with {@code --dry-run}: every cell is resolved, none runs;
 *       where it is left to workers, the folder is that of a matrix of one tiny cell;
 *   <li>{@link #ONCE}: {@code bench} of two figures, each run once;
 *   <li>{@link #LOCAL}: {@code data fetch} from a folder beside the checkout. Where there is none,
 *       from an empty one, and then {@code fetch} and {@code check} must end with 3, as they do for
 *       files that are not at their source;
 *   <li>{@link #SERVED}: {@code serve} at a port that is free, until the page is done, and {@code
 *       curl} asks there;
 *   <li>{@link #CHECKED}: {@code mvn}: the profile and the modules that it names must exist; {@code
 *       package} in an example makes its jar with the compiler alone, {@code compile exec:java}
 *       runs its main class.
 * </ul>
 *
 * <p>Everything else is done as it stands. After {@code survey} two judges answer.
 */
final class DocumentationShell {
  /** The name of the folder that looks like a checkout. */
  static final String CHECKOUT = "checkout";

  private static final String SHORT = "shortened";
  private static final String PLANNED = "dry run";
  private static final String ONCE = "run once";
  private static final String LOCAL = "from a local folder";
  private static final String SERVED = "served";
  private static final String CHECKED = "checked";
  private static final String WHOLE = "as it stands";

  private static final Path ROOT =
      Path.of(System.getProperty("seqgan.root")).toAbsolutePath().normalize();
  private static final Path CORPORA = ROOT.resolveSibling("shared").resolve("data");
  private static final String PARAMETERS = "target_params.pkl";

  /** A MIDI file of one note: middle C for a quarter. */
  private static final String TUNE =
      "4d546864000000060000000101e0" + "4d54726b0000000d" + "00903c40" + "8360803c40" + "00ff2f00";

  /** Where pages say that {@code serve} serves. */
  private static final String USUAL = "http://127.0.0.1:8080";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Commands that are cheap enough. */
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "sample",
          "evaluate",
          "explain",
          "survey",
          "export",
          "import",
          "config",
          "plugins",
          "runs",
          "completion",
          "doctor",
          "worker",
          "init");

  /** What makes any training short, as far as its plugins have the option. */
  private static final Map<String, String> SHORTER = new LinkedHashMap<>();

  static {
    SHORTER.put("task.training-sequences", "64");
    SHORTER.put("task.validation-sequences", "32");
    SHORTER.put("task.test-sequences", "64");
    SHORTER.put("discriminator.filter-widths", "[1,2]");
    SHORTER.put("discriminator.filter-counts", "[4,4]");
    SHORTER.put("reward.roll-outs", "1");
    SHORTER.put("training.batch-size", "16");
    SHORTER.put("training.generator-pretraining.epochs", "1");
    SHORTER.put("training.discriminator-pretraining.rounds", "1");
    SHORTER.put("training.discriminator-pretraining.epochs", "1");
    SHORTER.put("training.adversarial.rounds", "1");
    SHORTER.put("training.adversarial.g-steps", "1");
    SHORTER.put("training.adversarial.d-steps", "1");
    SHORTER.put("training.adversarial.k", "1");
    SHORTER.put("training.adversarial.negatives", "16");
    SHORTER.put("training.likelihood.epochs", "1");
    SHORTER.put("training.game.rounds", "1");
    SHORTER.put("training.game.batches", "1");
    SHORTER.put("evaluation.samples", "32");
  }

  /** Commands that a page takes for done, or that another page of it does. */
  private static final Map<String, List<String>> BEFORE =
      Map.of(
          "README.md", List.of("seqgan train music"),
          "docs/runs.md", List.of("seqgan train quickstart"),
          "docs/workbench.md", List.of("seqgan train quickstart"),
          "docs/metrics.md", List.of("seqgan train quickstart"),
          "docs/human-judgement.md",
              List.of(
                  "seqgan init mine.txt",
                  "seqgan train mine.conf --run runs/mle",
                  "seqgan train mine.conf --run runs/seqgan"));

  private final String page;
  private final Path home;
  private final PrintStream log;
  private Path folder;
  private int served;

  private DocumentationShell(String page, Path home, PrintStream log) {
    this.page = page;
    this.home = home;
    this.log = log;
    this.folder = Path.of("").toAbsolutePath();
  }

  /**
   * Does pages in the working directory, one after the other.
   *
   * @param args a folder for what is not in the checkout, and the pages' names. The log, on the
   *     standard output, has {@link #end} after each
   */
  public static void main(String[] args) throws Exception {
    PrintStream log = new PrintStream(System.out, true, UTF_8);
    List<String> pages = List.of(args).subList(1, args.length);
    for (String name : pages) {
      DocumentationPage page = DocumentationPage.read(name);
      DocumentationShell shell = new DocumentationShell(page.name(), Path.of(args[0]), log);
      shell.makeCheckout();
      shell.prepare(page);
      for (String command : BEFORE.getOrDefault(page.name(), List.of())) {
        shell.line(new DocumentationPage.Line(0, command));
      }
      for (DocumentationPage.Line line : page.commands()) {
        shell.line(line);
      }
      log.println(end(name));
    }
    System.exit(0); // whatever pages have started
  }

  /** The line of the log that says that a page was done, well or not. */
  static String end(String page) {
    return "done " + page;
  }

  /** What a checkout has that pages name, and nothing that a page before has made. */
  private void makeCheckout() throws IOException {
    Path checkout = folder;
    while (!checkout.getFileName().toString().equals(CHECKOUT)) {
      checkout = checkout.getParent();
    }
    try (DirectoryStream<Path> there = Files.newDirectoryStream(checkout)) {
      for (Path each : there) {
        if (!folder.startsWith(each)) {
          DurableFiles.delete(each);
        }
      }
    }
    Files.copy(ROOT.resolve("pom.xml"), checkout.resolve("pom.xml"));
    Path examples = ROOT.resolve("examples");
    try (Stream<Path> files = Files.walk(examples)) {
      for (Path file : files.filter(each -> !each.toString().contains("target")).toList()) {
        Path copy = checkout.resolve(ROOT.relativize(file).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** The files that pages speak of as the reader's own. */
  private void prepare(DocumentationPage page) throws IOException {
    StringBuilder lines = new StringBuilder();
    StringBuilder poems = new StringBuilder();
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      lines.append("the %d birds sing of %d trees\n".formatted(i % 20, i / 20));
      for (int k = 0; k < 20; k++) {
        poems.append((char) ('一' + (i * i + k * k) % 50));
      }
      poems.append('\n');
      bases.append(">read %d\n%s\n".formatted(i, bases(i)));
    }
    Files.writeString(folder.resolve("shi.txt"), poems);
    for (String name : List.of("mine.txt", "haiku.txt")) {
      Files.writeString(folder.resolve(name), page.name().endsWith("poems.md") ? poems : lines);
    }
    Files.writeString(folder.resolve("reads.fasta"), bases);
    if (page.name().endsWith("cluster.md")) {
      Files.createFile(folder.resolve("seqgan-spark-0.1.0.jar"));
      System.setProperty("seqgan.home", folder.toString()); // as the launcher does
    } else {
      System.clearProperty("seqgan.home");
    }
    Files.write(folder.resolve("tune.mid"), HexFormat.of().parseHex(TUNE));
    Files.writeString(folder.resolve("tunes.abc"), "X:1\nT:scale\nL:1/8\nK:C\nCDEF GABc|\n");
    Path parameters = CORPORA.resolve("oracle").resolve(PARAMETERS);
    if (Files.exists(parameters)) {
      Files.copy(parameters, folder.resolve(PARAMETERS));
    }
    Files.writeString(folder.resolve("earlier.json"), "mle_step_64 0.01\n");
    if (page.name().endsWith("music.md")) {
      prepareTunes(Files.createDirectories(folder.resolve("tunes")));
    }
    StringBuilder reviews = new StringBuilder("title,stars\n");
    IntStream.range(0, 60).forEach(i -> reviews.append("a book of %d pages,5\n".formatted(i)));
    Files.writeString(folder.resolve("reviews.csv"), reviews);
    Files.writeString(folder.resolve("molecules.smi"), "CC(=O)O\nc1ccccc1Cl\n");
    Files.writeString(folder.resolve("verbs.txt"), "undoing\nwalked\n");
    Files.createDirectories(folder.resolve("folder"));
    Files.writeString(folder.resolve("folder/speech.txt"), lines);
    for (DocumentationPage.NamedFile file : page.files()) {
      Files.writeString(folder.resolve(file.name()), file.contents());
    }
  }

  private static String bases(int read) {
    Random random = new Random(read);
    StringBuilder bases = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      bases.append("ACGT".charAt(random.nextInt(4)));
    }
    return bases.toString();
  }

  private static void prepareTunes(Path tunes) throws IOException {
    Files.write(tunes.resolve("song.mid"), HexFormat.of().parseHex(TUNE));
    for (int i = 0; i < 30; i++) {
      StringBuilder notes = new StringBuilder();
      for (int k = 0; k < 48; k++) {
        notes.append("CDEFGAB".charAt((i * k + k + i) % 7));
      }
      Files.writeString(
          tunes.resolve("song%d.abc".formatted(i)),
          "X:1\nT:song %d\nL:1/8\nK:C\n%s|\n".formatted(i, notes));
    }
  }

  private void line(DocumentationPage.Line line) {
    for (String command : line.text().split(" && ")) {
      try {
        String how = command(words(command));
        log.printf("ok   %s:%d: %s (%s)%n", page, line.number(), command, how);
      } catch (Exception | AssertionError e) {
        log.printf("FAIL %s:%d: %s%n     %s%n", page, line.number(), command, e);
      }
    }
  }

  // ---- the shell ----

  /** Words, with quotes taken away and patterns of file names replaced by files. */
  private List<String> words(String command) throws IOException {
    List<String> words = new ArrayList<>();
    for (int at = 0; at < command.length(); at++) {
      StringBuilder word = new StringBuilder();
      boolean quoted = false;
      char quote = ' ';
      for (; at < command.length() && (quote != ' ' || command.charAt(at) != ' '); at++) {
        char next = command.charAt(at);
        if (quote == ' ' && (next == '\'' || next == '"')) {
          quote = next;
          quoted = true;
        } else if (next == quote) {
          quote = ' ';
        } else {
          word.append(next);
        }
      }
      if (!word.isEmpty() || quoted) {
        words.addAll(files(word.toString().replaceFirst("^~", home.toString()), quoted));
      }
    }
    return words;
  }

  /** The files of a pattern; a word that is none stands for itself. */
  private List<String> files(String word, boolean quoted) throws IOException {
    Set<String> found = new TreeSet<>();
    if (word.contains("*") && !quoted) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, word)) {
        files.forEach(file -> found.add(file.getFileName().toString()));
      }
    }
    return found.isEmpty() ? List.of(word) : List.copyOf(found);
  }

  private String command(List<String> words) throws Exception {
    String name = words.get(0);
    List<String> rest = words.subList(1, words.size());
    if (Path.of(name).getFileName().toString().equals("seqgan")) {
      return program(rest);
    }
    switch (name) {
      case "mvn" -> {
        maven(rest);
        return CHECKED;
      }
      case "curl" -> {
        ask(rest);
        return SERVED;
      }
      case "cd" -> folder = folder.resolve(rest.get(0)).normalize();
      case "mkdir" -> Files.createDirectories(folder.resolve(rest.get(rest.size() - 1)));
      case "cp" -> {
        Path from = folder.resolve(rest.get(0));
        Path to = folder.resolve(rest.get(1));
        Files.copy(
            from,
            Files.isDirectory(to) ? to.resolve(from.getFileName()) : to,
            StandardCopyOption.REPLACE_EXISTING);
      }
      default ->
          throw new AssertionError("no way to do this; say in " + getClass().getName() + " how");
    }
    return WHOLE;
  }

  // ---- the program ----

  private String program(List<String> words) throws Exception {
    if (!folder.equals(Path.of("").toAbsolutePath())) {
      throw new AssertionError(
          "the program is called in another folder than the page's: " + folder);
    }
    String command = words.isEmpty() ? "" : words.get(0);
    switch (command) {
      case "train" -> {
        run(0, words.contains("--resume") ? fewerRounds(words) : with(words, shorter(words)));
        return SHORT;
      }
      case "matrix" -> {
        if (words.contains("status") || words.contains("slurm")) {
          run(0, words);
          return WHOLE;
        }
        if (words.contains("workers")) {
          tinyMatrix(words);
          return SHORT;
        }
        if (words.size() > 1) {
          List<String> planned =
              words.contains("--dry-run") ? words : with(words, List.of("--dry-run"));
          run(0, with(planned, List.of("--probe", "0")));
          return PLANNED;
        }
      }
      case "bench" -> {
        run(0, with(words, List.of("--quick", "--only", "mle_step_64,sample_64")));
        return ONCE;
      }
      case "data" -> {
        return data(words);
      }
      case "serve" -> {
        start(words, "/readyz", 200);
        return SERVED;
      }
      case "ui" -> {
        start(words, "/", 401); // its page is for who has the token that it prints
        return SERVED;
      }
      default -> {
        if (!AS_THEY_ARE.contains(command)) {
          throw new AssertionError("how to do this? say so in " + getClass().getName());
        }
      }
    }
    boolean step = words.contains("--step");
    run(0, step ? firstStep(words) : words);
    if (command.equals("survey") && !words.get(1).equals("score")) {
      Path key = folder.resolve("survey.key.json");
      answer(key, "anna", 2);
      answer(key, "ben", 3);
    }
    return WHOLE;
  }

  /** Starts a server, which goes on until this process ends, and waits for it. */
  private void start(List<String> words, String path, int expected) throws Exception {
    served = freePort();
    Thread server = new Thread(() -> run(0, with(words, List.of("--port=" + served))));
    server.setDaemon(true);
    server.start();
    URI ready = URI.create("http://127.0.0.1:" + served + path);
    for (int status = 0; status != expected; ) {
      require(server.isAlive(), "it does not serve");
      Thread.sleep(50);
      try {
        status =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                .statusCode();
      } catch (ConnectException e) {
        // It has not begun to listen.
        status = 0;
      }
    }
  }

  /**
   * Below those that a system gives to whoever asks for any, so that nobody has it before the
   * server does; two processes at a time begin to look at different ones.
   */
  private int freePort() {
    int most = 30_000;
    for (int port =
            Math.max(served + 1, 10_000 + (int) (ProcessHandle.current().pid() % 1000) * 20);
        port < most;
        port++) {
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (IOException e) {
        continue; // it is taken
      }
    }
    throw new AssertionError("no port is free up to " + most);
  }

  /** What curl asks of the server that a page has started at the usual port. */
  private void ask(List<String> words) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "-s", "-N" -> {}
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          request.header(header[0], header[1]);
        }
        case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(words.get(++i)));
        default -> {
          require(word.startsWith(USUAL), "asks " + word + ", expected " + USUAL);
          String path = word.substring(USUAL.length());
          request.uri(URI.create("http://127.0.0.1:" + served + path));
        }
      }
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    require(answer.statusCode() == 200, answer.statusCode() + ": " + answer.body());
    require(!answer.body().isBlank(), "an answer that is empty");
  }

  /** The folder that workers are to work on, with a matrix that is done in a moment. */
  private void tinyMatrix(List<String> words) throws IOException {
    Path file = Files.writeString(folder.resolve("tiny.conf"), TinyRun.ONE_CELL);
    String out = words.get(words.indexOf("--out") + 1);
    run(0, List.of("matrix", file.toString(), "--out", out, "--on", "workers"));
  }

  private String data(List<String> words) throws IOException {
    String what = words.get(1);
    if (what.equals("list") || what.equals("show")) {
      boolean isMissing = words.contains(PARAMETERS) && !Files.exists(folder.resolve(PARAMETERS));
      run((isMissing ? ExitCode.DATA : ExitCode.DONE).code(), words);
      return WHOLE;
    }
    Path source = CORPORA.resolve(words.get(2));
    boolean isHere = Files.isDirectory(source);
    int expected = isHere ? ExitCode.DONE.code() : ExitCode.DATA.code();
    if (what.equals("check")) {
      run(expected, words);
      return isHere ? WHOLE : LOCAL;
    }
    int from = words.indexOf("--from");
    List<String> local = new ArrayList<>(from < 0 ? words : words.subList(0, from));
    Path nothing = Files.createDirectories(home.resolve("nothing"));
    run(expected, with(local, List.of("--from", (isHere ? source : nothing).toString())));
    return LOCAL;
  }

  private static List<String> with(List<String> words, List<String> more) {
    return Stream.concat(words.stream(), more.stream()).toList();
  }

  private static void run(int expected, List<String> words) {
    Program.Result result = Program.run(words.toArray(String[]::new));
    if (result.exitCode() != expected) {
      throw new AssertionError(
          "exit code %d, expected %d; run as: seqgan %s; it said: %s"
              .formatted(result.exitCode(), expected, String.join(" ", words), result.err()));
    }
  }

  /** A run that goes on does so for a round more. */
  private static List<String> fewerRounds(List<String> words) {
    return words.stream().map(word -> word.replaceFirst("(rounds=)\\d+$", "$12")).toList();
  }

  /** The last step of a phase is its first, in a training that is short. */
  private static List<String> firstStep(List<String> words) {
    return words.stream()
        .map(word -> word.replaceFirst("^((?:.*@)?[a-z]+(?:-[a-z]+)*-)\\d+$", "$11"))
        .toList();
  }

  /** The overrides that make a configuration short, and need nothing that is not here. */
  private static List<String> shorter(List<String> words) {
    int plugins = words.indexOf("--plugins");
    ClassLoader loader = DocumentationShell.class.getClassLoader();
    PluginRegistry registry =
        plugins < 0
            ? PluginRegistry.discover(loader)
            : PluginRegistry.discover(loader, Path.of(words.get(plugins + 1)));
    List<String> overrides =
        words.stream().skip(2).filter(word -> word.matches("[a-z][a-z0-9.-]*=.*")).toList();
    List<String> shorter = new ArrayList<>();
    for (ResolvedValue value : ExperimentConfig.load(registry, words.get(1), overrides).values()) {
      if (SHORTER.containsKey(value.key())) {
        shorter.add(value.key() + "=" + SHORTER.get(value.key()));
      } else if (value.value().filter("corpus"::equals).isPresent()) {
        shorter.add(value.key() + (value.key().equals("task.data") ? "=sample" : "=null"));
      }
    }
    return shorter;
  }

  /** A judge who says yes to one item of so many. */
  private void answer(Path key, String judge, int one) throws IOException {
    JsonNode root = JSON.readTree(key.toFile());
    ObjectNode sheet =
        JSON.createObjectNode()
            .put("format", "seqgan survey answers 1")
            .put("survey", root.get("survey").asText())
            .put("judge", judge);
    ObjectNode answers = sheet.putObject("answers");
    int number = 0;
    for (JsonNode item : root.get("items")) {
      answers.put(item.get("id").asText(), number++ % one == 0);
    }
    Files.writeString(folder.resolve("answers-" + judge + ".json"), sheet.toString());
  }

  // ---- the build ----

  private void maven(List<String> words) throws Exception {
    List<String> goals = new ArrayList<>();
    Path project = folder;
    List<String> arguments = List.of();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        for (String module : words.get(++i).split(",")) {
          require(Files.exists(ROOT.resolve(module).resolve("pom.xml")), "no module " + module);
        }
      } else if (word.equals("-f")) {
        Path pom = folder.resolve(words.get(++i)).normalize();
        require(Files.exists(pom), "there is no " + pom);
        project = pom.getParent();
      } else if (word.startsWith("-P")) {
        require(profiles().contains("<id>" + word.substring(2) + "</id>"), "no profile " + word);
      } else if (word.startsWith("-Dexec.args=")) {
        arguments = List.of(word.substring(word.indexOf('=') + 1).split(" "));
      } else if (!word.startsWith("-")) {
        goals.add(word);
      }
    }
    if (goals.equals(List.of("compile", "exec:java"))) {
      ExampleMain.of(project, home).run(arguments);
      return;
    }
    Set<String> known = Set.of("verify", "install", "package", "test", "spotless:apply");
    require(known.containsAll(goals), "goals " + goals);
    if (goals.equals(List.of("package")) && Files.exists(folder.resolve("pom.xml"))) {
      buildExample();
    }
  }

  private static String profiles() throws IOException {
    StringBuilder poms = new StringBuilder();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : Stream.concat(Stream.of(ROOT), modules.sorted()).toList()) {
        Path pom = module.resolve("pom.xml");
        poms.append(Files.exists(pom) ? Files.readString(pom) : "");
      }
    }
    return poms.toString();
  }

  private void buildExample() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    Path classes = Files.createDirectories(target.resolve("classes"));
    Path sources = folder.resolve("src/main");
    PluginJar.compile(sources.resolve("java"), classes, System.getProperty("java.class.path"));
    String name = folder.getFileName() + "-1.0.0.jar";
    PluginJar.of(target.resolve(name), classes, sources.resolve("resources"));
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new AssertionError(message);
    }
  }
}
