package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seqgan.api.UserException;

/**
 * The substitutions of a configuration before they are written out, and an upper bound of what they
 * make of it, in characters. A few lines could otherwise stand for more than any memory holds:
 * {@code a = [1, 1], b = [${a}, ${a}], c = [${b}, ${b}]} and so on.
 *
 * <p>The bound of a value is its own length and the bounds of what it stands for. Where a value
 * refers to itself, as in {@code list = ${list} [more]}, m such references multiply it by at most
 * 3^(m/3), the largest product of whole numbers whose sum is m. For one use.
 */
final class Substitutions {
  /** Four times what all files may have. */
  static final int MOST_CHARACTERS = 4 * HoconBounds.MOST_BYTES;

  /** Twice what a text may have: each of its values may stand in another. */
  private static final int DEEPEST = 2 * HoconBounds.DEEPEST;

  /** {@code ${key}} or {@code ${?key}}; parts of the key may be quoted. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{\\??((?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\"}])*+)\\}");

  private final String document;
  private final ConfigObject root;
  private final Map<ConfigValue, Extent> extents = new IdentityHashMap<>();
  private final Set<ConfigValue> under = Collections.newSetFromMap(new IdentityHashMap<>());
  private int level;

  /**
   * An upper bound of what becomes of a value.
   *
   * @param characters once everything is written out
   * @param depth of what is inside it, one inside another
   */
  private record Extent(double characters, int depth) {
    Extent and(Extent other) {
      return new Extent(characters + other.characters, Math.max(depth, other.depth));
    }
  }

  Substitutions(String document, ConfigObject root) {
    this.document = document;
    this.root = root;
  }

  /**
   * Rejects too many, and those that go round in a circle.
   *
   * @throws UserException naming the place of one of them
   */
  void check() {
    if (!root.toConfig().isResolved()) {
      extent(root);
    }
  }

  private Extent extent(ConfigValue value) {
    level++;
    requireShallow(value, level);
    Extent extent = whole(value);
    level--;
    return extent;
  }

  private Extent whole(ConfigValue value) {
    if (value instanceof ConfigObject object && isPlain(object)) {
      // Not its values(), in which equal ones are one.
      return together(value, object.keySet().stream().map(object::get));
    }
    if (value instanceof ConfigList list) {
      return together(value, list.stream());
    }
    String text = value.render(ConfigRenderOptions.concise());
    return isResolved(value) ? new Extent(text.length(), 0) : ofReferences(value, text);
  }

  private Extent together(ConfigValue value, Stream<? extends ConfigValue> parts) {
    Extent sum = parts.map(this::extent).reduce(new Extent(1, 0), Extent::and);
    return checked(value, new Extent(sum.characters(), sum.depth() + 1), 0);
  }

  private Extent ofReferences(ConfigValue value, String text) {
    Extent known = extents.get(value);
    if (known != null) {
      return known;
    }
    if (!under.add(value)) {
      throw wrong(value, "substitutions that go round in a circle");
    }
    Extent sum = new Extent(text.length(), 0);
    int self = 0;
    for (Matcher reference = REFERENCE.matcher(text); reference.find(); ) {
      Optional<ConfigValue> found = find(reference.group(1));
      if (found.isPresent() && found.get() == value) {
        self++;
      } else if (found.isPresent()) {
        sum = sum.and(extent(found.get()));
      }
    }
    under.remove(value);
    double factor = self < 2 ? 1 : Math.pow(3, self / 3.0);
    Extent extent = checked(value, new Extent(sum.characters() * factor, sum.depth() + 1), self);
    extents.put(value, extent);
    return extent;
  }

  private void requireShallow(ConfigValue value, int depth) {
    if (depth > DEEPEST) {
      throw wrong(
          value, "more than %d brackets and substitutions inside one another".formatted(DEEPEST));
    }
  }

  private Extent checked(ConfigValue value, Extent extent, int self) {
    requireShallow(value, extent.depth());
    if (extent.characters() > MOST_CHARACTERS) {
      throw wrong(
          value,
          "%s that could make more than %,d characters of it"
              .formatted(
                  self < 2
                      ? "substitutions"
                      : self + " references of a key to itself, by ${...} or +=,",
                  MOST_CHARACTERS));
    }
    return extent;
  }

  /**
   * What a path leads to; within a value that has references itself, that value as a whole. In a
   * file that is included below a key, a path begins at that key or at the top.
   */
  private Optional<ConfigValue> find(String path) {
    List<String> keys = keys(path);
    for (int from = 0; from < keys.size(); from++) {
      Optional<ConfigValue> found = find(keys.subList(from, keys.size()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<ConfigValue> find(List<String> keys) {
    ConfigValue value = root;
    for (String key : keys) {
      if (value instanceof ConfigObject object && isPlain(object)) {
        value = object.get(key);
        if (value == null) {
          return Optional.empty();
        }
      } else {
        return isResolved(value) ? Optional.empty() : Optional.of(value);
      }
    }
    return Optional.of(value);
  }

  private static List<String> keys(String path) {
    try {
      return ConfigUtil.splitPath(path);
    } catch (ConfigException e) {
      return List.of(); // it stands in a quoted text
    }
  }

  /** Whether a group can be looked into, rather than being merged once references are known. */
  private static boolean isPlain(ConfigObject object) {
    try {
      object.isEmpty();
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  private static boolean isResolved(ConfigValue value) {
    try {
      value.unwrapped();
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }

  private UserException wrong(ConfigValue value, String found) {
    Place place = Place.of(value.origin());
    return HoconBounds.tooMuch(place.isDefault() ? document : place.text(), found);
  }
}
