package org.seqgan.core.survey;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.core.run.DurableFiles;

/**
 * The folder in which the page of a survey lies, and answers to it beside it, in files such as
 * {@code answers-ada.json}. Thread-safe.
 *
 * @param page the page
 * @param key the key of the survey
 */
public record AnswerFolder(Path page, SurveyKey key) {
  private static final int MOST_OF_A_JUDGE = 1000;
  private static final int LONGEST_NAME = 100;

  /**
   * Keeps what a judge answered, in a file of its own: none that is there is replaced.
   *
   * @param text the answers as the page gives them
   * @return the file
   * @throws UserException (data) where the text is no answers to this survey, (environment) where
   *     it cannot be written
   */
  public Path save(String text) {
    AnswerSheet sheet = AnswerSheet.parse(Path.of("answers"), text);
    if (!sheet.survey().equals(key.survey())) {
      throw bad("answers to survey %s, found some to %s".formatted(key.survey(), sheet.survey()));
    }
    if (sheet.judge().length() > LONGEST_NAME) {
      throw bad("a name of at most %d characters, found a longer one".formatted(LONGEST_NAME));
    }
    Set<String> strangers = new HashSet<>(sheet.answers().keySet());
    key.items().forEach(item -> strangers.remove(item.id()));
    if (!strangers.isEmpty()) {
      throw bad("answers to items of the survey, found one to " + strangers.iterator().next());
    }
    return write(sheet.judge().replaceAll("[^\\p{L}\\p{N}_-]+", "_"), text);
  }

  private Path write(String judge, String text) {
    for (int i = 1; i <= MOST_OF_A_JUDGE; i++) {
      String name = "answers-%s%s.json".formatted(judge, i == 1 ? "" : "-" + i);
      Path file = page.resolveSibling(name);
      try {
        return Files.writeString(file, text.strip() + "\n", StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        // The next number, then.
      } catch (IOException e) {
        throw DurableFiles.cannotWrite(file, e);
      }
    }
    throw bad("fewer than %,d files of one judge; move some away".formatted(MOST_OF_A_JUDGE));
  }

  private static UserException bad(String expected) {
    return new UserException(UserException.Kind.DATA, "expected " + expected);
  }
}
