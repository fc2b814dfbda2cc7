package org.seqgan.cli;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.random.RandomStream;

/** Small texts as users have them: any script, any length, blank lines, odd line ends. */
final class RandomCorpus {
  private static final List<String> SCRIPTS =
      List.of(
          "abcdefghijkLMNOP",
          "абвгдежзиклмноп",
          "αβγδεζηθικλμνξο",
          "ابتثجحخدذرزسشصض",
          "אבגדהוזחטיכלמנס",
          "कखगघचछजझटठडढणतथ",
          "กขคงจฉชซญดตถทนบ",
          "山水天風月花鳥雲雨雪春夏秋冬夜",
          "あいうえおかきくけこさしすせそ",
          "가나다라마바사아자차카타파하",
          "0123456789,;|",
          "\"#${}[]=\\'`<>~");

  private static final List<String> MARKS =
      List.of(".", "!", "?", "。", "؟", "।", ",", "👩‍🚀", "…");

  private RandomCorpus() {}

  /** A text of at least 10 lines, nearly all of them different. */
  static String text(RandomStream stream) {
    String alphabet = any(SCRIPTS, stream);
    String end = stream.nextInt(2) == 0 ? "\n" : "\r\n";
    int longestLine = 1 + stream.nextInt(stream.nextInt(2) == 0 ? 5 : 60);
    int longestWord = 1 + stream.nextInt(8);
    String between = stream.nextInt(3) == 0 ? "" : " ";
    List<String> lines = new ArrayList<>();
    int count = 10 + stream.nextInt(80);
    for (int i = 0; i < count; i++) {
      lines.add(line(alphabet, 2 + stream.nextInt(longestLine), longestWord, between, stream));
      if (stream.nextInt(5) == 0) {
        lines.add(stream.nextInt(2) == 0 ? "" : " \t");
      }
      if (stream.nextInt(9) == 0) {
        lines.add(any(lines, stream));
      }
    }
    String mark = stream.nextInt(3) == 0 ? "\uFEFF" : "";
    return mark + String.join(end, lines) + (stream.nextInt(2) == 0 ? end : "");
  }

  private static String line(
      String alphabet, int words, int longestWord, String between, RandomStream stream) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < words; i++) {
      line.append(i == 0 ? "" : between);
      int length = 1 + stream.nextInt(longestWord);
      for (int j = 0; j < length; j++) {
        line.append(alphabet.charAt(stream.nextInt(alphabet.length())));
      }
      if (stream.nextInt(8) == 0) {
        line.append(any(MARKS, stream));
      }
    }
    return line.toString();
  }

  private static String any(List<String> choices, RandomStream stream) {
    return choices.get(stream.nextInt(choices.size()));
  }
}
