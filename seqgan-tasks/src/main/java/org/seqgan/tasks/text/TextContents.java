package org.seqgan.tasks.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.TextLines;
import org.seqgan.tasks.TextLines.Line;
import org.seqgan.tasks.Tokenizer;
import org.seqgan.tasks.text.Passages.Passage;

/**
 * All sequences of a file in its order, before any are drawn or divided, and what is in none of
 * them. Collects as it goes.
 */
final class TextContents implements Passages.Sink, Cutter.Sink {
  private final Cutter cutter;
  private final boolean stops;
  private final List<List<String>> sequences = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>(); // of the first of equal sequences

  private TextContents(TextOptions options, Tokenizer tokenizer) {
    stops = options.longer() == Longer.ERROR;
    cutter =
        new Cutter(
            tokenizer, options.sequenceLength(), stops ? Longer.LEAVE_OUT : options.longer(), this);
  }

  /**
   * Reads what the options name.
   *
   * @throws org.seqgan.api.UserException if it cannot be read, is not UTF-8 text, or is not the
   *     table that it should be
   */
  static FileContents read(TextOptions options) {
    List<Path> files = TextLines.files(options.data(), options.fileEnding());
    TextLayout layout = TextLayout.of(options, files);
    TextContents contents = new TextContents(options, options.tokenizer(files, layout));
    layout
        .warning(options, files)
        .ifPresent(warning -> contents.leftOut.add(new LeftOut(files.get(0).toString(), warning)));
    Passages.read(files, layout, contents);
    return new FileContents.TokenSequences(contents.sequences, contents.leftOut);
  }

  @Override
  public void accept(Passage passage) {
    cutter.accept(passage);
  }

  @Override
  public void skipped(Line line, String why) {
    leftOut.add(new LeftOut(line.place(), why));
  }

  @Override
  public void accept(List<String> tokens, Passage from) {
    String first = places.putIfAbsent(TextSample.joined(tokens), from.place());
    if (first == null) {
      sequences.add(tokens);
    } else {
      leftOut.add(new LeftOut(from.place(), "repeats the sequence of " + first));
    }
  }

  @Override
  public void empty(Passage passage) {
    leftOut.add(new LeftOut(passage.place(), "no visible character"));
  }

  @Override
  public void tooLong(Passage passage, String found) {
    leftOut.add(
        new LeftOut(
            passage.place(), stops ? found + "; training stops here (longer = error)" : found));
  }
}
