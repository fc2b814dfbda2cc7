package org.seqgan.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Kinds of files that people take for data and that are no plain text, told by their first bytes
 * and never by their names: what a download, a repository or another program left in place of the
 * data, and formats that have to be turned into another one first.
 *
 * <p>The signatures are those that the formats' own descriptions give.
 */
public enum FileKind {
  /** What Git keeps in place of a large file. */
  GIT_LFS_POINTER(
      "a pointer of Git LFS in place of the file",
      "fetch the file itself: git lfs pull",
      "version https://(git-lfs\\.github|hawser\\.github)\\.com/spec/v1\\r?\\n"),
  /** What git-annex keeps in place of a large file. */
  GIT_ANNEX_POINTER(
      "a pointer of git-annex in place of the file",
      "fetch the file itself: git annex get",
      "(\\.\\./)*+(\\.git)?/annex/objects/"),
  /** A page for a browser. */
  HTML_PAGE(
      "an HTML page",
      "if a server sent it in place of the file, fetch the file itself (on GitHub: raw); else save"
          + " the page as plain text",
      "(\\xEF\\xBB\\xBF)?\\s*(<\\?xml[^>]*>\\s*)?(?>(?s:<!--.*?-->)\\s*)*+"
          + "(?i:<!doctype\\s+html|<html)[\\s>]"),
  /** Of Python, in protocol 2 or newer, or of arrays or a list in protocol 0. */
  PICKLE(
      "a Python pickle",
      "parameters of an oracle are read by task oracle (task.parameters)",
      "\\x80[\\x02-\\x05]|\\([ld]p\\d+\\r?\\n|cnumpy(\\._?core\\.multiarray)?\\r?\\n"),
  /** An array of NumPy. */
  NPY(
      "an array of NumPy (.npy)",
      "load it with Python and save what is wanted as text, or arrays of parameters as safetensors",
      "\\x93NUMPY"),
  /** Arrays of NumPy. */
  NPZ(
      "an archive of NumPy arrays (.npz)",
      "load it with Python and save what is wanted as text, or arrays of parameters as safetensors",
      zip("[^\\x00]*\\.npy")),
  /** Tensors of PyTorch. */
  PYTORCH(
      "a file of PyTorch",
      "load it with Python and save arrays of parameters as safetensors",
      zip("[^\\x00]*/data\\.pkl")),
  /** Arrays of float32 and others, after a header of JSON. */
  SAFETENSORS(
      "a safetensors file",
      "parameters of an oracle are read by task oracle (task.parameters)",
      "(?s:...)[\\x00-\\x05]\\x00{4}\\{\\s*[\"}]"),
  /** Arrays in groups. */
  HDF5(
      "an HDF5 file",
      "load it with Python and save arrays of parameters as safetensors",
      "\\x89HDF\\r\\n\\x1A\\n"),
  /** A document, table or slides of Microsoft. */
  OFFICE(
      "a document of an office program (.docx, .xlsx, .pptx)",
      "save it as plain text or CSV in UTF-8",
      zip("\\[Content_Types\\]\\.xml|_rels/|docProps/|word/|xl/|ppt/")),
  /** A document of OpenOffice, or a book. */
  OPEN_DOCUMENT(
      "a document or book (.odt, .ods, .epub)",
      "save it as plain text or CSV in UTF-8",
      zip("mimetype")),
  /** A document of Microsoft, as until 2007. */
  OLD_OFFICE(
      "a document of an office program (.doc, .xls, .ppt)",
      "save it as plain text or CSV in UTF-8",
      "\\xD0\\xCF\\x11\\xE0\\xA1\\xB1\\x1A\\xE1"),
  /** An archive. */
  ZIP("a ZIP archive", "unpack it: unzip", "PK(\\x03\\x04|\\x05\\x06|\\x07\\x08)"),
  /** A compressed file. */
  GZIP("a file compressed by gzip", "unpack it: gunzip", "\\x1F\\x8B\\x08"),
  /** A compressed file. */
  BZIP2("a file compressed by bzip2", "unpack it: bunzip2", "BZh[1-9](1AY&SY|\\x17rE8P\\x90)"),
  /** A compressed file. */
  XZ("a file compressed by xz", "unpack it: unxz", "\\xFD7zXZ\\x00"),
  /** A compressed file. */
  ZSTANDARD("a file compressed by Zstandard", "unpack it: unzstd", "\\x28\\xB5\\x2F\\xFD"),
  /** An archive. */
  SEVEN_ZIP("a 7-Zip archive", "unpack it: 7z x", "7z\\xBC\\xAF\\x27\\x1C"),
  /** An archive. */
  RAR("a RAR archive", "unpack it: unrar x", "Rar!\\x1A\\x07"),
  /** An archive. */
  TAR("a tar archive", "unpack it: tar xf", "(?s:.{257})ustar[\\x00 ]"),
  /** A document. */
  PDF("a PDF document", "save its text, such as with pdftotext", "%PDF-"),
  /** A document. */
  POSTSCRIPT("a PostScript document", "save its text, such as with ps2ascii", "%!PS"),
  /** A document. */
  RICH_TEXT("a document in Rich Text Format", "save it as plain text in UTF-8", "\\{\\\\rtf\\d"),
  /** A picture. */
  PNG("a PNG image", "", "\\x89PNG"),
  /** A picture. */
  JPEG("a JPEG image", "", "\\xFF\\xD8\\xFF"),
  /** A picture. */
  GIF("a GIF image", "", "GIF8[79]a"),
  /** Sound, a film, or a picture. */
  RIFF("a sound, film or image file (.wav, .avi, .webp)", "", "RIFF(?s:....)[A-Z]{4}"),
  /** Sound. */
  MP3("a sound file (.mp3)", "", "ID3[\\x02-\\x04]\\x00"),
  /** Sound. */
  OGG("a sound or film file (.ogg)", "", "OggS\\x00"),
  /** Music as notes. */
  MIDI("a MIDI file", "tasks music and midi read it", "MThd\\x00\\x00\\x00"),
  /** A data base. */
  SQLITE("a data base of SQLite", "export the texts as CSV", "SQLite format 3\\x00"),
  /** A table. */
  PARQUET("a Parquet file", "export the texts as CSV or JSON lines", "PAR1"),
  /** Text in an encoding of four bytes a character. */
  UTF_32(
      "text in UTF-32",
      "convert it to UTF-8: iconv -f UTF-32 -t UTF-8",
      "\\xFF\\xFE\\x00\\x00|\\x00\\x00\\xFE\\xFF"),
  /** Text in an encoding of two bytes a character, with a mark that says so. */
  UTF_16(
      "text in UTF-16", "convert it to UTF-8: iconv -f UTF-16 -t UTF-8", "\\xFF\\xFE|\\xFE\\xFF"),
  /** The same without a mark, where every other byte of most characters is zero. */
  UTF_16LE(
      "text in UTF-16 without a byte-order mark",
      "convert it to UTF-8: iconv -f UTF-16LE -t UTF-8",
      everyOtherByteZero("[\\t\\n\\r -~]\\x00")),
  /** The same with the bytes of each character in the other order. */
  UTF_16BE(
      "text in UTF-16 without a byte-order mark",
      "convert it to UTF-8: iconv -f UTF-16BE -t UTF-8",
      everyOtherByteZero("\\x00[\\t\\n\\r -~]"));

  /** How many bytes are looked at. */
  public static final int HEAD_BYTES = 1 << 10;

  private final String noun;
  private final String remedy;
  private final Pattern signature;

  /**
   * A kind.
   *
   * @param remedy what to do with it to get at the data; empty where nothing helps
   * @param signature what its files begin with, a character for each byte
   */
  FileKind(String noun, String remedy, String signature) {
    this.noun = noun;
    this.remedy = remedy;
    this.signature = Pattern.compile(signature);
  }

  /** The first entry of a ZIP file, whose name follows 30 bytes. */
  private static String zip(String name) {
    return "PK\\x03\\x04(?s:.{26})(" + name + ")";
  }

  private static String everyOtherByteZero(String character) {
    return "(%s){4}|(%s){2,3}\\z".formatted(character, character);
  }

  /** What it is, as in a sentence: {@code a PDF document}. */
  public String noun() {
    return noun;
  }

  /**
   * What it is and what to do with it, for the end of a sentence: {@code a PDF document; save its
   * text, such as with pdftotext}.
   */
  public String description() {
    return remedy.isEmpty() ? noun : noun + "; " + remedy;
  }

  /**
   * The kind of a file.
   *
   * @param head its first bytes, {@link #HEAD_BYTES} of them where it has so many; more are not
   *     looked at
   * @return empty if it is none of these, such as plain text
   */
  public static Optional<FileKind> of(byte[] head) {
    int length = Math.min(head.length, HEAD_BYTES);
    String bytes = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(kind -> kind.signature.matcher(bytes).lookingAt())
        .findFirst();
  }

  /**
   * The kind of a file.
   *
   * @throws org.seqgan.api.UserException (data) if it cannot be read
   */
  public static Optional<FileKind> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD_BYTES));
    } catch (IOException e) {
      throw TextLines.unreadable(file, e);
    }
  }
}
