package org.seqgan.core.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.event.Shown;
import org.seqgan.core.io.Sha256;

/**
 * Draws the items of a survey: as many sequences of the test set as samples of each generator, in
 * random order. The same seed and runs give the same survey. Not thread-safe.
 *
 * <p>Within a source items are different, as far as a generator writes different ones; a sample
 * that equals a real sequence stays, because it is what the generator writes. Both are counted in
 * the {@linkplain Survey#remarks() remarks}.
 */
public final class SurveyBuilder {
  private static final int ID_DIGITS = 16;

  /** What writes sequences, such as {@link org.seqgan.api.generator.Policy#sample}. */
  @FunctionalInterface
  public interface Writer {
    /** So many fresh sequences. */
    Sequences write(int count, Decoding decoding, RandomStream stream);
  }

  private final int least;
  private final long seed;
  private final RandomStream stream;
  private final Map<String, List<Shown>> sources = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private int count;
  private String task = "";
  private Vocabulary vocabulary = Vocabulary.fixedLength(2, 0);
  private Set<Shown> real = Set.of();
  private Sequences test = Sequences.ofFullLength(new int[] {0}, 1);

  /**
   * A survey without sources yet.
   *
   * @param count items of each source, at least 1
   * @param seed of the choice and the order of the items
   */
  public SurveyBuilder(int count, long seed) {
    this(count, count, seed);
  }

  private SurveyBuilder(int least, int count, long seed) {
    this.least = least;
    this.count = count;
    this.seed = seed;
    this.stream = RandomStream.of(seed).split("survey");
  }

  /**
   * A survey of as many items of each source as real data give, up to a number; fewer are said in
   * the remarks.
   *
   * @param most items of each source, at least 1
   * @param seed of the choice and the order of the items
   */
  public static SurveyBuilder ofUpTo(int most, long seed) {
    return new SurveyBuilder(1, most, seed);
  }

  /**
   * Adds samples of a generator. The first call adds real sequences, too, from its task's test set;
   * later ones may be of tasks whose data are not here.
   *
   * @param source what it is called in the key; different for each
   * @param taskName the name of the task's plugin
   * @param opened the task, which need not stay open
   * @param writer the generator
   * @param decoding how it is to be judged; said in the remarks unless it is the model's own
   *     distribution
   * @throws UserException (configuration) if the task differs from that of the first, or has too
   *     few sequences
   */
  public void add(String source, String taskName, Task opened, Writer writer, Decoding decoding) {
    boolean hasData = opened.data().training().count() > 0;
    if (sources.isEmpty()) {
      if (!hasData) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "real sequences are taken from the first of the runs, and %s is a model without its data; name a run before it, or add --with-data"
                .formatted(source));
      }
      addReal(taskName, opened);
    } else {
      requireSame(source, taskName, opened);
    }
    ItemChoice chosen =
        ItemChoice.generated(
            opened, writer, decoding, count, stream.split("samples", sources.size()));
    if (sources.put(source, chosen.items()) != null) {
      throw new IllegalArgumentException("two sources are called " + source);
    }
    remarks.add(
        "%s: %d samples%s; %d of them repeat another, because the generator wrote too few different ones; %d equal a sequence of the data"
            .formatted(
                source,
                count,
                words(decoding),
                chosen.repeated(),
                chosen.among(hasData ? data(opened) : real)));
  }

  private static String words(Decoding decoding) {
    return decoding.equals(Decoding.SAMPLE)
        ? ""
        : " at temperature %s, top-k %d, top-p %s"
            .formatted(decoding.temperature(), decoding.topK(), decoding.topP());
  }

  private void addReal(String taskName, Task opened) {
    task = taskName;
    vocabulary = opened.data().vocabulary();
    test = opened.data().test();
    real = data(opened);
    ItemChoice chosen = ItemChoice.real(opened, least, count, stream.split("real"));
    sources.put(Survey.REAL, chosen.items());
    int found = chosen.items().size();
    remarks.add(
        "%s: %d different sequences of the test set, which has %d%s"
            .formatted(
                Survey.REAL,
                found,
                test.count(),
                found < count ? ": not the %d that a survey should have".formatted(count) : ""));
    count = found;
  }

  private void requireSame(String source, String taskName, Task opened) {
    if (!task.equals(taskName) || !vocabulary.equals(opened.data().vocabulary())) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "expected runs of one task to compare, task %s with %d tokens, found task %s with %d tokens in %s; make a survey for each"
              .formatted(
                  task, vocabulary.size(), taskName, opened.data().vocabulary().size(), source));
    }
    if (opened.data().training().count() > 0 && !test.equals(opened.data().test())) {
      remarks.add(
          source + " has another test set than the first run, from which the real sequences are");
    }
  }

  private static Set<Shown> data(Task opened) {
    Set<Shown> data = new HashSet<>();
    for (Sequences part :
        List.of(opened.data().training(), opened.data().validation(), opened.data().test())) {
      for (int i = 0; i < part.count(); i++) {
        data.add(Shown.of(opened, part.row(i)));
      }
    }
    return data;
  }

  /** The survey. */
  public Survey build() {
    record Drawn(String source, Shown shown) {}
    List<Drawn> all = new ArrayList<>();
    sources.forEach((source, items) -> items.forEach(item -> all.add(new Drawn(source, item))));
    List<String> ids = ids(all.size());
    List<Survey.Item> items = new ArrayList<>();
    for (int index : stream.split("order").permutation(all.size())) {
      Drawn drawn = all.get(index);
      items.add(new Survey.Item(ids.get(items.size()), drawn.source, drawn.shown));
    }
    return new Survey(id(items), seed, List.copyOf(sources.keySet()), items, remarks);
  }

  private List<String> ids(int number) {
    RandomStream digits = stream.split("ids");
    Set<String> ids = new LinkedHashSet<>();
    while (ids.size() < number) {
      ids.add(
          HexFormat.of().toHexDigits((char) digits.nextInt(1 << 16))
              + HexFormat.of().toHexDigits((char) digits.nextInt(1 << 16)));
    }
    return List.copyOf(ids);
  }

  /** A digest of what judges see, so that it is another where anything of that is. */
  private static String id(List<Survey.Item> items) {
    StringBuilder seen = new StringBuilder();
    for (Survey.Item item : items) {
      seen.append(item.id()).append('\0').append(item.shown()).append('\0');
    }
    return Sha256.of(seen.toString().getBytes(UTF_8)).substring(0, ID_DIGITS);
  }
}
