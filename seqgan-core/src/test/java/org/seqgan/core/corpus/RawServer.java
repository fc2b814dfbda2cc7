package org.seqgan.core.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on this machine that says what no web server should. Each request is answered by the
 * script, byte by byte, until that ends or the client hangs up.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger hungUp = new AtomicInteger();

  /** What is said to one request. */
  interface Script {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  RawServer(Script script) throws IOException {
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    threads.execute(() -> serve(script));
  }

  private void serve(Script script) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> answer(client, script));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket client, Script script) {
    try (client) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      requests.incrementAndGet();
      script.to(client.getOutputStream());
    } catch (IOException e) {
      hungUp.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says a text, in Latin-1. */
  static Script saying(String text) {
    return out -> {
      out.write(text.getBytes(ISO_8859_1));
      out.flush();
    };
  }

  /** Says a text, and then another again and again, until the client hangs up. */
  static Script endless(String first, String again) {
    byte[] bytes = again.getBytes(ISO_8859_1);
    return out -> {
      saying(first).to(out);
      while (true) {
        out.write(bytes);
      }
    };
  }

  /** Says a text at once, and then another byte by byte with pauses. */
  static Script dripping(String first, byte[] slowly, long pauseMillis) {
    return out -> {
      saying(first).to(out);
      for (byte next : slowly) {
        Thread.sleep(pauseMillis);
        out.write(next);
        out.flush();
      }
    };
  }

  URI address() {
    return URI.create("http://localhost:" + socket.getLocalPort() + "/");
  }

  /** How many requests there were. */
  int requests() {
    return requests.get();
  }

  /** How often a client hung up before it had heard all. */
  int hungUp() {
    return hungUp.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
