package org.seqgan.core.config;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;

/** A value that is not what its option expects. The binder adds the place and the key. */
final class WrongValueException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 60;

  private final String element;

  private WrongValueException(String element, String message) {
    super(message);
    this.element = element;
  }

  /** What to append to the option's key: {@code [1]} for the second element of a list, or empty. */
  String element() {
    return element;
  }

  /** Expected one thing, found another. */
  static WrongValueException of(String expected, ConfigValue found) {
    return new WrongValueException(
        "", "expected %s, found %s".formatted(expected, describe(found)));
  }

  /** Expected one thing, found another; what to do about it. */
  static WrongValueException of(String expected, ConfigValue found, String hint) {
    return new WrongValueException(
        "", "expected %s, found %s; %s".formatted(expected, describe(found), hint));
  }

  /** The same, in an element of a list. */
  WrongValueException inElement(int index) {
    return new WrongValueException("[%d]%s".formatted(index, element), getMessage());
  }

  private static String describe(ConfigValue value) {
    if (value.valueType() == ConfigValueType.OBJECT) {
      return "a group of options";
    }
    if (value.valueType() == ConfigValueType.LIST) {
      return "a list";
    }
    if (value.valueType() == ConfigValueType.STRING) {
      String text = (String) value.unwrapped();
      return ConfigUtil.quoteString(
          text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
    }
    return value.render();
  }
}
