package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.core.report.matrix.MatrixReport;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.testkit.FileInput;
import org.seqgan.testkit.ReaderContract;

/** The records in the directory of a matrix that somebody sent, and the report that shows them. */
public final class MatrixRecordsFuzzTest extends ReaderContract {
  private static final List<String> OF_CELL =
      List.of("cell.json", "summary.json", "anchors.json", "time.json");

  private static final Cell CELL =
      new Cell(
          1,
          "mle-k2-seed1",
          "mle",
          Map.of("training.adversarial.k", "2"),
          1,
          "preset = quickstart\n",
          List.of("training.adversarial.k=2", "seed=1"));

  private static final Plan PLAN =
      new Plan(
          "test",
          "mle",
          "nll-oracle",
          Better.LOWER,
          List.of("bleu-2"),
          Map.of("mle", 9.5),
          Map.of("mle", List.of("constant")),
          List.of(CELL));

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    FileInput file = FileInput.parse(input);
    Path root = scratch.resolve("matrix");
    if (!Files.exists(root)) {
      write(root);
    }
    Path folder = OF_CELL.contains(file.name()) ? root.resolve("cells/" + CELL.id()) : root;
    if (folder.equals(root) && !file.name().equals("plan.json")) {
      throw file.unexpected();
    }
    byte[] whole = Files.readAllBytes(folder.resolve(file.name()));
    try {
      file.writeTo(folder);
      readAll(root);
    } finally {
      if (Files.exists(folder)) {
        Files.write(folder.resolve(file.name()), whole);
      } else {
        DurableFiles.delete(root); // a cell that is not done was opened again
      }
    }
  }

  static void readAll(Path root) {
    try (MatrixDirectory directory =
        MatrixDirectory.resume(root, PLAN, new MatrixProgram("1", Map.of()))) {
      CellFolder cell = directory.folder(CELL);
      cell.cell();
      cell.seconds();
      MatrixResults results = directory.results();
      ResultsCsv.render(results);
      MatrixReport.render(results);
    }
  }

  static CellFolder write(Path root) {
    try (MatrixDirectory directory =
        MatrixDirectory.create(root, PLAN, new MatrixProgram("1", Map.of()))) {
      CellFolder folder = directory.folder(CELL);
      folder.prepare(CELL);
      folder.writeAnchors(Map.of("oracle on itself", 5.5));
      folder.writeSeconds(12.5);
      ScoreIdentity identity = new ScoreIdentity("nll-oracle", "", 0, "", "tokens", 1);
      folder.write(
          new CellSummary(
              CELL,
              CellState.DONE,
              "",
              12.5,
              2.5,
              Map.of("nll-oracle", 8.25, "bleu-2", Double.NaN),
              List.of(new PerSequence("nll-oracle", new float[] {8, 8.5f})),
              new FinalScores(
                  List.of(new ScoreDescription(identity, Better.LOWER, "in nats")),
                  List.of(new FinalScores.RealScore(identity, 5.5)),
                  List.of(new FinalScores.AtTemperature(0.5f, Map.of("nll-oracle", 7.0))))));
      return folder;
    }
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    Path folder = Files.createTempDirectory("example");
    try {
      CellFolder cell = write(folder.resolve("matrix"));
      List<byte[]> examples = new ArrayList<>();
      examples.add(FileInput.of("plan.json", Files.readString(folder.resolve("matrix/plan.json"))));
      for (String name : OF_CELL) {
        examples.add(FileInput.of(name, Files.readString(cell.root().resolve(name))));
      }
      return examples;
    } finally {
      DurableFiles.delete(folder);
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("plan.json\n cell.json\n summary.json\n anchors.json\n time.json\n null true -1 1e999"
                + " 2147483648 \"NaN\" [] {} [[]] \\u0000 \\u0085 \"cells\" \"metrics\" \"values\""
                + " \"FAILED\" \"WAITING\" \"perSequence\" \"finalScores\" \"temperatures\"")
            .split(" "));
  }
}
