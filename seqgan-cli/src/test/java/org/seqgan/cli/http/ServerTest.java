package org.seqgan.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;

/** {@link Server}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
  private static final Server.Settings SETTINGS =
      new Server.Settings("127.0.0.1", 0, 4, 1000, 0, Map.of("X-Own", "yes"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<EventStream> streams = new LinkedBlockingQueue<>();
  private Server server;

  @BeforeAll
  void start() {
    server = Server.start(SETTINGS, routes(), List.of(OwnAddress.loopback()));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Routes routes() {
    return new Routes()
        .add("GET", "/", request -> Answer.text("text/plain", "home"))
        .add("GET", "/things/{id}", request -> Answer.json(Map.of("id", request.parameter("id"))))
        .add("POST", "/things/{id}", request -> Answer.json(request.json()))
        .add("GET", "/number", request -> Answer.json(Map.of("n", request.number("n", 5, 1, 10))))
        .add("GET", "/query", request -> Answer.json(Map.of("q", request.required("q"))))
        .add(
            "GET",
            "/chunks",
            request ->
                new Answer.Streamed(
                    200,
                    Map.of("Content-Type", "text/plain"),
                    out -> {
                      for (int i = 0; i < 3; i++) {
                        out.write(("chunk " + i + "\n").getBytes(UTF_8));
                        out.flush();
                      }
                    }))
        .add(
            "GET",
            "/endless",
            request ->
                new Answer.Streamed(
                    200,
                    Map.of("Content-Type", "text/plain"),
                    out -> {
                      while (true) {
                        out.write("more\n".repeat(1000).getBytes(UTF_8));
                        out.flush();
                      }
                    }))
        .add("GET", "/events", request -> new Answer.Events(streams::add))
        .add(
            "GET",
            "/user",
            request -> {
              throw new UserException(UserException.Kind.RUN_DIRECTORY, "expected <a>\n\"run\"");
            })
        .add(
            "GET",
            "/bug",
            request -> {
              throw new IllegalStateException("a bug");
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** A request as it stands, which a decent client would not send. */
  private String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  /** What a client calls a server, it leaves the default port out of. */
  @Test
  void isCalledByTheAddressThatItHas() throws Exception {
    OwnAddress own = OwnAddress.loopback("127.0.0.2");
    Server.Settings elsewhere = new Server.Settings("127.0.0.2", 0, 1, 1, 0, Map.of());
    try (Server other = Server.start(elsewhere, routes(), List.of(own))) {
      URI address = URI.create("http://127.0.0.2:" + other.port() + "/");
      assertThat(send(HttpRequest.newBuilder(address)).statusCode()).isEqualTo(200);
    }
    Server.Settings standard = new Server.Settings("127.0.0.1", 80, 1, 1, 0, Map.of());
    try (Server other = Server.start(standard, routes(), List.of(OwnAddress.loopback()))) {
      for (String name : List.of("127.0.0.1", "localhost")) {
        HttpRequest.Builder same =
            HttpRequest.newBuilder(URI.create("http://" + name + "/"))
                .header("Origin", "http://" + name);
        assertThat(send(same).statusCode()).as(name).isEqualTo(200);
      }
      HttpRequest.Builder foreign =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1/"))
              .header("Origin", "http://elsewhere");
      assertThat(send(foreign).statusCode()).isEqualTo(403);
    } catch (UserException e) {
      assumeThat(e).as("port 80 is not to be had here").isNull();
    }
  }

  @Test
  void answersWithItsOwnHeaders() throws Exception {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("home");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("X-Own")).contains("yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /things/a%2Fb%20c+%C3%A4 | 200 | {"id":"a/b c+ä"}
          /things/                 | 404 | {"error":"there is nothing at /things/"}
          /other                   | 404 | {"error":"there is nothing at /other"}
          /number                  | 200 | {"n":5}
          /number?n=7              | 200 | {"n":7}
          /number?n=77             | 400 | {"error":"expected a whole number from 1 to 10 as 'n', found '77'"}
          /number?n=x%0Ay          | 400 | {"error":"expected a whole number from 1 to 10 as 'n', found 'x\\\\ny'"}
          /number?n=1&n=2          | 400 | {"error":"expected 'n' once, found it twice"}
          /query?q=a+b%26          | 200 | {"q":"a b&"}
          /query                   | 400 | {"error":"expected 'q' in the query, found none"}
          /user                    | 422 | {"error":"expected <a>\\\\n\\"run\\""}
          /bug                     | 500 | {"error":"internal error: java.lang.IllegalStateException: a bug"}
          """)
  void answersOrSaysInALineWhyNot(String path, int status, String body) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    HttpResponse<String> answer = send(request("/things/a").DELETE());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
  }

  @Test
  void aHeadHasNoBody() throws Exception {
    HttpResponse<String> answer = send(request("/").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("4");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                | {"a":1} | 200
          application/json; charset=utf-8 | {"a":1} | 200
          text/plain                      | {"a":1} | 415
          application/json                | [1]     | 400
          application/json                | {"a     | 400
          """)
  void takesJsonObjectsAlone(String type, String body, int status) throws Exception {
    HttpResponse<String> answer =
        send(request("/things/a").header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void aBodyThatIsTooLongIsRefused() throws Exception {
    String body = "{\"a\": \"" + "x".repeat(2000) + "\"}";
    HttpRequest.Builder post = request("/things/a").header("Content-Type", "application/json");
    assertThat(send(post.POST(BodyPublishers.ofString(body))).statusCode()).isEqualTo(413);
    assertThat(
            send(post.POST(BodyPublishers.ofByteArrays(List.of(body.getBytes(UTF_8)))))
                .statusCode())
        .isEqualTo(413);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void streamsInChunks() throws Exception {
    HttpResponse<String> answer = get("/chunks");
    assertThat(answer.body()).isEqualTo("chunk 0\nchunk 1\nchunk 2\n");
    assertThat(answer.headers().firstValue("Content-Length")).isEqualTo(Optional.empty());
  }

  /** There may be a thousand connections at a time. */
  @Test
  void aClientThatGoesLeavesNoConnectionBehind() throws Exception {
    for (int i = 0; i < 1100; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoLinger(true, 0); // it is gone at once
        String request = "GET /endless HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n";
        socket.getOutputStream().write(request.formatted(server.port()).getBytes(ISO_8859_1));
        assertThat(socket.getInputStream().read()).as("connection " + i).isEqualTo('H');
      }
    }
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void sendsEventsForAsLongAsTheClientListens() throws Exception {
    HttpResponse<Stream<String>> answer =
        client.send(request("/events").build(), BodyHandlers.ofLines());
    EventStream stream = streams.poll(20, TimeUnit.SECONDS);
    assertThat(stream).isNotNull();
    stream.comment("there?");
    stream.send("runs", "one\ntwo");
    stream.close();
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(answer.body().toList())
        .containsExactly(": there?", "", "event: runs", "data: one", "data: two", "");
    stream.send("late", "nobody hears it");
    assertThat(stream.isClosed()).isTrue();
  }

  @Test
  void aListenerThatGoesLeavesNoConnectionBehind() throws Exception {
    for (int i = 0; i < 1100; i++) {
      EventStream stream;
      try (Socket socket = listener()) {
        socket.setSoLinger(true, 0); // it is gone at once
        stream = streams.poll(20, TimeUnit.SECONDS);
        assertThat(stream).as("connection " + i).isNotNull();
      }
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!stream.isClosed() && System.nanoTime() < until) {
        stream.comment("there?");
        Thread.onSpinWait();
      }
      assertThat(stream.isClosed()).as("connection " + i).isTrue();
    }
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  /** Others are not to wait for it. */
  @Test
  void aListenerThatDoesNotReadIsCutOff() throws Exception {
    String longest = "x".repeat(100_000);
    try (Socket socket = listener()) {
      EventStream stream = streams.poll(20, TimeUnit.SECONDS);
      assertThat(stream).isNotNull();
      for (int i = 0; i < 2000 && !stream.isClosed(); i++) {
        stream.send("runs", longest);
      }
      assertThat(stream.isClosed()).isTrue();
      assertThat(socket.isConnected()).isTrue();
    }
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  private Socket listener() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    String request = "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n";
    socket.getOutputStream().write(request.formatted(server.port()).getBytes(ISO_8859_1));
    return socket;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:PORT",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:1",
        "Host: 127.0.0.1:PORT\nHost: 127.0.0.1:PORT",
        "Host: 127.0.0.1:PORT\nOrigin: http://evil.example",
        "Host: 127.0.0.1:PORT\nOrigin: null",
        "Host: 127.0.0.1:PORT\nOrigin: https://127.0.0.1:PORT",
        "Host: 127.0.0.1:PORT\nOrigin: http://localhost:PORT",
        "Host: 127.0.0.1:PORT\nOrigin: http://127.0.0.1:PORT\nOrigin: http://127.0.0.1:PORT",
        "Host: 127.0.0.1:PORT\nSec-Fetch-Site: cross-site",
        "Host: 127.0.0.1:PORT\nSec-Fetch-Site: same-site",
        "X-Nothing: here"
      })
  void refusesOtherHostsAndOrigins(String headers) throws IOException {
    String with = headers.replace("PORT", Integer.toString(server.port()));
    assertThat(raw("GET / HTTP/1.1\n" + with + "\nConnection: close\n\n"))
        .isEqualTo("HTTP/1.1 403 Forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:PORT",
        "Host: 127.0.0.1:PORT\nOrigin: http://127.0.0.1:PORT",
        "Host: 127.0.0.1:PORT\nSec-Fetch-Site: same-origin",
        "Host: 127.0.0.1:PORT\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"
      })
  void answersItsOwnPages(String headers) throws IOException {
    String with = headers.replace("PORT", Integer.toString(server.port()));
    assertThat(raw("GET / HTTP/1.1\n" + with + "\nConnection: close\n\n"))
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void aPortInUseIsSaidInALine() {
    Server.Settings same = new Server.Settings("127.0.0.1", server.port(), 1, 1, 0, Map.of());
    assertThatThrownBy(() -> Server.start(same, new Routes(), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot listen at 127.0.0.1:" + server.port())
        .hasMessageEndingWith("choose another --port, or 0 for one that is free");
  }
}
