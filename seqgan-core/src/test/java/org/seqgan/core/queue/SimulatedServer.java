package org.seqgan.core.queue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.seqgan.api.random.RandomStream;

/**
 * A server of files, and its clients with all that may be expected of one: delays, replies that are
 * lost, whether or not the request was done, and memories that are older than what is there. Only
 * what is decided in one place is: which of two makes a folder, and which moves one.
 */
final class SimulatedServer {
  private final Map<String, Folder> folders = new HashMap<>();
  private final Map<String, Integer> moved = new HashMap<>();
  private final Map<String, Long> operations = new TreeMap<>();
  private final Names work = new Names();
  private final Names ended = new Names();
  private long listed;

  /** A folder with files, which the client that made it alone writes. */
  private record Folder(Client maker, Map<String, String> files) {}

  /** How ill a client is served. */
  record Weather(
      Duration delay, double loss, double stall, Duration longestStall, Duration memory) {}

  /** A folder as a client sees it. */
  final class Client implements SharedFolder {
    private final SimulatedWorld.Process process;
    private final Weather weather;
    private final RandomStream stream;
    private final SimulatedWorld world;
    private final Map<String, Remembered> memory = new HashMap<>();

    private record Remembered(Object value, long since) {}

    Client(SimulatedWorld world, SimulatedWorld.Process process, Weather weather, RandomStream s) {
      this.world = world;
      this.process = process;
      this.weather = weather;
      this.stream = s;
    }

    private boolean happens(double probability) {
      return stream.nextUniform() < probability;
    }

    private Duration part(Duration longest) {
      return Duration.ofNanos((long) (longest.toNanos() * (double) stream.nextUniform()));
    }

    /** On the way there. */
    private void asking(String kind) throws IOException {
      operations.merge(kind, 1L, Long::sum);
      process.sleep(part(happens(weather.stall()) ? weather.longestStall() : weather.delay()));
      if (happens(weather.loss())) {
        throw new IOException("the request was lost");
      }
    }

    /** On the way back. */
    private void answered() throws IOException {
      if (happens(weather.stall())) {
        process.sleep(part(weather.longestStall()));
      }
      if (happens(weather.loss())) {
        throw new IOException("the reply was lost");
      }
    }

    /** What is there, or was a while ago. */
    @SuppressWarnings("unchecked")
    private <T> T remembering(String what, Supplier<T> server) {
      Remembered before = memory.get(what);
      if (before != null
          && world.now() - before.since() < weather.memory().toNanos()
          && happens(0.7)) {
        return (T) before.value();
      }
      T value = server.get();
      memory.put(what, new Remembered(value, world.now()));
      return value;
    }

    @Override
    public boolean make(String name) throws IOException {
      asking("make");
      boolean made = !folders.containsKey(name);
      if (made) {
        put(name, new Folder(this, new HashMap<>()));
      }
      answered();
      return made;
    }

    @Override
    public Optional<String> read(String name) throws IOException {
      asking("read");
      Optional<String> text =
          remembering(
              "read " + name,
              () ->
                  Optional.ofNullable(folders.get(parent(name)))
                      .map(folder -> folder.files().get(last(name))));
      answered();
      return text;
    }

    @Override
    public void replace(String name, String text) throws IOException {
      asking("replace");
      Folder folder = folders.get(parent(name));
      if (folder == null) {
        throw new NoSuchFileException(name);
      }
      if (folder.maker() != this || !name.startsWith(WorkQueue.WORK + "/")) {
        throw new AssertionError(name + " is written by another than its maker, or is a result");
      }
      folder.files().put(last(name), text);
      memory.remove("read " + name);
      answered();
    }

    @Override
    public boolean exists(String name) throws IOException {
      asking("exists");
      boolean there = remembering("exists " + name, () -> folders.containsKey(name));
      answered();
      return there;
    }

    @Override
    public Set<String> list(String name) throws IOException {
      asking("list");
      Set<String> found = remembering("list " + name, () -> names(name).now());
      listed += found.size();
      answered();
      return found;
    }

    @Override
    public void move(String from, String to) throws IOException {
      asking("move");
      if (folders.containsKey(to)) {
        throw new FileAlreadyExistsException(to);
      }
      Folder folder = folders.get(from);
      if (folder == null) {
        throw new NoSuchFileException(from);
      }
      remove(from);
      put(to, folder);
      moved.merge(to, 1, Integer::sum);
      answered();
    }

    @Override
    public void delete(String name) throws IOException {
      asking("delete");
      remove(name);
      answered();
    }
  }

  private Names names(String folder) {
    return folder.equals(WorkQueue.WORK) ? work : ended;
  }

  private void put(String name, Folder folder) {
    folders.put(name, folder);
    names(parent(name)).add(last(name));
  }

  private void remove(String name) {
    if (folders.remove(name) != null) {
      names(parent(name)).remove(last(name));
    }
  }

  /**
   * The names in a folder, now and as they were: they are remembered more often than they change.
   */
  private static final class Names {
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private Set<String> last = Set.of();
    private boolean changed;
    private boolean onlyGrows = true;

    void add(String name) {
      places.put(name, order.size());
      order.add(name);
      changed = true;
    }

    void remove(String name) {
      places.remove(name);
      onlyGrows = false;
      changed = true;
    }

    Set<String> now() {
      if (changed) {
        last = onlyGrows ? new Beginning(order.size()) : Set.copyOf(places.keySet());
        changed = false;
      }
      return last;
    }

    /** The names that were there when there were so many. */
    private final class Beginning extends AbstractSet<String> {
      private final int size;

      Beginning(int size) {
        this.size = size;
      }

      @Override
      public boolean contains(Object name) {
        return places.getOrDefault(name, size) < size;
      }

      @Override
      public Iterator<String> iterator() {
        return List.copyOf(order.subList(0, size)).iterator();
      }

      @Override
      public int size() {
        return size;
      }
    }
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** What is there, whatever a client may remember. */
  Optional<String> truth(String name) {
    return Optional.ofNullable(folders.get(parent(name)))
        .map(folder -> folder.files().get(last(name)));
  }

  /** How often a folder was moved to a name. */
  Map<String, Integer> moved() {
    return moved;
  }

  /** How many requests there were of each kind. */
  Map<String, Long> operations() {
    return operations;
  }

  /** How many names were told in lists, all together. */
  long listed() {
    return listed;
  }
}
