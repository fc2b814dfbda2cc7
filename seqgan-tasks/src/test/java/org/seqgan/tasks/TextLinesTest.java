package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;

class TextLinesTest {
  @TempDir private Path folder;

  @Test
  void aLineEndsInLineFeedReturnOrBothAlsoInTurnsAndTheLastInNone() throws IOException {
    assertThat(lines("one\r\n\ntwo\nthree")).containsExactly("1:one", "2:", "3:two", "4:three");
    assertThat(lines("one\rtwo\r\rfour\r")).containsExactly("1:one", "2:two", "3:", "4:four");
    assertThat(lines("one\rtwo\nthree\r\nfour\n\rsix\r\r\neight"))
        .containsExactly("1:one", "2:two", "3:three", "4:four", "5:", "6:six", "7:", "8:eight");
    assertThat(lines("one\n")).containsExactly("1:one");
    assertThat(lines("\r\n")).containsExactly("1:");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void aReturnAndItsLineFeedAreOneEndWhereverTheBufferEnds() throws IOException {
    for (int length = (1 << 16) - 2; length <= 1 << 16; length++) {
      assertThat(lines("a".repeat(length) + "\r\nb")).hasSize(2).last().isEqualTo("2:b");
    }
  }

  @Test
  void otherSeparatorsOfUnicodeEndNoLine() throws IOException {
    assertThat(lines("a\u0085b\u2028c\u2029d\fe\u000Bf\tg\n"))
        .containsExactly("1:a\u0085b\u2028c\u2029d\fe\u000Bf\tg");
  }

  @Test
  void theFirstLinesAreReadWithoutTheRest() throws IOException {
    Path file = Files.write(folder.resolve("text.txt"), "one\r\ntwo\r\n\0".getBytes(UTF_8));
    assertThat(TextLines.first(file, 2))
        .extracting(TextLines.Line::text)
        .containsExactly("one", "two");
    assertThatThrownBy(() -> TextLines.first(file, 3)).hasMessageContaining("line 3, byte 0x00");
  }

  @Test
  void aByteOrderMarkIsLeftOutAtTheBeginningAlone() throws IOException {
    assertThat(lines("\uFEFF山\n\uFEFF水")).containsExactly("1:山", "2:\uFEFF水");
    assertThat(lines("\uFEFF")).containsExactly("1:");
  }

  @Test
  void brokenEncodingIsNamedWithItsPlace() {
    assertError(
        "one\ncaf\u00E9 x\n".getBytes(StandardCharsets.ISO_8859_1),
        "text.txt, line 2, byte 0xE9 (number 4 of the line): not UTF-8; if it is é, the file is Windows-1252 or Latin-1: iconv -f WINDOWS-1252 -t UTF-8");
    assertError(
        "one\r春水\r".getBytes(Charset.forName("GB18030")),
        "text.txt, line 2, byte 0xB4 (number 1 of the line): not UTF-8; convert the file from its encoding: iconv -f ENCODING -t UTF-8");
    assertError(
        new byte[] {'a', (byte) 0xE5, (byte) 0xB1},
        "text.txt, line 1, byte 0xE5 (number 2 of the line): the file ends within a character; is it complete?");
    assertError(
        new byte[] {(byte) 0xC0, (byte) 0xAF, '\n'},
        "line 1, byte 0xC0 (number 1 of the line): not");
    assertError(
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'},
        "line 1, byte 0xED (number 1 of the line): not UTF-8");
  }

  @Test
  void otherEncodingsOfUnicodeAreNamed() {
    assertError(
        "\uFEFFone\n".getBytes(StandardCharsets.UTF_16LE),
        "text.txt: expected text in UTF-8, found text in UTF-16; convert it to UTF-8: iconv -f UTF-16 -t UTF-8");
    assertError("\uFEFFone\n".getBytes(UTF_16BE), "found text in UTF-16; convert it");
    assertError("one\n".getBytes(UTF_16BE), "found text in UTF-16 without a byte-order mark");
    assertError("one\n".getBytes(UTF_16BE), "iconv -f UTF-16BE -t UTF-8");
    assertError("one\n".getBytes(StandardCharsets.UTF_16LE), "iconv -f UTF-16LE -t UTF-8");
    assertError("one\n".getBytes(Charset.forName("UTF-32LE")), "line 1, byte 0x00 (number 2 ");
    assertError("\uFEFFone\n".getBytes(Charset.forName("UTF-32LE")), "found text in UTF-32;");
    assertError("山水\n".getBytes(UTF_16BE), "text.txt, line 1, byte 0x00 (number 5 of the line)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 14, 26, 27, 31, 127})
  void aByteThatTextDoesNotHaveIsNamed(int control) {
    byte[] bytes = "one\rtwo\r\n山 x\nrest".getBytes(UTF_8);
    bytes[13] = (byte) control;
    assertError(
        bytes,
        "text.txt, line 3, byte 0x%02X (number 5 of the line): no text has it; remove it, or give text in UTF-8"
            .formatted(control));
  }

  @Test
  void aControlCharacterOfTwoBytesIsNamedAndWhatWasMeant() {
    assertError(
        "it\ndon\u0092t\n".getBytes(UTF_8),
        "text.txt, line 2: character 4 (U+0092) is a control character, which no text has; in Windows-1252 it is ’: convert the original from that, not from Latin-1");
    assertError("a\u0081".getBytes(UTF_8), "character 2 (U+0081)");
  }

  @Test
  void aFileOfAnotherKindIsNamedWhateverItsName() {
    assertError(
        "<!DOCTYPE html>\n<html>".getBytes(UTF_8),
        "text.txt: expected text in UTF-8, found an HTML page; if a server sent it");
    assertError(
        "%PDF-1.7\n".getBytes(UTF_8),
        "found a PDF document; save its text, such as with pdftotext");
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
    assertThat(lines("a".repeat(TextLines.MAXIMUM_BYTES))).hasSize(1);
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
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private List<String> lines(String text) throws IOException {
    return lines(text.getBytes(UTF_8));
  }

  private List<String> lines(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("text.txt"), bytes);
    List<String> lines = new ArrayList<>();
    TextLines.read(file, line -> lines.add(line.number() + ":" + line.text()));
    return lines;
  }
}
