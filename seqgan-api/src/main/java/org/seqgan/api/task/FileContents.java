package org.seqgan.api.task;

import java.util.List;

/**
 * What a task's reader makes of a file, before anything is cut, drawn or divided for training
 * ({@code seqgan data show}): so that anybody can check it against another program. Immutable.
 */
public sealed interface FileContents {
  /** What is in the file and not in what was read, in the order of the file. */
  List<LeftOut> leftOut();

  /** Whether nothing could be read. */
  boolean isEmpty();

  /**
   * Music.
   *
   * @param tunes in the order of the file
   * @param leftOut tunes and parts of tunes that were not read
   */
  record Tunes(List<TitledTune> tunes, List<LeftOut> leftOut) implements FileContents {
    /** Copies the lists. */
    public Tunes {
      tunes = List.copyOf(tunes);
      leftOut = List.copyOf(leftOut);
    }

    @Override
    public boolean isEmpty() {
      return tunes.isEmpty();
    }
  }

  /**
   * A tune with its name.
   *
   * @param title as the file has it
   * @param tune the notes of the melody
   */
  record TitledTune(String title, Tune tune) {}

  /**
   * Text.
   *
   * @param sequences the texts of their tokens, in the order of the file
   * @param leftOut lines and parts of lines that are in no sequence
   */
  record TokenSequences(List<List<String>> sequences, List<LeftOut> leftOut)
      implements FileContents {
    /** Copies the lists. */
    public TokenSequences {
      sequences = sequences.stream().map(List::copyOf).toList();
      leftOut = List.copyOf(leftOut);
    }

    @Override
    public boolean isEmpty() {
      return sequences.isEmpty();
    }
  }

  /**
   * Parameters. They are read as a whole or not at all, so nothing is left out.
   *
   * @param arrays in the order of the file
   */
  record Arrays(List<ArrayShape> arrays) implements FileContents {
    /** Copies the list. */
    public Arrays {
      arrays = List.copyOf(arrays);
    }

    @Override
    public List<LeftOut> leftOut() {
      return List.of();
    }

    @Override
    public boolean isEmpty() {
      return arrays.isEmpty();
    }
  }

  /**
   * An array.
   *
   * @param name as the file has it
   * @param shape its sizes, the outermost first; none for a single number
   */
  record ArrayShape(String name, List<Integer> shape) {
    /** Copies the list. */
    public ArrayShape {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Something that was not read.
   *
   * @param where the file, and the line, track or byte in it
   * @param why one line: what was expected and found, or the rule by which it is left out
   */
  record LeftOut(String where, String why) {}
}
