package org.seqgan.api.task;

import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;

/** What a task may use while it opens. */
public interface TaskContext extends FileFormats {
  /** Random numbers for making or splitting data. */
  RandomStream stream();

  /**
   * A generator that is not trained here, such as an oracle. It belongs to the task, which closes
   * it when it is closed, or where it fails to open.
   *
   * @param name of the generator plugin
   * @param options by key, such as {@code hidden-size} to 32; checked like those of a configuration
   *     file
   * @param parameters the values of all its parameters
   */
  Generator generator(
      String name,
      Map<String, Object> options,
      Vocabulary vocabulary,
      int sequenceLength,
      NamedArrays parameters);

  /**
   * The folder with the files of a corpus, complete and with the right contents.
   *
   * @throws org.seqgan.api.UserException (data) if it has not been fetched, or if a file is missing
   *     or differs; the message says what to do
   */
  Path corpus(Corpus corpus);
}
