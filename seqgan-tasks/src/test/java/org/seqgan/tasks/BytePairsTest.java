package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.BytePairs.Pair;

@DisplayName("Byte pairs")
class BytePairsTest {
  private static final String VERSE =
      "low low low low low lower lower newest newest newest newest newest newest widest widest widest";

  // ---- learning ----

  @Test
  void theExampleOfSennrichAndOthersIsLearntByHand() {
    BytePairs learnt = learn(4, 2, VERSE);
    // e+s 9 times, then (es)+t 9 times; l+o, o+w and (space)+l 7, 7 and 6 times: l before o.
    assertThat(spelled(learnt)).startsWith("es", "est", "lo", "low");
  }

  @Test
  void ofEquallyFrequentPairsTheOneOfOlderTokensIsLearntFirst() {
    assertThat(learn(1, 2, "ba;ab;ba;ab").pairs()).containsExactly(new Pair('a', 'b'));
    assertThat(learn(1, 2, "zb;za;zb;za").pairs()).containsExactly(new Pair('z', 'a'));
    // After "ab" is token 256: pairs of bytes are older than pairs with it.
    assertThat(learn(2, 2, "abc abc xy xy abd").pairs().get(0)).isEqualTo(new Pair('a', 'b'));
    assertThat(spelled(learn(3, 2, "abc;abc;xy;xy;abd;q"))).containsExactly("ab", "xy", "abc");
  }

  @Test
  void aPairHasToOccurSoOften() {
    assertThat(learn(100, 0, "abc").pairs()).isEmpty();
    assertThat(learn(100, 3, "ab;ab;cd;cd;cd").pairs()).containsExactly(new Pair('c', 'd'));
  }

  @Test
  void noTwoTokensAreTheSameBytes() {
    String text =
        IntStream.range(0, 300)
            .mapToObj(i -> "abcabc bcabca cabcab".substring(i % 9))
            .collect(Collectors.joining(" "));
    List<String> spelled = spelled(learn(500, 2, text));
    assertThat(spelled).doesNotHaveDuplicates().hasSizeGreaterThan(10);
  }

  @Test
  void runsOfOneByteAreCountedAsTheyOverlapAndJoinedFromTheLeft() {
    BytePairs learnt = learn(1, 2, "aaaa aaa");
    assertThat(learnt.pairs()).containsExactly(new Pair('a', 'a'));
    assertThat(learnt.encode(bytes("aaaaa"))).containsExactly(256, 256, 'a');
  }

  /** The textbook's loop: count all pairs anew, join the most frequent one, again. */
  @RepeatedTest(60)
  void equalsTheSlowTextbook(RepetitionInfo repetition) {
    RandomStream stream = RandomStream.of(repetition.getCurrentRepetition());
    String letters =
        "ab c".substring(0, 2 + stream.nextInt(3)) + (stream.nextInt(2) == 0 ? "é1." : "");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1 + stream.nextInt(12); i++) {
      texts.add(
          IntStream.range(0, stream.nextInt(40))
              .mapToObj(t -> String.valueOf(letters.charAt(stream.nextInt(letters.length()))))
              .collect(Collectors.joining()));
    }
    int most = 1 + stream.nextInt(40);
    int minimum = 2 + stream.nextInt(3);
    BytePairs learnt = learn(most, minimum, texts.toArray(String[]::new));
    List<Pair> textbook = Textbook.learn(texts, most, minimum);
    assertThat(learnt.pairs()).isEqualTo(textbook);
    for (String text : texts) {
      assertThat(learnt.encode(bytes(text))).isEqualTo(Textbook.encode(text, textbook));
    }
    String other = VERSE + String.join("", texts);
    assertThat(learnt.encode(bytes(other))).isEqualTo(Textbook.encode(other, textbook));
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> texts =
        new ArrayList<>(List.of(VERSE, "die Wälder", "床前明月光", "床前看月光", "aaaa", "wolde"));
    BytePairs one = learn(200, 2, texts.toArray(String[]::new));
    Collections.reverse(texts);
    assertThat(learn(200, 2, texts.toArray(String[]::new)).pairs()).isEqualTo(one.pairs());
    assertThat(one.pairs()).isNotEmpty();
  }

  @Test
  void tenMegabytesTakeSeconds() {
    RandomStream stream = RandomStream.of(4);
    String[] words =
        IntStream.range(0, 30_000)
            .mapToObj(i -> Integer.toString(1 + stream.nextInt(1 << 30), 26 + i % 10))
            .toArray(String[]::new);
    BytePairLearner learner = new BytePairLearner();
    List<byte[]> lines = new ArrayList<>();
    long bytes = 0;
    while (bytes < 10_000_000) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        // Small numbers come oftener, as the words of a language do.
        int most = 1 + stream.nextInt(words.length);
        line.append(words[stream.nextInt(most)]).append(' ');
      }
      lines.add(bytes(line.toString()));
      bytes += line.length();
    }
    long start = System.nanoTime();
    lines.forEach(learner::add);
    BytePairs learnt = learner.learn(5000, 2);
    long tokens = lines.stream().mapToLong(line -> learnt.encode(line).length).sum();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(tokens).isLessThan(bytes * 6 / 10);
    assertThat(learnt.pairs()).hasSize(5000);
    assertThat(taken).as("to learn and to encode").isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void moreDifferentPiecesThanAreKeptAreNoFault() {
    BytePairLearner learner = new BytePairLearner();
    byte[] run = bytes("ab".repeat(BytePairLearner.MOST_BYTES / 4));
    learner.add(run);
    learner.add(bytes("c".repeat(BytePairLearner.MOST_BYTES)));
    learner.add(bytes("xy xy"));
    List<String> spelled = spelled(learner.learn(30, 2));
    assertThat(spelled).startsWith("ab", "abab").noneMatch(token -> token.contains("c"));
  }

  // ---- encoding ----

  @RepeatedTest(40)
  void whateverTheBytesTheyComeBack(RepetitionInfo repetition) {
    RandomStream stream = RandomStream.of(100 + repetition.getCurrentRepetition());
    BytePairs learnt = learn(60, 2, VERSE, VERSE + "  \t\n 12 1212 ...", "床前明月光".repeat(3));
    byte[] some = new byte[stream.nextInt(300)];
    int spread = 1 + stream.nextInt(256);
    for (int i = 0; i < some.length; i++) {
      some[i] =
          (byte)
              (stream.nextInt(4) == 0
                  ? " lowestn".charAt(stream.nextInt(8))
                  : stream.nextInt(spread));
    }
    int[] encoded = learnt.encode(some);
    assertThat(learnt.decode(encoded)).isEqualTo(some);
    assertThat(IntStream.of(encoded)).allMatch(token -> token >= 0 && token < learnt.size());
  }

  @Test
  void aLongPieceIsEncodedInLittleTime() {
    BytePairs learnt = learn(100, 2, "ab".repeat(1000), "abba".repeat(500));
    byte[] text = bytes("abba".repeat(100_000));
    long start = System.nanoTime();
    assertThat(learnt.decode(learnt.encode(text))).isEqualTo(text);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aSpaceBelongsToWhatFollows() {
    assertThat(pieces("a bc  de")).containsExactly("a", " bc", " ", " de");
    assertThat(pieces(" a\t b")).containsExactly(" a", "\t", " b");
    assertThat(pieces("x12 3.4,-5")).containsExactly("x", "12", " 3", ".", "4", ",-", "5");
    assertThat(pieces("a  ")).containsExactly("a", "  ");
    assertThat(pieces("é \n")).containsExactly("é", " \n");
  }

  @Test
  void aPairIsOfEarlierTokensAndThereOnce() {
    assertThatThrownBy(() -> new BytePairs(List.of(new Pair(256, 'a'))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BytePairs(List.of(new Pair('a', 'b'), new Pair('a', 'b'))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> pieces(String text) {
    byte[] all = bytes(text);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < all.length) {
      int to = BytePieces.end(all, from);
      pieces.add(new String(all, from, to - from, UTF_8));
      from = to;
    }
    return pieces;
  }

  private static BytePairs learn(int most, long minimum, String... texts) {
    BytePairLearner learner = new BytePairLearner();
    for (String text : texts) {
      learner.add(bytes(text));
    }
    return learner.learn(most, minimum);
  }

  private static List<String> spelled(BytePairs learnt) {
    return IntStream.range(BytePairs.BYTES, learnt.size())
        .mapToObj(token -> new String(learnt.decode(new int[] {token}), ISO_8859_1))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Written from the description, with lists, and without any care for time. */
  private static final class Textbook {
    private Textbook() {}

    static List<Pair> learn(List<String> texts, int most, int minimum) {
      List<List<Integer>> all = new ArrayList<>();
      texts.forEach(text -> all.addAll(piecesOf(text)));
      Map<Integer, String> spellings = new HashMap<>();
      IntStream.range(0, 256).forEach(b -> spellings.put(b, Character.toString(b)));
      Set<String> taken = new HashSet<>();
      Set<Pair> refused = new HashSet<>();
      List<Pair> learnt = new ArrayList<>();
      while (learnt.size() < most) {
        Map<Pair, Integer> counts = new HashMap<>();
        for (List<Integer> piece : all) {
          for (int i = 0; i + 1 < piece.size(); i++) {
            counts.merge(new Pair(piece.get(i), piece.get(i + 1)), 1, Integer::sum);
          }
        }
        counts.keySet().removeAll(refused);
        Pair best = null;
        for (Pair pair : counts.keySet()) {
          if (counts.get(pair) >= minimum && (best == null || isBefore(pair, best, counts))) {
            best = pair;
          }
        }
        if (best == null) {
          return learnt;
        }
        String spelling = spellings.get(best.left()) + spellings.get(best.right());
        if (!taken.add(spelling)) {
          refused.add(best);
          continue;
        }
        int token = 256 + learnt.size();
        spellings.put(token, spelling);
        learnt.add(best);
        for (List<Integer> piece : all) {
          join(piece, best, token);
        }
      }
      return learnt;
    }

    private static boolean isBefore(Pair pair, Pair best, Map<Pair, Integer> counts) {
      int more = counts.get(pair) - counts.get(best);
      if (more != 0) {
        return more > 0;
      }
      return pair.left() != best.left() ? pair.left() < best.left() : pair.right() < best.right();
    }

    static int[] encode(String text, List<Pair> pairs) {
      List<Integer> encoded = new ArrayList<>();
      for (List<Integer> piece : piecesOf(text)) {
        for (int i = 0; i < pairs.size(); i++) {
          join(piece, pairs.get(i), 256 + i);
        }
        encoded.addAll(piece);
      }
      return encoded.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void join(List<Integer> piece, Pair pair, int token) {
      for (int i = 0; i + 1 < piece.size(); i++) {
        if (piece.get(i) == pair.left() && piece.get(i + 1) == pair.right()) {
          piece.set(i, token);
          piece.remove(i + 1);
        }
      }
    }

    private static List<List<Integer>> piecesOf(String text) {
      List<List<Integer>> lists = new ArrayList<>();
      for (String piece : pieces(text)) {
        List<Integer> list = new ArrayList<>();
        for (byte value : bytes(piece)) {
          list.add(value & 0xFF);
        }
        lists.add(list);
      }
      return lists;
    }
  }
}
