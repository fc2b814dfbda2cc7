package org.seqgan.tasks.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.tasks.BytePairTokenizer;
import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.WordTokenizer;
import org.seqgan.testkit.OneLine;
import org.seqgan.testkit.ReaderContract;

/** Files of text of strangers: the task that reads them, its look at them, and the tokenisers. */
public final class TextFuzzTest extends ReaderContract {
  private static final List<Tokenizer> TOKENIZERS =
      List.of(
          new WordTokenizer(LetterCase.LOWER),
          new CharacterTokenizer(LetterCase.KEEP),
          BytePairTokenizer.learn(List.of("the theme of the thesis"), 270, 2, LetterCase.KEEP));

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Path file = Files.write(scratch.resolve("x.txt"), input);
    look(file);
    TextLines.read(file, line -> TOKENIZERS.forEach(tokenizer -> keepsItsLaws(tokenizer, line)));
    for (Tokens tokens : List.of(Tokens.WORDS, Tokens.CHARACTERS)) {
      TextTask task =
          TextTask.open(Texts.options(file, TextUnit.PARAGRAPHS, tokens, 8, Longer.SPLIT, 1000));
      for (int row = 0; row < task.data().training().count(); row++) {
        task.show(task.data().training().row(row));
      }
      task.data().provenance().forEach(OneLine::assertIsOne);
    }
  }

  private static void look(Path file) {
    try {
      Optional<Proposal> proposal = Texts.tryToPropose(file);
      proposal.ifPresent(
          found -> {
            found.findings().forEach(OneLine::assertIsOne);
          });
    } catch (UserException e) {
      OneLine.assertIsOne(e);
    }
  }

  private static void keepsItsLaws(Tokenizer tokenizer, TextLines.Line line) {
    List<String> tokens = tokenizer.tokenize(line.text());
    assertThat(tokens).doesNotContain("");
    assertThat(tokenizer.tokenize(tokenizer.detokenize(tokens))).isEqualTo(tokens);
  }

  @Override
  protected List<byte[]> examples() {
    String verse =
        "Don't, he said: \"twenty-first of May, 1,000 - or 3.5 - U.S.A.\"\n\nNa\u00efve caf\u00e9s...\n"
            + "A line, a second; \u2018quoted\u2019 \u2013 and (so) on / off.\n\nThe end!\r\n";
    String chinese =
        "\u5e8a\u524d\u660e\u6708\u5149\uff0c\n\u7591\u662f\u5730\u4e0a\u971c\u3002\n\u4e3e\u5934\u671b\u660e\u6708\u3002\n";
    return Stream.of(Texts.lines(30, 1), verse + Texts.lines(9, 2), "\ufeff" + chinese)
        .map(text -> text.getBytes(UTF_8))
        .toList();
  }

  @Override
  protected List<String> words() {
    return List.of(
        "\r",
        "\r\n",
        "\n\n",
        "\ufeff",
        "\u2028",
        "\u0085",
        "\u200d",
        "\u0301",
        "\u00ad",
        "\u0130",
        "\u1e9e",
        "\ud83d\ude00",
        "<unk>",
        "``",
        "''",
        "...",
        "--",
        "U.S.A.",
        "'t",
        "\u30fc",
        "\u304b",
        "\u0e01");
  }
}
