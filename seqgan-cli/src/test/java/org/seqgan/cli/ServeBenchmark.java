package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Clients of {@code seqgan serve} on this machine, each of which asks again as soon as it has an
 * answer. A measurement and no test; docs/serving.md has its command and figures.
 *
 * <pre>ServeBenchmark PORT MODEL CLIENTS SECONDS COUNT seeds|none [BROKEN]</pre>
 *
 * COUNT is how many sequences a request asks for, with a seed of its own or with none; of every
 * BROKEN requests one is given up after it was sent, and asked for as a stream. It prints a line:
 * requests and sequences a second, and quantiles of the time that a request took, in milliseconds.
 */
public final class ServeBenchmark {
  private ServeBenchmark() {}

  /** What a client saw. */
  private static final class Client extends Thread {
    private final int port;
    private final String model;
    private final int number;
    private final long end;
    private final int count;
    private final boolean seeds;
    private final int broken;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private long[] nanoseconds = new long[1024];
    private int answers;
    private int asked;
    private int lost;

    Client(int port, String model, int number, long end, int count, boolean seeds, int broken) {
      this.port = port;
      this.model = model;
      this.number = number;
      this.end = end;
      this.count = count;
      this.seeds = seeds;
      this.broken = broken;
    }

    @Override
    public void run() {
      while (System.nanoTime() < end) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(2));
          InputStream in = new BufferedInputStream(socket.getInputStream());
          while (System.nanoTime() < end) {
            boolean givenUp = ++asked % broken == broken - 1;
            socket.getOutputStream().write(request(givenUp));
            if (givenUp) {
              break;
            }
            long start = System.nanoTime();
            int status = answer(in);
            add(System.nanoTime() - start, status);
          }
        } catch (IOException e) {
          lost++;
        }
      }
    }

    private byte[] request(boolean stream) {
      String body =
          "{\"count\":%d%s%s}"
              .formatted(
                  count,
                  seeds ? ",\"seed\":" + (number * 1_000_000L + asked) : "",
                  stream ? ",\"stream\":true" : "");
      return """
          POST /v1/models/%s/sequences HTTP/1.1
          Host: 127.0.0.1:%d
          Content-Type: application/json
          Content-Length: %d

          %s"""
          .formatted(model, port, body.length(), body)
          .replace("\n", "\r\n")
          .getBytes(UTF_8);
    }

    /** Reads an answer to its end; its status. */
    private static int answer(InputStream in) throws IOException {
      String first = line(in);
      int length = 0;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      in.skipNBytes(length);
      return Integer.parseInt(first.split(" ")[1]);
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException();
        }
        if (next != '\r') {
          line.append(new String(new byte[] {(byte) next}, ISO_8859_1));
        }
      }
      return line.toString();
    }

    private void add(long took, int status) {
      statuses.merge(status, 1, Integer::sum);
      if (status == 200) {
        if (answers == nanoseconds.length) {
          nanoseconds = Arrays.copyOf(nanoseconds, 2 * answers);
        }
        nanoseconds[answers++] = took;
      }
    }

    LongStream took() {
      return Arrays.stream(nanoseconds, 0, answers);
    }
  }

  /** Runs it. */
  public static void main(String[] words) throws InterruptedException {
    int seconds = Integer.parseInt(words[3]);
    int count = Integer.parseInt(words[4]);
    long start = System.nanoTime();
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(words[2]); i++) {
      clients.add(
          new Client(
              Integer.parseInt(words[0]),
              words[1],
              i,
              start + TimeUnit.SECONDS.toNanos(seconds),
              count,
              words[5].equals("seeds"),
              words.length > 6 ? Integer.parseInt(words[6]) : Integer.MAX_VALUE));
    }
    clients.forEach(Thread::start);
    Map<Integer, Integer> statuses = new TreeMap<>();
    int lost = 0;
    for (Client client : clients) {
      client.join();
      client.statuses.forEach((status, number) -> statuses.merge(status, number, Integer::sum));
      lost += client.lost;
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = clients.stream().flatMapToLong(Client::took).sorted().toArray();
    System.out.printf(
        "%d clients, %d sequences each: %.0f requests/s, %.0f sequences/s, p50 %.1f ms, p99 %.1f ms,"
            + " most %.1f ms, statuses %s, connections lost %d%n",
        clients.size(),
        count,
        all.length / took,
        (double) all.length * count / took,
        at(all, 0.5),
        at(all, 0.99),
        at(all, 1),
        statuses,
        lost);
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
  }
}
