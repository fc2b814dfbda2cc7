package org.example.dna;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.UserException;

/**
 * A FASTA text: records that begin with a line {@code >name}, their bases on the lines below. Blank
 * lines and comments ({@code ;}) are passed over; small letters count as large ones.
 *
 * @param records the bases of each, none of them empty
 */
record Fasta(List<String> records) {
  /** The letters, in the order of their tokens. */
  static final String LETTERS = "ACGT";

  Fasta {
    records = List.copyOf(records);
  }

  /**
   * Reads a text.
   *
   * @param name of the text, for errors
   * @throws UserException (data) naming the line of the first thing that is wrong
   */
  static Fasta read(BufferedReader text, String name) throws IOException {
    return new Reading(text, name).run();
  }

  /** All bases. */
  long bases() {
    return records.stream().mapToLong(String::length).sum();
  }

  private static final class Reading {
    private final BufferedReader text;
    private final String name;
    private final List<String> records = new ArrayList<>();
    private final StringBuilder bases = new StringBuilder();
    private int line;
    private int headerLine;

    Reading(BufferedReader text, String name) {
      this.text = text;
      this.name = name;
    }

    Fasta run() throws IOException {
      for (String next = text.readLine(); next != null; next = text.readLine()) {
        line++;
        take(next.strip());
      }
      endRecord();
      if (records.isEmpty()) {
        throw error(line, "expected a record that begins with '>', found none");
      }
      return new Fasta(records);
    }

    private void take(String content) {
      if (content.startsWith(">")) {
        endRecord();
        headerLine = line;
      } else if (!content.isEmpty() && !content.startsWith(";")) {
        if (headerLine == 0) {
          throw error(line, "expected a line that begins with '>' before the first bases");
        }
        append(content);
      }
    }

    private void append(String content) {
      for (int i = 0; i < content.length(); i++) {
        char letter = Character.toUpperCase(content.charAt(i));
        if (LETTERS.indexOf(letter) < 0) {
          throw error(
              line,
              "expected A, C, G or T, found '%c' at position %d; remove the record or cut it there"
                  .formatted(content.charAt(i), i + 1));
        }
        bases.append(letter);
      }
    }

    private void endRecord() {
      if (headerLine > 0) {
        if (bases.isEmpty()) {
          throw error(headerLine, "expected bases below this line, found none; remove the record");
        }
        records.add(bases.toString());
        bases.setLength(0);
      }
    }

    private UserException error(int at, String message) {
      return new UserException(UserException.Kind.DATA, name + ":" + at + ": " + message);
    }
  }
}
