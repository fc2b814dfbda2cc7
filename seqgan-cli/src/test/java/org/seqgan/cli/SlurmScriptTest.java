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

@DisplayName("seqgan matrix --on slurm, without Slurm")
class SlurmScriptTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void matrix() throws IOException {
    file = Files.writeString(folder.resolve("tiny.conf"), TinyRun.MATRIX);
  }

  private Program.Result matrix(String... more) {
    List<String> words =
        new ArrayList<>(List.of("matrix", file.toString(), "--out", folder + "/its out"));
    words.addAll(List.of(more));
    return Program.run(words.toArray(String[]::new));
  }

  @Test
  void aDryRunPrintsTheScriptAndMakesNothing() {
    Program.Result result =
        matrix(
            ("--on slurm --dry-run --threads 4 --memory 2g -j 2 --partition long --time 1-0:00:00"
                    + " --gres gpu:1 --workers 30 --at-once 10 --lease 60")
                .split(" "));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("#!/bin/sh\n#SBATCH --job-name=seqgan-tiny\n#SBATCH --array=0-29%10\n")
        .contains(
            "#SBATCH --partition=long\n#SBATCH --time=1-0:00:00\n#SBATCH --gres=gpu:1\n",
            "#SBATCH --cpus-per-task=4\n#SBATCH --mem=2560M\n#SBATCH --requeue\n",
            "#SBATCH --signal=B:TERM@60\n",
            "#SBATCH --output='" + folder + "/its out/workers/%A_%a.txt'\nexec ")
        .endsWith(" worker '" + folder + "/its out' -j 2 --threads 4 --memory 2g --lease 60.0\n");
    assertThat(folder.resolve("its out")).doesNotExist();
  }

  @Test
  void mistakesAreSaidInOneLine() {
    assertThat(matrix("--on", "slurm", "--threads", "2").err())
        .contains("expected what each worker gets", "found no --memory");
    assertThat(matrix("--time", "1:00:00").err()).contains("only for --on slurm, found --on here");
    assertThat(
            matrix(
                    "--on",
                    "slurm",
                    "--threads",
                    "2",
                    "--memory",
                    "2g",
                    "--dry-run",
                    "--gres",
                    "gpu:1 --uid=0")
                .err())
        .contains("--gres: expected a word as Slurm has them, found 'gpu:1 --uid=0'");
    assertThat(matrix("--lease", "0").err()).contains("--lease: expected 1 to 86400 seconds");
    assertThat(matrix("--probe", "1").err()).contains("--probe: only for --dry-run");
    assertThat(folder.resolve("its out")).doesNotExist();
  }
}
