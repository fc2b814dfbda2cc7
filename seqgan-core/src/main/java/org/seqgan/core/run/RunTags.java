package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.seqgan.api.Printable;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Json;

/**
 * Words that somebody gave to a run to find it again: the contents of {@code tags.json}. Nothing
 * that trains or measures reads them.
 *
 * @param tags each once, in the order they were given
 */
public record RunTags(List<String> tags) {
  /** So many a run can have. */
  public static final int MOST = 20;

  /** So long one can be, in characters. */
  public static final int LONGEST = 40;

  /** Of a run that has none. */
  public static final RunTags NONE = new RunTags(List.of());

  private static final int FORMAT = 1;
  private static final long MOST_BYTES = 1 << 16;

  /**
   * Copies the list.
   *
   * @throws UserException (configuration) where a tag is empty, too long, twice there, has a comma
   *     or a character that is not shown, or where there are too many
   */
  public RunTags {
    tags = tags.stream().map(String::strip).toList();
    if (tags.size() > MOST) {
      throw wrong("at most %d tags, found %d; take some away".formatted(MOST, tags.size()));
    }
    Set<String> seen = new TreeSet<>();
    for (String tag : tags) {
      int length = tag.codePointCount(0, tag.length());
      if (length == 0 || length > LONGEST) {
        throw wrong(
            "a tag of 1 to %d characters, found %d; choose another".formatted(LONGEST, length));
      }
      if (!Printable.line(tag).equals(tag) || tag.indexOf(',') >= 0) {
        throw wrong(
            "a tag without commas and characters that are not shown, found '%s'; choose another"
                .formatted(tag));
      }
      if (!seen.add(tag)) {
        throw wrong("each tag once, found '%s' twice; take one away".formatted(tag));
      }
    }
  }

  private static UserException wrong(String words) {
    return new UserException(UserException.Kind.CONFIGURATION, "expected " + words);
  }

  /**
   * The tags of a run; none where there is no file.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where the file is something else
   */
  public static RunTags read(RunLayout layout) {
    if (!Files.exists(layout.tags())) {
      return NONE;
    }
    try {
      if (Files.size(layout.tags()) > MOST_BYTES) {
        throw new IllegalArgumentException("more than %,d bytes".formatted(MOST_BYTES));
      }
      ObjectNode node = Json.parse(Files.readString(layout.tags()));
      FileFormat.check(node, FORMAT, layout.tags());
      List<String> tags = new ArrayList<>();
      for (JsonNode tag : Json.field(node, "tags")) {
        tags.add(tag.asText());
      }
      return new RunTags(tags);
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(layout.tags(), e);
    } catch (NewerFormatException e) {
      throw e;
    } catch (IllegalArgumentException | UserException e) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected the tags of a run in %s: %s; delete the file to do without them"
              .formatted(layout.tags(), e.getMessage()),
          e);
    }
  }

  /**
   * Gives them to a run in the place of those that it has, durably. A process may be writing the
   * run meanwhile: it does not touch them.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is no run, of kind {@code
   *     ENVIRONMENT} where the file cannot be written
   */
  public void write(RunLayout layout) {
    ObjectNode node = Json.object().put("format", FORMAT);
    tags.forEach(node.putArray("tags")::add);
    DurableFiles.replace(RunLayout.existing(layout.root()).tags(), Json.pretty(node));
  }
}
