package org.seqgan.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command line and configuration of the application")
class ArgumentsTest {
  @Test
  void wordsAreForTheMatrixUnlessTheyAreKnown() {
    Arguments arguments =
        Arguments.parse(
            "table1 --size small --plugins p --out hdfs://a/b --home /opt/seqgan --resume"
                .split(" "));

    assertThat(arguments)
        .isEqualTo(
            new Arguments(
                "hdfs://a/b",
                "/opt/seqgan",
                true,
                List.of("table1", "--size", "small"),
                List.of("--plugins", "p")));
  }

  @ParameterizedTest
  @CsvSource({
    "table1 --home h, found no --out; usage:",
    "table1 --out o, found no --home; usage:",
    "--out o --home h, found no matrix; usage:",
    "table1 --out o --home, expected a value after --home",
    "table1 --out o --home h -j 2, -j is what Spark decides here"
  })
  void aMistakeIsSaidWithTheUsage(String words, String message) {
    assertThatThrownBy(() -> Arguments.parse(words.split(" ", -1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(message);
  }

  private static SparkConf conf(String... entries) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < entries.length; i += 2) {
      conf.set("spark." + entries[i], entries[i + 1]);
    }
    return conf;
  }

  @Test
  void cellsHaveWhatIsBesideTheHeapOfAnExecutor() {
    SparkConf conf = conf("executor.cores", "8", "task.cpus", "3", "executor.memoryOverhead", "4g");
    assertThat(Share.of(conf)).isEqualTo(new Share(2, 8, 4096 - 384));
    assertThat(Share.of(conf).words())
        .isEqualTo(List.of("-j", "2", "--threads", "8", "--memory", "3712m"));
  }

  @Test
  void whatSparkWouldChooseIsTooLittle() {
    assertThatThrownBy(() -> Share.of(conf("executor.cores", "2")))
        .hasMessageContaining("found no spark.executor.memoryOverhead");
    assertThatThrownBy(() -> Share.of(conf("executor.memoryOverhead", "2g")))
        .hasMessageContaining("found no spark.executor.cores");
    assertThatThrownBy(() -> Share.of(conf("executor.cores", "2", "executor.memoryOverhead", "1g")))
        .hasMessageContaining(
            "expected spark.executor.memoryOverhead of at least 1408m, which is 512m for each of 2"
                + " cells at a time and 384m for Spark, found 1g");
    assertThatThrownBy(
            () ->
                Share.of(
                    conf("executor.cores", "1", "task.cpus", "2", "executor.memoryOverhead", "4g")))
        .hasMessageContaining("at least spark.task.cpus (2), found 1");
  }
}
