package org.seqgan.cli;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.cli.ui.UiServer;

/**
 * Makes the pictures of {@code docs/workbench.md} anew, of runs that it trains for them, which
 * takes minutes, and keeps in {@code target} for the next time. It needs a font with Chinese
 * characters. Its name is none that the build looks for.
 */
class WorkbenchPictures {
  private static final String MATRIX =
      """
      name = methods
      preset = quickstart
      configuration {
        task {
          vocabulary-size = 40, training-sequences = 1000
          validation-sequences = 200, test-sequences = 200
        }
        training {
          generator-pretraining.epochs = 12
          discriminator-pretraining.rounds = 3
          adversarial.rounds = 12
        }
        evaluation { samples = 300, every-epochs = 1, every-rounds = 1 }
      }
      baseline = mle
      metrics = [nll-oracle, nll-gen, distinct-2]
      methods {
        mle {
          training {
            generator-pretraining.epochs = 27
            discriminator-pretraining.rounds = 0, adversarial.rounds = 0
          }
        }
        seqgan {}
        constant-reward { reward = constant }
      }
      seeds = [1, 2, 3]
      """;

  private static final int COLOURS = 256;

  @TempDir private Path folder;
  private Browser browser;

  @Test
  @EnabledIfSystemProperty(named = "seqgan.docs.update", matches = "true")
  void makePictures() throws Exception {
    Path root = Path.of("target", "workbench-pictures");
    Files.createDirectories(root);
    if (Files.notExists(root.resolve("methods"))) {
      Path matrix = Files.writeString(folder.resolve("methods.conf"), MATRIX);
      Path out = root.resolve("methods");
      SmallRun.succeeds("matrix", matrix.toString(), "-j", "1", "--out", out.toString());
    }
    for (String task : List.of("poems", "music")) {
      if (Files.notExists(root.resolve(task))) {
        train(task, root.resolve(task));
      }
    }
    Path live = root.resolve("quickstart");
    delete(live);
    List<String> longer =
        List.of(
            SmallRun.words(
                live,
                "training.generator-pretraining.epochs=20",
                "training.discriminator-pretraining.rounds=5",
                "training.adversarial.rounds=2000"));
    UiServer.Settings settings =
        new UiServer.Settings(List.of(root), 0, true, "", run -> List.of(), message -> {});
    try (ProgramProcess training =
        ProgramProcess.startSilent(folder.resolve("training.txt"), longer)) {
      training.awaitFile(live.resolve("metrics.jsonl"));
      try (UiServer server = UiServer.start(settings);
          Browser opened = Browser.startOrSkip()) {
        browser = opened;
        browser.resize(1060, 620);
        browser.open(server.address().toString());
        browser.awaitText("12 runs");
        takeAll();
      }
      training.kill();
    }
  }

  private static void train(String task, Path run) {
    SmallRun.succeeds(
        "train",
        task,
        "training.generator-pretraining.epochs=8",
        "training.discriminator-pretraining.rounds=2",
        "training.adversarial.rounds=4",
        "evaluation.every-epochs=4",
        "evaluation.every-rounds=2",
        "-q",
        "--run",
        run.toString());
  }

  private static void delete(Path run) throws IOException {
    if (Files.exists(run)) {
      try (Stream<Path> all = Files.walk(run)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void takeAll() throws IOException {
    String cells =
        browser
            .evaluate(
                "fetch('/api/runs').then(r => r.json()).then(all =>"
                    + " all.runs.filter(run => run.cell).map(run => run.id).join())")
            .asText();
    browser.click(".grid tbody tr:nth-child(4) input");
    browser.click(".grid tbody tr:nth-child(5) input");
    take("runs");

    browser.resize(960, 880);
    go("curves?metric=nll-oracle&group=method&runs=" + cells);
    browser.await("document.querySelector('.plot')?.dataset.painted");
    browser.evaluate("document.querySelector('main details').open = false");
    browser.evaluate("document.querySelector('.plot').focus({preventScroll: true})");
    for (int i = 0; i < 22; i++) {
      browser.press("ArrowRight");
    }
    take("curves");

    browser.resize(960, 720);
    go("plane?runs=" + cells);
    browser.await("document.querySelector('.plot')?.dataset.painted");
    browser.evaluate("document.querySelector('main details').open = false");
    take("plane");

    browser.resize(960, 560);
    go("matrices/" + id("run.matrix", "matrix"));
    browser.awaitText("9 of 9 cells done");
    take("matrix");

    go(
        "differences?runs="
            + id("run.name === 'mle-seed1'", "id")
            + ","
            + id("run.name === 'seqgan-seed1'", "id")
            + ","
            + id("run.name === 'constant-reward-seed2'", "id"));
    browser.awaitText("options differ");
    take("differences");

    browser.resize(960, 560);
    go("samples?runs=" + id("run.name === 'poems'", "id"));
    browser.await("document.querySelectorAll('.column li').length > 8");
    take("poems");
    go("samples?runs=" + id("run.name === 'music'", "id"));
    browser.await("document.querySelectorAll('.column svg').length > 8");
    take("tunes");

    browser.resize(390, 700);
    browser.prefer("dark");
    go("run/" + id("run.name === 'quickstart'", "id"));
    browser.await("document.querySelector('.plot')?.dataset.painted");
    browser.await("document.querySelectorAll('.plot canvas').length > 4");
    take("phone");
  }

  private String id(String condition, String key) {
    return browser
        .evaluate(
            "fetch('/api/runs').then(r => r.json()).then(all => all.runs.find(run => %s).%s)"
                .formatted(condition, key))
        .asText();
  }

  private void go(String route) {
    browser.evaluate("location.hash = '#/%s'".formatted(route));
    browser.await("document.querySelector('main h1')");
  }

  private void take(String name) throws IOException {
    Path images = Path.of(System.getProperty("seqgan.root", ".."), "docs", "images");
    Files.createDirectories(images);
    browser.evaluate("new Promise(resolve => setTimeout(resolve, 400))");
    Path file = images.resolve("workbench-" + name + ".png");
    browser.picture(file);
    ImageIO.write(indexed(ImageIO.read(file.toFile())), "png", file.toFile());
  }

  /** The same in the 256 colours that it has most of, each other as the nearest: half the bytes. */
  private static BufferedImage indexed(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    int[] colours =
        counts.keySet().stream()
            .sorted(Comparator.<Integer>comparingInt(counts::get).reversed())
            .limit(COLOURS)
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, Integer> places = new HashMap<>();
    counts.keySet().forEach(colour -> places.put(colour, nearest(colour, colours)));
    IndexColorModel model =
        new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage result =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    int[] indices = IntStream.of(pixels).map(places::get).toArray();
    result.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), indices);
    return result;
  }

  private static int nearest(int colour, int[] colours) {
    return IntStream.range(0, colours.length)
        .boxed()
        .min(Comparator.comparingInt(i -> distance(colour, colours[i])))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    return IntStream.of(0, 8, 16)
        .map(shift -> (one >> shift & 0xff) - (other >> shift & 0xff))
        .map(difference -> difference * difference)
        .sum();
  }
}
