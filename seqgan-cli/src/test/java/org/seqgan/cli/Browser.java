package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seqgan.core.io.Json;
import org.seqgan.testkit.Requirement;

/**
 * One page in headless Chromium, driven by the DevTools protocol as by a person: pointer, keys, a
 * width. Everything that the console says and everything that is asked for is kept.
 */
final class Browser implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String LISTENS = "DevTools listening on ";
  private static final int PATIENCE_SECONDS = 60;
  private static final Map<String, Key> KEYS =
      Map.ofEntries(
          Map.entry("Enter", new Key("Enter", 13, "\r")),
          Map.entry("Escape", new Key("Escape", 27, null)),
          Map.entry("Tab", new Key("Tab", 9, null)),
          Map.entry("End", new Key("End", 35, null)),
          Map.entry("Home", new Key("Home", 36, null)),
          Map.entry("ArrowLeft", new Key("ArrowLeft", 37, null)),
          Map.entry("ArrowUp", new Key("ArrowUp", 38, null)),
          Map.entry("ArrowRight", new Key("ArrowRight", 39, null)),
          Map.entry("ArrowDown", new Key("ArrowDown", 40, null)),
          Map.entry("PageDown", new Key("PageDown", 34, null)),
          Map.entry(" ", new Key("Space", 32, " ")));

  private record Key(String code, int number, String text) {}

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private String session = "";

  private Browser(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Ear())
            .join();
  }

  /** Starts one, or skips the test where there is none. */
  static Browser startOrSkip() throws IOException {
    new Requirement("chromium").orSkip(Files.isExecutable(PROGRAM), "there is no " + PROGRAM);
    Path profile = Files.createTempDirectory("browser");
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--disable-lcd-text",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    String line = log.readLine();
    while (line != null && !line.startsWith(LISTENS)) {
      line = log.readLine();
    }
    if (line == null) {
      throw new IOException("the browser ended before it listened");
    }
    Thread reader = new Thread(() -> log.lines().forEach(words -> {}), "browser-log");
    reader.setDaemon(true);
    reader.start();
    Browser browser = new Browser(process, profile, line.substring(LISTENS.length()).strip());
    browser.openPage();
    return browser;
  }

  private void openPage() {
    String target =
        call("Target.createTarget", Json.object().put("url", "about:blank"))
            .path("targetId")
            .asText();
    ObjectNode attach = Json.object().put("targetId", target).put("flatten", true);
    session = call("Target.attachToTarget", attach).path("sessionId").asText();
    for (String part : List.of("Page", "Runtime", "Log", "Network", "Accessibility")) {
      call(part + ".enable", Json.object());
    }
  }

  /** Sizes the window; a narrow one is a phone's. */
  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Json.object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
  }

  /** Light or dark, as a reader's system asks for. */
  void prefer(String scheme) {
    ObjectNode media = Json.object();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    call("Emulation.setEmulatedMedia", media);
  }

  /** Goes to an address; one that differs in what is behind # alone stays on the page. */
  void open(String address) {
    JsonNode answer = call("Page.navigate", Json.object().put("url", address));
    if (answer.hasNonNull("errorText")) {
      throw new AssertionError(address + ": " + answer.path("errorText").asText());
    }
    await("document.readyState === 'complete'");
  }

  /** The value of an expression of JavaScript, awaited where it is a promise. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Json.object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true)
                .put("userGesture", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** The text of the first element that a selector finds, as it is seen. */
  String text(String selector) {
    return evaluate("document.querySelector(%s).innerText".formatted(quoted(selector))).asText();
  }

  /** Waits until an expression is true. */
  void await(String condition) {
    String loop =
        """
        new Promise(resolve => {
          const end = Date.now() + %d;
          const look = () => {
            let holds = false;
            try { holds = Boolean(%s); } catch (problem) { holds = false; }
            if (holds || Date.now() > end) { resolve(holds); } else { setTimeout(look, 15); }
          };
          look();
        })"""
            .formatted(PATIENCE_SECONDS * 1000, condition);
    if (!evaluate(loop).asBoolean()) {
      throw new AssertionError(
          "never true: "
              + condition
              + "; the page says: "
              + evaluate("document.body.innerText.slice(0, 1500)").asText()
              + "; the console: "
              + complaints);
    }
  }

  /** Waits until a text can be read on the page. */
  void awaitText(String text) {
    await("document.body.innerText.includes(%s)".formatted(quoted(text)));
  }

  /** Presses the mouse in the middle of an element. */
  void click(String selector) {
    String middle =
        """
        (() => {
          const element = document.querySelector(%s);
          element.scrollIntoView({block: "nearest"});
          const box = element.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        })()"""
            .formatted(quoted(selector));
    JsonNode place = evaluate(middle);
    mouse("mouseMoved", place.path(0).asDouble(), place.path(1).asDouble());
    mouse("mousePressed", place.path(0).asDouble(), place.path(1).asDouble());
    mouse("mouseReleased", place.path(0).asDouble(), place.path(1).asDouble());
  }

  /** A move, a press or a release of the left button. */
  void mouse(String type, double x, double y) {
    call(
        "Input.dispatchMouseEvent",
        Json.object()
            .put("type", type)
            .put("x", x)
            .put("y", y)
            .put("button", type.equals("mouseMoved") ? "none" : "left")
            .put("clickCount", type.equals("mouseMoved") ? 0 : 1));
  }

  /** Writes into what has the focus. */
  void type(String text) {
    call("Input.insertText", Json.object().put("text", text));
  }

  /** Presses a key: a letter, or one with a name such as {@code ArrowDown}. */
  void press(String name) {
    Key key = KEYS.getOrDefault(name, new Key("", name.toUpperCase(Locale.ROOT).charAt(0), name));
    ObjectNode down =
        Json.object()
            .put("type", key.text() == null ? "rawKeyDown" : "keyDown")
            .put("key", name)
            .put("code", key.code())
            .put("windowsVirtualKeyCode", key.number());
    if (key.text() != null) {
      down.put("text", key.text());
    }
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        Json.object()
            .put("type", "keyUp")
            .put("key", name)
            .put("code", key.code())
            .put("windowsVirtualKeyCode", key.number()));
  }

  /**
   * The roles of controls that have no name for a screen reader, with what little is known of them.
   */
  List<String> namelessControls() {
    List<String> roles =
        List.of(
            "button",
            "link",
            "textbox",
            "searchbox",
            "checkbox",
            "combobox",
            "table",
            "region",
            "application",
            "progressbar",
            "dialog",
            "image");
    List<String> nameless = new ArrayList<>();
    for (JsonNode node : call("Accessibility.getFullAXTree", Json.object()).path("nodes")) {
      String role = node.path("role").path("value").asText();
      if (!node.path("ignored").asBoolean()
          && roles.contains(role)
          && node.path("name").path("value").asText().isBlank()) {
        nameless.add(role + " " + node.path("backendDOMNodeId").asText());
      }
    }
    return nameless;
  }

  /** Takes a picture of the window. */
  void picture(Path file) throws IOException {
    String image =
        call("Page.captureScreenshot", Json.object().put("format", "png")).path("data").asText();
    Files.write(file, Base64.getDecoder().decode(image));
  }

  /** Errors and warnings of the console, since the last time that this was asked. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.removeAll(all);
    return all;
  }

  /** All addresses that the page asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Begins the list of addresses anew. */
  void forgetRequests() {
    requests.clear();
  }

  private static String quoted(String text) {
    return Json.line(text);
  }

  private JsonNode call(String method, ObjectNode parameters) {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = Json.object().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(Json.line(message), true).join();
    try {
      return answer.orTimeout(2 * PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError(method + " " + parameters + ": " + e.getCause(), e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    ProgramProcess.end(process);
    delete(profile);
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Hears what the browser says. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean end) {
      parts.append(data);
      if (end) {
        JsonNode message = Json.parse(parts.toString());
        parts.setLength(0);
        take(message);
      }
      webSocket.request(1);
      return null;
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
        if (message.has("error")) {
          answer.completeExceptionally(new IllegalStateException(message.path("error").toString()));
        } else {
          answer.complete(message.path("result"));
        }
        return;
      }
      JsonNode what = message.path("params");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" -> requests.add(what.path("request").path("url").asText());
        case "Runtime.exceptionThrown" -> complaints.add(what.path("exceptionDetails").toString());
        case "Log.entryAdded" -> complaints.add(what.path("entry").toString());
        case "Runtime.consoleAPICalled" -> complaints.add(what.path("args").toString());
        default -> {
          // Of no interest here.
        }
      }
    }
  }
}
