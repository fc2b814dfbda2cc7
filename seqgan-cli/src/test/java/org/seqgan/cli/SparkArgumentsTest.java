package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@DisplayName("seqgan matrix --on spark://..., without Spark")
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SparkArgumentsTest {
  private static final String HOME = "seqgan.home";

  @TempDir private Path folder;
  private Path file;
  private Path jar;

  @BeforeEach
  void files() throws IOException {
    file = Files.writeString(folder.resolve("tiny.conf"), TinyRun.MATRIX);
    jar = Files.createFile(folder.resolve("a jar"));
  }

  private Program.Result matrix(String... more) {
    return matrixOf(file.toString(), more);
  }

  private Program.Result matrixOf(String source, String... more) {
    List<String> words = new ArrayList<>(List.of("matrix", source));
    words.addAll(List.of(more));
    String before = System.getProperty(HOME);
    System.setProperty(HOME, folder.toString());
    try {
      return Program.run(words.toArray(String[]::new));
    } finally {
      if (before == null) {
        System.clearProperty(HOME);
      } else {
        System.setProperty(HOME, before);
      }
    }
  }

  @Test
  void aDryRunPrintsTheCommandLine() {
    Program.Result result =
        matrixOf(
            "quickstart",
            "--on",
            "spark://node1:7077",
            "--dry-run",
            "--threads=4",
            "--memory=2g",
            "-j2",
            "--out=hdfs://node1/matrices/tiny",
            "--spark-jar=" + jar,
            "--spark-conf=spark.cores.max=16",
            "-m",
            "training.batch-size=8,16",
            "--metric=nll-oracle",
            "--resume");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("spark-submit --master spark://node1:7077 --name seqgan-")
        .contains(
            " --conf spark.executor.cores=4 --conf spark.task.cpus=2"
                + " --conf spark.executor.memoryOverhead=2432m --conf spark.cores.max=16 '"
                + jar
                + "' --home "
                + folder
                + " --out hdfs://node1/matrices/tiny --resume quickstart"
                + " -m training.batch-size=8,16 --metric nll-oracle\n");
  }

  @Test
  void aFolderIsNamedAsHadoopDoes() {
    Program.Result result =
        matrix(
            "--on=spark://node1:7077",
            "--dry-run",
            "--threads=1",
            "--memory=1g",
            "--out=" + folder.resolve("out"),
            "--spark-jar=" + jar);

    assertThat(result.out()).contains(" --out " + folder.resolve("out").toUri() + " ");
  }

  @Test
  void mistakesAreSaidInOneLine() {
    String spark = "--on=spark://node1:7077";
    assertThat(matrix("--on=mesos").err())
        .contains("expected one of here, workers, slurm, spark://HOST:PORT, found 'mesos'");
    assertThat(matrix(spark, "--threads=1").err())
        .contains("--on spark://node1:7077: expected what each worker gets", "found no --memory");
    assertThat(matrix(spark, "--threads=1", "--memory=1g").err()).contains("expected --out");
    assertThat(matrix(spark, "--threads=1", "--memory=1g", "--out=x", "--time=1").err())
        .contains("only for --on slurm, found --on spark://node1:7077");
    assertThat(matrix("--spark-conf=a=b").err()).contains("only for --on spark://..., found --on");
    assertThat(matrix(spark, "--threads=1", "--memory=1g", "--out=x", "--devices=0").err())
        .contains("--devices: not for --on spark://...");
    assertThat(matrix(spark, "--threads=1", "--memory=1g", "--out=x", "--lease=9").err())
        .contains("--lease: not for --on spark://...");
    assertThat(matrix(spark, "--threads=1", "--memory=1g", "--out=x", "-q").err())
        .contains("--quiet: not for --on spark://...");
    Program.Result noJar = matrix(spark, "--threads=1", "--memory=1g", "--out=x");
    assertThat(noJar.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.code());
    assertThat(noJar.err())
        .contains("expected the jar seqgan-spark at " + folder.resolve("spark/seqgan-spark-"));
    assertThat(Path.of("x")).doesNotExist();
  }
}
