package org.seqgan.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
  /** What files of each kind begin with, as the formats' descriptions have it. */
  private static final Map<FileKind, byte[]> HEADS =
      Map.ofEntries(
          Map.entry(
              FileKind.GIT_LFS_POINTER,
              text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")),
          Map.entry(
              FileKind.GIT_ANNEX_POINTER, text("/annex/objects/SHA256E-s31390--f50d7ac4.pkl\n")),
          Map.entry(FileKind.HTML_PAGE, text("\n\n<!DOCTYPE html>\n<html lang=\"en\">\n")),
          Map.entry(FileKind.PICKLE, hex("80 04 95 0b 00 00 00 00 00 00 00 5d 94")),
          Map.entry(FileKind.NPY, hex("93 4e 55 4d 50 59 01 00 76 00 7b 27")),
          Map.entry(FileKind.NPZ, zip("arr_0.npy")),
          Map.entry(FileKind.PYTORCH, zip("archive/data.pkl")),
          Map.entry(
              FileKind.SAFETENSORS,
              join(
                  hex("40 00 00 00 00 00 00 00"), text("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]"))),
          Map.entry(FileKind.HDF5, hex("89 48 44 46 0d 0a 1a 0a 00")),
          Map.entry(FileKind.OFFICE, zip("[Content_Types].xml")),
          Map.entry(FileKind.OPEN_DOCUMENT, zip("mimetype")),
          Map.entry(FileKind.OLD_OFFICE, hex("d0 cf 11 e0 a1 b1 1a e1 00")),
          Map.entry(FileKind.ZIP, zip("haiku.txt")),
          Map.entry(FileKind.GZIP, gzip(text("some text"))),
          Map.entry(FileKind.BZIP2, hex("42 5a 68 39 31 41 59 26 53 59 c2")),
          Map.entry(FileKind.XZ, hex("fd 37 7a 58 5a 00 00 04")),
          Map.entry(FileKind.ZSTANDARD, hex("28 b5 2f fd 04 58")),
          Map.entry(FileKind.SEVEN_ZIP, hex("37 7a bc af 27 1c 00 04")),
          Map.entry(FileKind.RAR, hex("52 61 72 21 1a 07 01 00")),
          Map.entry(FileKind.TAR, join(new byte[257], text("ustar"), new byte[250])),
          Map.entry(FileKind.PDF, text("%PDF-1.5\n%\u00D0\u00D4")),
          Map.entry(FileKind.POSTSCRIPT, text("%!PS-Adobe-3.0\n")),
          Map.entry(FileKind.RICH_TEXT, text("{\\rtf1\\ansi\\deff0 text}")),
          Map.entry(FileKind.PNG, hex("89 50 4e 47 0d 0a 1a 0a 00 00 00 0d")),
          Map.entry(FileKind.JPEG, hex("ff d8 ff e0 00 10 4a 46 49 46")),
          Map.entry(FileKind.GIF, text("GIF89a\1\0\1\0")),
          Map.entry(FileKind.RIFF, text("RIFF\44\0\0\0WAVEfmt ")),
          Map.entry(FileKind.MP3, hex("49 44 33 03 00 00 00 00")),
          Map.entry(FileKind.OGG, hex("4f 67 67 53 00 02 00")),
          Map.entry(FileKind.MIDI, hex("4d 54 68 64 00 00 00 06 00 01")),
          Map.entry(FileKind.SQLITE, text("SQLite format 3\0\20\0")),
          Map.entry(FileKind.PARQUET, hex("50 41 52 31 15 04 15")),
          Map.entry(FileKind.UTF_32, "\uFEFFab".getBytes(Charset.forName("UTF-32LE"))),
          Map.entry(FileKind.UTF_16, "\uFEFFab\n".getBytes(UTF_16BE)),
          Map.entry(FileKind.UTF_16LE, "some text\n".getBytes(UTF_16LE)),
          Map.entry(FileKind.UTF_16BE, "some text\n".getBytes(UTF_16BE)));

  @Test
  void eachKindIsToldByItsFirstBytes() {
    Set<FileKind> kinds = EnumSet.allOf(FileKind.class);
    assertThat(HEADS.keySet()).containsExactlyInAnyOrderElementsOf(kinds);
    HEADS.forEach(
        (kind, head) -> {
          assertThat(FileKind.of(head)).as(kind.name()).contains(kind);
          byte[] longer = Arrays.copyOf(head, Math.max(2000, head.length + 1));
          assertThat(FileKind.of(longer)).as("a whole file: " + kind).contains(kind);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "PK is how we call her.\n",
        "version https://git-lfs.github.com/spec/v1 is what a pointer begins with\n",
        "Use <html> with care.\n",
        "BZh is no word.\n",
        "RIFF of the day\n",
        "(lp1) is in brackets.\n",
        "cnumpy and other words\n",
        "I. One\n",
        "{\"text\": \"json\"}\n",
        "%PDF is a comment\n",
        "\u00EF\u00BB\u00BFtext with a mark\n",
        "GIF89\n",
        "a\0b",
      })
  void whatOnlyLooksAlikeIsNone(String bytes) {
    assertThat(FileKind.of(text(bytes))).isEmpty();
  }

  @Test
  void aPickleInLinesIsToldFromTextByItsFirstInstruction() {
    for (String head :
        new String[] {"(lp0\ncnumpy.core.multiarray\n", "(dp1\r\n", "cnumpy\r\nndarray"}) {
      assertThat(FileKind.of(text(head))).contains(FileKind.PICKLE);
    }
  }

  @Test
  void aPageBeginsBehindWhiteSpaceAMarkCommentsAndADeclarationOfXml() {
    for (String head :
        new String[] {
          "<html>",
          "\u00EF\u00BB\u00BF  <HTML lang=en>",
          "<!-- a --> <!-- b -->\n<!doctype HTML>",
          "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">"
        }) {
      assertThat(FileKind.of(text(head))).as(head).contains(FileKind.HTML_PAGE);
    }
    assertThat(FileKind.of(text("<!---->".repeat(200)))).as("comments alone").isEmpty();
  }

  @Test
  void eachKindSaysWhatItIsInOneLine() {
    for (FileKind kind : FileKind.values()) {
      assertThat(kind.description()).doesNotContain("\n").matches("an? .*|text in .*");
    }
    assertThat(FileKind.GZIP.description())
        .isEqualTo("a file compressed by gzip; unpack it: gunzip");
    assertThat(FileKind.PNG.description()).isEqualTo("a PNG image");
  }

  @Test
  void bytesThatAreNotThereAreNotLookedAt() {
    for (int length = 0; length < 12; length++) {
      Optional<FileKind> kind = FileKind.of(Arrays.copyOf(zip("arr_0.npy"), length));
      assertThat(kind).as("%d bytes", length).isIn(Optional.empty(), Optional.of(FileKind.ZIP));
    }
  }

  private static byte[] text(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] zip(String firstEntry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {firstEntry, "last"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }
}
