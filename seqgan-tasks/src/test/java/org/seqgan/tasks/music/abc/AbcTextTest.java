package org.seqgan.tasks.music.abc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.tasks.music.song.Omissions;

class AbcTextTest {
  private final Omissions omissions = new Omissions();

  private List<String> lines(byte[] bytes) {
    return AbcText.lines("t.abc", bytes, omissions).stream().map(AbcLine::text).toList();
  }

  private static byte[] bytes(String text, String charset) {
    return text.getBytes(Charset.forName(charset));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "%%abc-charset iso-8859-1, iso-8859-1, Café",
    "%%abc-charset ISO-8859-2, iso-8859-2, Łódź",
    "I:abc-charset iso-8859-5, iso-8859-5, Калинка",
    "I:abc-charset utf-8, utf-8, Калинка",
    "%%abc-charset windows-1252, windows-1252, L’été",
    "%%abc-charset=iso-8859-7, iso-8859-7, Σάμος",
  })
  void aDeclaredCharsetIsThatOfTheWholeFile(String directive, String charset, String title) {
    String after = "X:1\n" + directive + "\nT:" + title + "\n";
    String before = "T:" + title + "\n" + directive + "\n";
    assertThat(lines(bytes(after, charset))).contains("T:" + title);
    assertThat(lines(bytes(before, charset))).contains("T:" + title);
    assertThat(omissions.isEmpty()).isTrue();
  }

  @Test
  void aLaterDeclarationHoldsFromItsLineOn() {
    byte[] first = bytes("%%abc-charset iso-8859-1\nT:Café\n", "iso-8859-1");
    byte[] second = bytes("I:abc-charset iso-8859-5\nT:Калинка\n", "iso-8859-5");
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(lines(both)).contains("T:Café", "T:Калинка");
  }

  @Test
  void aLineThatIsNotUtf8IsLatin1AndTheOthersAreUtf8() {
    byte[] utf8 = bytes("T:Flöte\n", "utf-8");
    byte[] latin = bytes("T:Flöte\n", "iso-8859-1");
    byte[] both = java.util.Arrays.copyOf(utf8, utf8.length + latin.length);
    System.arraycopy(latin, 0, both, utf8.length, latin.length);
    assertThat(lines(both)).containsExactly("T:Flöte", "T:Flöte", "");
    assertThat(omissions.of(Omissions.Kind.WRONG_CHARSET)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"klingon", "not a name!", "utf-16"})
  void aCharsetThatIsNotKnownIsCounted(String name) {
    assertThat(lines(bytes("%%abc-charset " + name + "\nT:Flöte\n", "utf-8"))).contains("T:Flöte");
    assertThat(omissions.of(Omissions.Kind.UNKNOWN_CHARSET)).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsNoCharacter() {
    assertThat(lines(bytes("\uFEFFX:1\nK:C", "utf-8"))).containsExactly("X:1", "K:C");
    assertThat(lines(bytes("\uFEFFX:1\nK:C", "utf-16le"))).containsExactly("X:1", "K:C");
    assertThat(lines(bytes("\uFEFFX:1\nK:C", "utf-16be"))).containsExactly("X:1", "K:C");
  }

  @Test
  void linesEndInAnyWay() {
    assertThat(lines("a\nb\r\nc\rd\n\re".getBytes(StandardCharsets.US_ASCII)))
        .containsExactly("a", "b", "c", "d", "", "e");
  }
}
