package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;

class TextLinesTest {
  @TempDir private Path folder;

  @Test
  void linesEndInOneOfTwoWaysAndTheLastInNone() throws IOException {
    assertThat(lines("one\r\n\ntwo\nthree".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("1:one", "2:", "3:two", "4:three");
    assertThat(lines("one\n".getBytes(StandardCharsets.UTF_8))).containsExactly("1:one");
    assertThat(lines(new byte[0])).isEmpty();
  }

  @Test
  void aByteOrderMarkIsLeftOutAtTheBeginningAlone() throws IOException {
    assertThat(lines("\uFEFF山\n\uFEFF水".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("1:山", "2:\uFEFF水");
    assertThat(lines("\uFEFF".getBytes(StandardCharsets.UTF_8))).containsExactly("1:");
  }

  @Test
  void brokenEncodingIsNamedWithItsPlace() {
    byte[] latin = "one\ncaf\u00E9 x\n".getBytes(StandardCharsets.ISO_8859_1);
    assertError(latin, "line 2: byte 4 of the line (0xE9) is not UTF-8");
    assertError(new byte[] {'a', (byte) 0xE5, (byte) 0xB1}, "line 1: byte 2 of the line (0xE5)");
    assertError(new byte[] {(byte) 0xC0, (byte) 0xAF}, "line 1: byte 1 of the line (0xC0)");
    assertError(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, "byte 1 of the line (0xED)");
  }

  @Test
  void otherEncodingsOfUnicodeAreNotText() {
    assertError("\uFEFFone\n".getBytes(StandardCharsets.UTF_16LE), "line 1: ");
    assertError("one\n".getBytes(Charset.forName("UTF-16BE")), "line 1: a zero byte");
  }

  @Test
  void aLineWithoutEndIsAnErrorBeforeItIsRead() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }
        };
    assertThatThrownBy(() -> TextLines.read("endless.txt", endless, line -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "endless.txt, line 1: longer than 1048576 bytes; expected text with line breaks");
  }

  @Test
  void theLongestLineIsRead() throws IOException {
    byte[] longest = "a".repeat(TextLines.MAXIMUM_BYTES).getBytes(StandardCharsets.UTF_8);
    assertThat(lines(longest)).hasSize(1);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> TextLines.read(folder.resolve("no.txt"), line -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no.txt cannot be read (NoSuchFileException");
  }

  @Test
  void aLineKnowsItsPlace() {
    TextLines.Line line = new TextLines.Line("a.txt", 7, " \u3000");
    assertThat(line.place()).isEqualTo("a.txt, line 7");
    assertThat(line.isBlank()).isTrue();
  }

  @Test
  void theFilesOfAFolderAreSortedByName() throws IOException {
    for (String name : List.of("b.TXT", "a.txt", "c.md")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("d.txt"));
    assertThat(TextLines.files(folder, ".txt"))
        .containsExactly(folder.resolve("a.txt"), folder.resolve("b.TXT"));
    Path file = folder.resolve("c.md");
    assertThat(TextLines.files(file, ".txt")).containsExactly(file);
  }

  @Test
  void nothingToReadIsAnError() {
    assertThatThrownBy(() -> TextLines.files(folder, ".txt"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no file that ends in .txt");
    assertThatThrownBy(() -> TextLines.files(folder.resolve("no"), ".txt"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is neither a file nor a folder");
  }

  private void assertError(byte[] bytes, String message) {
    assertThatThrownBy(() -> lines(bytes))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("text.txt, ")
        .hasMessageContaining(message);
  }

  private List<String> lines(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("text.txt"), bytes);
    List<String> lines = new ArrayList<>();
    TextLines.read(file, line -> lines.add(line.number() + ":" + line.text()));
    return lines;
  }
}
