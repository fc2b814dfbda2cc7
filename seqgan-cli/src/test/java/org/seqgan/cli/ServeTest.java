package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.cli.serve.ModelServer;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.serve.ServingLimits;

@DisplayName("seqgan serve")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class ServeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_SEQUENCES = 2000;
  private static final long CACHE = 1 << 20;
  private static final ServingLimits LIMITS = new ServingLimits(64, 128, Duration.ofSeconds(500));

  private final HttpClient client = HttpClient.newHttpClient();
  private final PluginRegistry plugins = PluginRegistry.discover(ServeTest.class.getClassLoader());
  private final Map<String, Path> places = new LinkedHashMap<>();
  private ModelServer server;

  @TempDir private Path other;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("run");
    Path file = folder.resolve("sharp.seqgan");
    succeeds(TinyRun.train(run, 2, 0, 0).toArray(String[]::new));
    succeeds("export", run.toString(), file.toString(), "--temperature", "0.5", "--top-k", "5");
    places.put("tiny", run);
    places.put("sharp", file);
    server = start(MOST_SEQUENCES, CACHE, LIMITS);
  }

  private ModelServer start(int mostSequences, long cache, ServingLimits limits) throws Exception {
    ModelServer started =
        ModelServer.start(
            new ModelServer.Settings("127.0.0.1", 0, mostSequences, cache, limits),
            places,
            plugins);
    started.open(new PrintWriter(Writer.nullWriter()));
    return started;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String succeeds(String... words) {
    Program.Result result = Program.run(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  // ---- clients ----

  private static HttpRequest get(ModelServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
  }

  private static HttpRequest post(ModelServer server, String model, String body) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:%d/v1/models/%s/sequences".formatted(server.port(), model)))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> asks(String model, String body) throws Exception {
    HttpResponse<String> answer = send(post(server, model, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** What the server sends and nobody reads, it soon has to keep. */
  private static Socket connect(ModelServer server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1 << 16);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(500_000);
    return socket;
  }

  /** The beginning of a request as it stands on the wire. */
  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String streamOf(ModelServer server, int count) {
    String body = "{\"count\": %d, \"stream\": true}".formatted(count);
    return """
        POST /v1/models/tiny/sequences HTTP/1.1
        Host: 127.0.0.1:%d
        Content-Type: application/json
        Content-Length: %d

        %s"""
        .formatted(server.port(), body.length(), body);
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** Reads the head of an answer, and the first line of its first chunk. */
  private static String firstLine(BufferedReader in) throws IOException {
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      assertThat(line).isNotNull();
    }
    in.readLine(); // the size of the chunk
    return in.readLine();
  }

  // ---- what is drawn ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tiny  | {"format": "text"}                                          | --seed=1
          tiny  | {"format": "text", "count": 3, "seed": 7}                   | --seed=7 -n=3
          tiny  | {"format": "tokens", "count": 3, "seed": -7}                | --seed=-7 -n=3 --format=tokens
          tiny  | {"format": "csv", "seed": 9223372036854775807}              | --seed=9223372036854775807 --format=csv
          tiny  | {"format": "json", "stream": true, "count": 300, "seed": 2} | --seed=2 -n=300 --format=json
          tiny  | {"format": "text", "temperature": 0.7, "top-k": 6, "top-p": 0.9, "seed": 3, "count": 40} | --seed=3 -n=40 --temperature=0.7 --top-k=6 --top-p=0.9
          tiny  | {"format": "text", "prefix": "3 1", "count": 70, "seed": 4} | --seed=4 -n=70 --prefix=3_1
          sharp | {"format": "text", "count": 30, "seed": 5}                  | --seed=5 -n=30
          sharp | {"format": "text", "count": 30, "seed": 5, "top-k": 0}      | --seed=5 -n=30 --top-k=0
          """)
  void drawsWhatSampleDraws(String model, String body, String options) throws Exception {
    List<String> words = new ArrayList<>(List.of("sample", places.get(model).toString()));
    for (String option : options.split(" ")) {
      words.add(option.replace('_', ' '));
    }
    String seeded = body.contains("seed") ? body : body.replace("}", ", \"seed\": 1}");
    assertThat(asks(model, seeded).body()).isEqualTo(succeeds(words.toArray(String[]::new)));
  }

  @Test
  void drawsTheSameInCompany() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        String body =
            "{\"format\": \"tokens\", \"count\": %d, \"seed\": %d%s}"
                .formatted(1 + i % 5 * 20, i % 12, i % 3 == 0 ? ", \"prefix\": \"3 1\"" : "");
        answers.add(clients.submit(() -> asks("tiny", body).body()));
      }
      Map<String, String> alone = new TreeMap<>();
      for (int i = 0; i < 48; i++) {
        List<String> words =
            new ArrayList<>(List.of("sample", places.get("tiny").toString(), "--format=tokens"));
        words.add("--seed=" + i % 12);
        words.add("-n=" + (1 + i % 5 * 20));
        if (i % 3 == 0) {
          words.add("--prefix=3 1");
        }
        String expected =
            alone.computeIfAbsent(
                String.join(" ", words), key -> succeeds(words.toArray(String[]::new)));
        assertThat(answers.get(i).get()).isEqualTo(expected);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void whoChoosesNoSeedIsToldHowToGetTheSameAgain() throws Exception {
    HttpResponse<String> first = asks("tiny", "{\"count\": 20}");
    HttpResponse<String> second = asks("tiny", "{\"count\": 20}");
    assertThat(second.body()).isNotEqualTo(first.body());
    for (HttpResponse<String> answer : List.of(first, second)) {
      JsonNode object = JSON.readTree(answer.body());
      assertThat(object.get("sequences")).hasSize(20);
      String seed = object.get("seed").asText();
      String of = object.get("first").asText();
      assertThat(answer.headers().firstValue("Seqgan-Seed")).contains(seed);
      assertThat(answer.headers().firstValue("Seqgan-First")).contains(of);
      assertThat(
              asks("tiny", "{\"count\": 20, \"seed\": %s, \"first\": %s}".formatted(seed, of))
                  .body())
          .isEqualTo(answer.body());
    }
  }

  @Test
  void aClientGoesOnWithItsSeed() throws Exception {
    for (String prefix : List.of("", ", \"prefix\": \"3\"")) {
      String body =
          "{\"seed\": 3, \"format\": \"text\", \"count\": %d, \"first\": %d" + prefix + "}";
      assertThat(
              asks("tiny", body.formatted(60, 0)).body()
                  + asks("tiny", body.formatted(80, 60)).body())
          .isEqualTo(asks("tiny", body.formatted(140, 0)).body());
    }
  }

  @Test
  void streamsLinesAsTheyAreDrawn() throws Exception {
    try (Socket socket = connect(server)) {
      write(socket, streamOf(server, MOST_SEQUENCES));
      assertThat(JSON.readTree(firstLine(reader(socket))).get("tokens")).isNotEmpty();
    }
    HttpResponse<Stream<String>> answer =
        client.send(
            post(server, "tiny", "{\"count\": 1000, \"stream\": true}"), BodyHandlers.ofLines());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(answer.body().filter(line -> line.startsWith("{\"tokens\":["))).hasSize(1000);
  }

  // ---- what is wrong ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tiny | {"count": 0}           | 400 | count: expected a whole number from 1 to 2000, found 0
          tiny | {"count": 2001}        | 400 | count: expected a whole number from 1 to 2000, found 2001
          tiny | {"count": 1.5}         | 400 | count: expected a whole number from 1 to 2000, found 1.5
          tiny | {"count": "3"}         | 400 | count: expected a whole number from 1 to 2000, found "3"
          tiny | {"seed": 1e30}         | 400 | seed: expected a whole number from -9223372036854775808 to 9223372036854775807, found 1.0E30
          tiny | {"temperature": 0}     | 400 | temperature must be above 0, found 0.0
          tiny | {"temperature": 1e99}  | 400 | temperature: expected a number, found 1.0E99
          tiny | {"top-p": 1.5}         | 400 | top-p must be above 0 and at most 1, found 1.5
          tiny | {"top_k": 5}           | 400 | unknown field 'top_k'; did you mean 'top-k'?
          tiny | {"format": "xml"}      | 400 | format: expected one of json, text, csv, tokens, found 'xml'
          tiny | {"format": "csv", "stream": true} | 400 | stream is for format json, whose lines can tell of an error; leave one out
          tiny | {"first": 3}           | 400 | first is one of the sequences of a seed, which is missing; give both
          tiny | {"stream": 1}          | 400 | stream: expected true or false, found 1
          tiny | {"prefix": 3}          | 400 | prefix: expected a text, found 3
          tiny | {"prefix": ""}         | 400 | prefix has no token; leave it out to draw whole sequences
          tiny | {"prefix": "1 1 1 1"}  | 400 | prefix has 4 tokens, expected at most 3: sequences of tiny have up to 4, and one is left to draw; shorten it
          tiny | []                     | 400 | expected a JSON object as the body: expected a JSON object
          none | {}                     | 404 | no model is named 'none'; there are tiny, sharp
          """)
  void saysInALineWhatIsWrong(String model, String body, int status, String message)
      throws Exception {
    HttpResponse<String> answer = send(post(server, model, body));
    assertThat(answer.body()).isEqualTo(JSON.createObjectNode().put("error", message).toString());
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void takesNoOtherTypesAndNothingThatIsTooLong() throws Exception {
    HttpRequest plain =
        HttpRequest.newBuilder(post(server, "tiny", "{}").uri())
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(send(plain).statusCode()).isEqualTo(415);
    String longer = "{\"prefix\": \"%s\"}".formatted("1 ".repeat(100_000));
    assertThat(send(post(server, "tiny", longer)).statusCode()).isEqualTo(413);
    assertThat(send(get(server, "/v1/models/tiny/sequences")).statusCode()).isEqualTo(405);
    try (Socket socket = connect(server)) {
      write(socket, "GET /healthz HTTP/1.1\nHost: elsewhere.example\n\n");
      assertThat(reader(socket).readLine()).contains(" 403 ");
    }
  }

  // ---- several models ----

  @Test
  void modelsTakeTurnsInACacheThatIsTooSmall() throws Exception {
    long bytes =
        JSON.readTree(send(get(server, "/v1/models")).body())
            .get("models")
            .get(0)
            .get("parameter-bytes")
            .longValue();
    try (ModelServer small = start(10, bytes + bytes / 2, LIMITS)) {
      for (int i = 0; i < 3; i++) {
        for (String model : places.keySet()) {
          String body = "{\"seed\": 1, \"format\": \"text\"}";
          HttpResponse<String> answer = send(post(small, model, body));
          assertThat(answer.body()).isEqualTo(asks(model, body).body());
        }
      }
      Map<String, Double> metrics = metrics(small);
      assertThat(metrics.get("seqgan_models_evicted_total")).isPositive();
      assertThat(metrics.get("seqgan_models_opened_total")).isGreaterThan(2);
    }
  }

  // ---- load, and clients that are slow or broken ----

  @Test
  void underLoadItRefusesAndThenRecovers() throws Exception {
    ServingLimits two = new ServingLimits(2, 1, Duration.ofSeconds(500));
    try (ModelServer small = start(50_000_000, CACHE, two)) {
      List<Socket> many = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Socket socket = connect(small);
        many.add(socket);
        write(socket, streamOf(small, 50_000_000));
        firstLine(reader(socket));
      }
      List<CompletableFuture<HttpResponse<String>>> refused = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        refused.add(client.sendAsync(post(small, "tiny", "{}"), BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> answer : refused) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(429);
        assertThat(answer.get().headers().firstValue("Retry-After")).contains("1");
      }
      assertThat(send(get(small, "/healthz")).statusCode()).isEqualTo(200);
      assertThat(metrics(small).get("seqgan_requests_refused_total")).isEqualTo(20);
      for (Socket socket : many) {
        socket.close();
      }
      HttpResponse<String> answer = send(post(small, "tiny", "{}"));
      while (answer.statusCode() == 429) { // until it has noticed that they are gone
        answer = send(post(small, "tiny", "{}"));
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(metrics(small).get("seqgan_requests_abandoned_total")).isPositive();
    }
  }

  @Test
  void whatIsNotDrawnInTimeIsTold() throws Exception {
    ServingLimits brief = new ServingLimits(8, 1, Duration.ofSeconds(2));
    try (ModelServer small = start(50_000_000, CACHE, brief)) {
      CompletableFuture<HttpResponse<String>> whole =
          client.sendAsync(post(small, "tiny", "{\"count\": 50000000}"), BodyHandlers.ofString());
      List<String> lines =
          client
              .send(
                  post(small, "tiny", "{\"count\": 50000000, \"stream\": true}"),
                  BodyHandlers.ofLines())
              .body()
              .toList();
      assertThat(lines).hasSizeGreaterThan(1);
      assertThat(lines.get(lines.size() - 1)).startsWith("{\"error\":\"");
      assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith("{\"tok"));
      assertThat(whole.get().statusCode()).isEqualTo(503);
      assertThat(whole.get().body())
          .contains("of 50000000 sequences were drawn in time; ask for fewer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing at all
        "POST /v1/models/tiny/seq", // and the rest never comes
        "POST /v1/models/tiny/sequences HTTP/1.1\nHost: 127.0.0.1:PORT\nContent-Type: application/json\nContent-Length: 900\n\n{",
        "\u0000\u0001\u00ff\u0016\u0003\u0001 garbage \n\n",
        "STREAM" // a long answer that nobody reads
      })
  void brokenClientsKeepNobodyWaiting(String sent) throws Exception {
    List<Socket> broken = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = connect(server);
        broken.add(socket);
        write(
            socket,
            sent.equals("STREAM")
                ? streamOf(server, MOST_SEQUENCES)
                : sent.replace("PORT", Integer.toString(server.port())));
        if (i % 2 == 1 && !sent.equals("STREAM")) {
          socket.shutdownOutput();
        }
      }
      for (int i = 0; i < 5; i++) {
        assertThat(asks("tiny", "{\"count\": 2}").body()).contains("\"sequences\":[{");
      }
    } finally {
      for (Socket socket : broken) {
        socket.close();
      }
    }
  }

  // ---- the end ----

  @Test
  void whatIsUnderWayIsAnsweredBeforeItStops() throws Exception {
    ServingLimits whole = new ServingLimits(8, 16, Duration.ofSeconds(500)); // lines in each chunk
    int many = 100_000; // more than is on the way where nobody reads it
    ModelServer stopped = start(many, CACHE, whole);
    try (Socket socket = connect(stopped)) {
      write(socket, streamOf(stopped, many));
      BufferedReader in = reader(socket);
      firstLine(in);
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(stopped::close);
      HttpResponse<String> late = send(get(stopped, "/healthz"));
      while (late.statusCode() == 200) { // until it has begun to stop
        late = send(get(stopped, "/healthz"));
      }
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).contains("the server is stopping");
      long rest = in.lines().filter(line -> line.startsWith("{\"tokens\"")).count();
      assertThat(rest).isEqualTo(many - 1);
      stopping.get();
    }
  }

  @Test
  void theProgramServesUntilASignalComes() throws Exception {
    ProgramProcess.requireSignals();
    try (ProgramProcess program =
        ProgramProcess.start(
            other.resolve("errors.txt"),
            "serve",
            "a=" + places.get("tiny"),
            places.get("sharp").toString(),
            "--port=0")) {
      String line = program.awaitLine(text -> text.startsWith("Serving "));
      assertThat(line).startsWith("Serving a, sharp at http://127.0.0.1:");
      URI address = URI.create(line.substring(line.indexOf("http")) + "/readyz");
      assertThat(send(HttpRequest.newBuilder(address).build()).statusCode()).isEqualTo(200);
      program.send("TERM");
      assertThat(program.awaitEnd()).as(program.errors()).isEqualTo(143);
      assertThat(program.errors()).contains("answering what is under way");
    }
  }

  // ---- the command line ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve TINY --port=70000     | --port: expected a whole number from 0 to 65535, found 70000
          serve TINY --max-count=0    | --max-count: expected a whole number from 1 to 2147483647, found 0
          serve TINY --timeout=0      | --timeout: expected a whole number from 1 to 3600, found 0
          serve TINY --cache=much     | --cache: expected an amount such as 512m or 8g, found 'much'
          serve TINY b=TINY TINY      | two models are named 'run'; give one another name: NAME=TINY
          serve a/+                   | '+' is no name for an address; give another, of letters, digits, '.', '_' and '-': NAME=a/+
          serve TINY --cache=0k --port=0 | model run has
          """)
  void saysWhatIsWrongWithACommand(String command, String message) {
    String tiny = places.get("tiny").toString();
    Program.Result result = Program.run(command.replace("TINY", tiny).split(" "));
    assertThat(result.err()).startsWith("seqgan: " + message.replace("TINY", tiny));
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenAndAModelThatIsNoneAreTold() {
    String tiny = places.get("tiny").toString();
    Program.Result taken = Program.run("serve", tiny, "--port=" + server.port());
    assertThat(taken.err()).startsWith("seqgan: cannot listen at 127.0.0.1:" + server.port());
    assertThat(taken.exitCode()).isEqualTo(4);
    Program.Result none = Program.run("serve", other.resolve("none").toString(), "--port=0");
    assertThat(none.err()).startsWith("seqgan: ").contains("none");
    assertThat(none.exitCode()).isEqualTo(5);
  }

  // ---- what it says of itself ----

  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-z_]+=\"[^\"\\\\\\n]*\"(,[a-z_]+=\"[^\"\\\\\\n]*\")*})? (\\S+)");

  /** Reads metrics as strictly as the text format 0.0.4 is; sample to value. */
  private Map<String, Double> metrics(ModelServer of) throws Exception {
    HttpResponse<String> answer = send(get(of, "/metrics"));
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).endsWith("\n");
    Map<String, Double> samples = new LinkedHashMap<>();
    Set<String> seen = new TreeSet<>();
    String name = "";
    String type = "";
    for (String line : answer.body().split("\n")) {
      if (line.startsWith("# HELP ")) {
        name = line.split(" ")[2];
        assertThat(seen.add(name)).as(name + " is told once").isTrue();
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line).startsWith("# TYPE " + name + " ");
        type = line.split(" ")[3];
        assertThat(type).isIn("counter", "gauge", "histogram");
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1))
            .isIn(
                type.equals("histogram")
                    ? List.of(name + "_bucket", name + "_sum", name + "_count")
                    : List.of(name));
        String key = line.substring(0, line.lastIndexOf(' '));
        assertThat(samples.put(key, Double.valueOf(sample.group(4)))).as(key).isNull();
      }
    }
    return samples;
  }

  @Test
  void countsWhatItDoes() throws Exception {
    String sequences = "seqgan_sequences_total";
    String answers =
        "seqgan_http_answers_total{route=\"/v1/models/{name}/sequences\",status=\"200\"}";
    asks("tiny", "{}");
    Map<String, Double> before = metrics(server);
    asks("tiny", "{\"count\": 17}");
    Map<String, Double> after = metrics(server);
    assertThat(after.get(sequences) - before.get(sequences)).isEqualTo(17);
    assertThat(after.get(answers) - before.get(answers)).isEqualTo(1);
    for (String histogram : List.of("request_seconds", "waiting_seconds", "batch_sequences")) {
      String name = "seqgan_" + histogram;
      List<Double> buckets =
          after.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(name + "_bucket"))
              .map(Map.Entry::getValue)
              .toList();
      assertThat(buckets).as(name).isSorted().hasSizeGreaterThan(5);
      assertThat(after.get(name + "_bucket{le=\"+Inf\"}")).isEqualTo(after.get(name + "_count"));
      assertThat(after.get(name + "_count")).isGreaterThan(before.get(name + "_count"));
      assertThat(after.get(name + "_sum")).isGreaterThan(before.get(name + "_sum"));
    }
  }

  @Test
  void answersAreAsTheDescriptionSays() throws Exception {
    JsonNode document = JSON.readTree(send(get(server, "/openapi.json")).body());
    assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    List<String> paths = new ArrayList<>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);
    for (String path : paths) {
      JsonNode operations = document.get("paths").get(path);
      if (operations.has("get")) {
        check(document, operations.get("get"), send(get(server, path)));
      }
    }
    JsonNode draw = document.get("paths").get("/v1/models/{name}/sequences").get("post");
    for (String body :
        List.of(
            "{}",
            "{\"format\": \"text\"}",
            "{\"format\": \"tokens\"}",
            "{\"format\": \"csv\"}",
            "{\"stream\": true, \"count\": 1}",
            "{\"count\": -1}")) {
      check(document, draw, send(post(server, "tiny", body)));
    }
    check(document, draw, send(post(server, "none", "{}")));
  }

  /** Holds an answer against what is described for its status and type. */
  private static void check(JsonNode document, JsonNode operation, HttpResponse<String> answer)
      throws IOException {
    JsonNode described = operation.get("responses").get(Integer.toString(answer.statusCode()));
    assertThat(described).as("status %d of %s", answer.statusCode(), answer.uri()).isNotNull();
    String type = answer.headers().firstValue("Content-Type").orElseThrow();
    JsonNode content = described.get("content").get(type);
    content = content == null ? described.get("content").get(type.split(";")[0]) : content;
    assertThat(content).as("%s of %s", type, answer.uri()).isNotNull();
    if (type.contains("json")) {
      conform(document, content.get("schema"), JSON.readTree(answer.body()), answer.body());
    }
    if (described.has("headers")) {
      described
          .get("headers")
          .fieldNames()
          .forEachRemaining(
              header -> assertThat(answer.headers().firstValue(header)).as(header).isPresent());
    }
  }

  /** As much of JSON Schema as the description uses; what is not described must not be there. */
  private static void conform(JsonNode document, JsonNode schema, JsonNode value, String in) {
    if (schema.has("$ref")) {
      conform(document, document.at(schema.get("$ref").asText().substring(1)), value, in);
      return;
    }
    switch (schema.get("type").asText()) {
      case "object" -> {
        assertThat(value.isObject()).as(in).isTrue();
        JsonNode properties = schema.get("properties");
        if (properties != null) {
          value
              .fields()
              .forEachRemaining(
                  field -> {
                    assertThat(properties.has(field.getKey())).as(field.getKey()).isTrue();
                    conform(document, properties.get(field.getKey()), field.getValue(), in);
                  });
        }
        if (schema.has("required")) {
          schema.get("required").forEach(key -> assertThat(value.has(key.asText())).isTrue());
        }
      }
      case "array" -> {
        assertThat(value.isArray()).as(in).isTrue();
        value.forEach(each -> conform(document, schema.get("items"), each, in));
      }
      case "integer" -> assertThat(value.isIntegralNumber()).as(in).isTrue();
      case "number" -> assertThat(value.isNumber()).as(in).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(in).isTrue();
      case "string" -> assertThat(value.isTextual()).as(in).isTrue();
      default -> throw new AssertionError(schema);
    }
  }
}
