package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration file as a person would write it, to be read and changed: what it is about at the
 * top, then the sections, and above every option why it has its value.
 *
 * @param head lines of the comment at the top
 * @param sections in the order in which they are written
 */
public record CommentedFile(List<String> head, List<Section> sections) {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  /** Copies the lists. */
  public CommentedFile {
    head = List.copyOf(head);
    sections = List.copyOf(sections);
  }

  /**
   * A section, such as {@code training}.
   *
   * @param name its key
   * @param entries its options
   */
  public record Section(String name, List<Entry> entries) {
    /** Copies the list. */
    public Section {
      entries = List.copyOf(entries);
    }
  }

  /**
   * An option.
   *
   * @param key below its section, such as {@code adversarial.rounds}
   * @param value a string, number, boolean, or list of those
   * @param comment why; empty for none
   */
  public record Entry(String key, Object value, String comment) {}

  /**
   * The text of the file.
   *
   * @throws IllegalArgumentException if a value is of another type
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    head.forEach(line -> comment(text, "", line));
    for (Section section : sections) {
      text.append('\n').append(section.name).append(" {\n");
      for (Entry entry : section.entries) {
        comment(text, INDENT, entry.comment);
        text.append(INDENT).append(entry.key).append(" = ").append(value(entry.value)).append('\n');
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String indent, String comment) {
    StringBuilder line = new StringBuilder(indent).append('#');
    int empty = line.length();
    for (String word : Place.oneLine(comment).split(" ", -1)) {
      if (line.length() > empty && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.setLength(empty);
      }
      line.append(' ').append(word);
    }
    if (!comment.isBlank()) {
      text.append(line).append('\n');
    }
  }

  private static String value(Object value) {
    try {
      return text(ConfigValueFactory.fromAnyRef(value));
    } catch (ConfigException e) {
      throw new IllegalArgumentException("not the value of an option: " + value, e);
    }
  }

  private static String text(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(CommentedFile::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.valueType() == ConfigValueType.STRING
        ? Hocon.text((String) value.unwrapped())
        : value.render();
  }
}
