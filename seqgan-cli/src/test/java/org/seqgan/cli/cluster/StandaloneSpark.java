package org.seqgan.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.seqgan.cli.cluster.Shipped.Running;

/** A master and two workers of Spark, of the jars that this module is compiled with. */
final class StandaloneSpark implements AutoCloseable {
  private static final String SCRIPT =
      Shipped.ROOT.resolve("scripts/spark-on-loopback.sh").toString();

  private final Path folder;
  private final int port;

  private StandaloneSpark(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static StandaloneSpark start(Path folder) throws Exception {
    Path jars = Shipped.ROOT.resolve("seqgan-spark/target/spark.classpath");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    StandaloneSpark spark = new StandaloneSpark(folder, port);
    spark.say("start", folder.toString(), Files.readString(jars).strip(), Integer.toString(port));
    spark.awaitMaster();
    return spark;
  }

  private void awaitMaster() throws Exception {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException e) {
        assertThat(System.nanoTime() - start)
            .as(() -> log("master"))
            .isLessThan(TimeUnit.SECONDS.toNanos(100));
        Thread.sleep(100);
      }
    }
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void say(String... words) throws Exception {
    Running running =
        Shipped.start(Map.of(), Stream.concat(Stream.of(SCRIPT), Stream.of(words)).toList());
    running.awaitEnd();
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** For a process that submits something. */
  Map<String, String> environment() {
    return Map.of("SPARK_HOME", folder.resolve("spark").toString());
  }

  /** The first executor of a worker. */
  ProcessHandle executor(int worker) throws IOException {
    return executors(worker).findFirst().orElseThrow();
  }

  private Stream<ProcessHandle> executors(int worker) throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("worker" + worker + ".pid")).strip());
    return ProcessHandle.of(pid).orElseThrow().children();
  }

  /** The processes beside it that run cells. */
  List<ProcessHandle> cells(int worker) throws IOException {
    return executor(worker).descendants().toList();
  }

  /** Whether its executor has a process that takes cells, and that one a process that runs them. */
  boolean isBusy(int worker) throws IOException {
    return executors(worker).findFirst().filter(one -> one.descendants().count() >= 2).isPresent();
  }

  /** The only file of a folder. */
  static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> !file.toString().endsWith(".crc")).toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Override
  public void close() throws Exception {
    say("stop", folder.toString());
  }
}
