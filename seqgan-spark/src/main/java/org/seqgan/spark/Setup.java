package org.seqgan.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * What every executor has to know.
 *
 * @param application the application's id
 * @param out see {@link Arguments#out}
 * @param hadoop the configuration of Hadoop's file systems
 * @param files the files that describe the matrix, by their names
 * @param program what runs cells
 * @param share what an executor gives to them
 * @param words what {@code seqgan worker} is told besides
 */
record Setup(
    String application,
    String out,
    Map<String, String> hadoop,
    Map<String, String> files,
    Program program,
    Share share,
    List<String> words)
    implements Serializable {

  Setup {
    hadoop = Map.copyOf(hadoop);
    files = Map.copyOf(files);
    words = List.copyOf(words);
  }

  /** How often the checkpoints of a cell are copied, in seconds. */
  static long copySeconds(SparkConf conf) {
    return conf.getTimeAsSeconds("spark.seqgan.copyInterval", "60s");
  }

  /** All that a configuration says. */
  static Map<String, String> entries(Configuration configuration) {
    Map<String, String> entries = new HashMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      entries.put(entry.getKey(), entry.getValue());
    }
    return entries;
  }

  /** The directory of the matrix. */
  MatrixStore store() throws IOException {
    Configuration configuration = new Configuration(false);
    hadoop.forEach(configuration::set);
    return MatrixStore.open(out, configuration);
  }
}
