package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;

/**
 * The options that a record declares.
 *
 * @param type the record
 * @param components in the record's order
 */
record RecordSchema(Class<?> type, List<Component> components) {

  /** One component. */
  record Component(String key, Option option, Slot slot, ConfigValue defaultValue) {}

  /** What a component holds. */
  sealed interface Slot {}

  /** A value. */
  record Leaf(OptionType type) implements Slot {}

  /** Another record. */
  record Group(RecordSchema schema) implements Slot {}

  /** A map from the constants of an enum. */
  record Table(OptionType.Word keys, OptionType values) implements Slot {}

  /**
   * Reads the annotations of a record.
   *
   * @throws UserException if they are not as {@link Option} says, which only the plugin's author
   *     can mend
   */
  static RecordSchema of(Class<?> type) {
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component(component));
    }
    return new RecordSchema(type, List.copyOf(components));
  }

  List<String> keys() {
    return components.stream().map(Component::key).toList();
  }

  /** Calls the canonical constructor; an exception of the constructor is passed on as it is. */
  Object instantiate(Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("cannot make " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type.getName(), e);
    }
  }

  private static Component component(RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw fault(component, "it carries no @Option");
    }
    Slot slot = slot(component, component.getGenericType(), option);
    return new Component(
        Words.key(component.getName()), option, slot, defaultValue(component, option, slot));
  }

  private static Slot slot(RecordComponent component, Type type, Option option) {
    if (type instanceof Class<?> record && record.isRecord() && record != ByteSize.class) {
      return new Group(of(record));
    }
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      Type[] arguments = map.getActualTypeArguments();
      OptionType keys = optionType(component, arguments[0], option);
      if (keys instanceof OptionType.Word words) {
        return new Table(words, optionType(component, arguments[1], option));
      }
      throw fault(component, "the keys of a map must be an enum");
    }
    return new Leaf(optionType(component, type, option));
  }

  private static OptionType optionType(RecordComponent component, Type type, Option option) {
    Range range = new Range(option.min(), option.max());
    if (type instanceof ParameterizedType generic) {
      OptionType content = optionType(component, generic.getActualTypeArguments()[0], option);
      if (generic.getRawType() == List.class) {
        return new OptionType.Several(content);
      }
      if (generic.getRawType() == Optional.class) {
        return new OptionType.Maybe(content);
      }
    } else if (type == int.class || type == Integer.class) {
      return new OptionType.WholeNumber(false, range);
    } else if (type == long.class || type == Long.class) {
      return new OptionType.WholeNumber(true, range);
    } else if (type == float.class || type == Float.class) {
      return new OptionType.RealNumber(false, range);
    } else if (type == double.class || type == Double.class) {
      return new OptionType.RealNumber(true, range);
    } else if (type == boolean.class || type == Boolean.class) {
      return new OptionType.Flag();
    } else if (type == String.class) {
      return new OptionType.Text();
    } else if (type == Path.class) {
      return new OptionType.FilePath(List.of(option.words()));
    } else if (type == ByteSize.class) {
      return new OptionType.Memory(range);
    } else if (type == Duration.class) {
      return new OptionType.LengthOfTime(range);
    } else if (type instanceof Class<?> plain && plain.isEnum()) {
      return OptionType.word(plain);
    }
    throw fault(component, "an option cannot be of type " + type.getTypeName());
  }

  private static ConfigValue defaultValue(RecordComponent component, Option option, Slot slot) {
    String text = option.defaultValue();
    try {
      if (slot instanceof Leaf leaf) {
        return text.isEmpty() && option.required()
            ? ConfigValueFactory.fromAnyRef(null, Place.DEFAULT)
            : leaf.type().literal(text);
      }
      ConfigValue value = text.isEmpty() ? Hocon.empty() : Hocon.value(text, Place.DEFAULT);
      if (value instanceof ConfigObject) {
        return value;
      }
    } catch (ConfigException e) {
      throw fault(component, "its default is not valid: " + e.getMessage());
    }
    throw fault(component, "its default is not a group of keys: " + text);
  }

  private static UserException fault(RecordComponent component, String problem) {
    return new UserException(
        UserException.Kind.CONFIGURATION,
        Place.oneLine(
            "the plugin's options %s are declared wrongly, tell its author: component '%s': %s"
                .formatted(
                    component.getDeclaringRecord().getName(), component.getName(), problem)));
  }
}
