package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;

/**
 * The keys of one text that are sections of plugins. A section may be a name ({@code reward =
 * bleu}) or a group ({@code reward.roll-outs = 4}), but not both: to HOCON the later replaces the
 * earlier, and half of what somebody wrote would be gone without a word.
 */
final class SectionKeys {
  private static final Set<String> SECTIONS =
      Arrays.stream(PluginKind.values())
          .filter(PluginKind::isChosenBySection)
          .map(PluginKind::section)
          .collect(Collectors.toSet());

  private final String document;
  private final String text;

  /** The path of each bracket that is open; in a list, its own number. */
  private final Deque<List<String>> open = new ArrayDeque<>();

  private final Map<List<String>, Integer> names = new HashMap<>();
  private final Map<List<String>, Integer> groups = new HashMap<>();
  private int fieldFrom;
  private int lists;

  /** The key of the field whose value comes next. */
  private List<String> key = List.of();

  private boolean valueBegins;

  SectionKeys(String document, String text) {
    this.document = document;
    this.text = text;
    open.push(List.of());
  }

  /** A field, or an element of a list, begins. */
  void fieldBegins(int at) {
    fieldFrom = at;
    valueBegins = false;
  }

  /** At the sign between key and value. */
  void assign(int at, int line) {
    if (valueBegins) {
      return; // a colon in a text without quotes
    }
    int end = at > fieldFrom && text.charAt(at - 1) == '+' ? at - 1 : at;
    key = path(text.substring(fieldFrom, end));
    valueBegins = true;
    note(line, isGroup(at + 1));
  }

  /** At a bracket: of the value of a field, of a field without a sign, or of an element. */
  void open(char bracket, int at, int line) {
    if (!valueBegins) {
      key = path(text.substring(fieldFrom, at));
      if (bracket == '{') {
        note(line, true);
      }
    }
    List<String> path = new ArrayList<>(key.isEmpty() ? open.element() : key);
    if (bracket == '[' || key.isEmpty()) {
      path.add("[" + lists++ + "]");
    }
    open.push(path);
  }

  void close() {
    if (open.size() > 1) {
      open.pop();
    }
  }

  /** Empty where it is no key. */
  private List<String> path(String words) {
    try {
      List<String> path = new ArrayList<>(open.element());
      path.addAll(ConfigUtil.splitPath(words.strip()));
      return path;
    } catch (ConfigException e) {
      return List.of();
    }
  }

  /** What a substitution stands for is not known here, and taken for a group. */
  private boolean isGroup(int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '{' || text.startsWith("${", at));
  }

  private void note(int line, boolean group) {
    for (int i = 1; i <= key.size(); i++) {
      if (SECTIONS.contains(key.get(i - 1))) {
        boolean isGroup = i < key.size() || group;
        List<String> section = List.copyOf(key.subList(0, i));
        (isGroup ? groups : names).putIfAbsent(section, line);
        Integer other = (isGroup ? names : groups).get(section);
        if (other != null) {
          throw bothWays(key.get(i - 1), line, other);
        }
      }
    }
  }

  private UserException bothWays(String section, int line, int other) {
    return Hocon.error(
        "%s: expected '%s' as a name or as a group, found both (line %d): the later would replace the earlier; write %2$s.name = NAME beside its options"
            .formatted(Place.inDocument(document, line).text(), section, other));
  }
}
