package org.seqgan.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one option of a plugin: a component of its options record. The component's name in
 * hyphens is the key of the configuration ({@code hiddenSize} is {@code hidden-size}).
 *
 * <p>Types: {@code int}, {@code long}, {@code float}, {@code double}, {@code boolean}, {@link
 * String}, {@link java.nio.file.Path}, {@link ByteSize}, {@link java.time.Duration} (limits are in
 * seconds), an enum (constants in lower case and hyphens), {@link java.util.List} of those, {@link
 * java.util.Optional} of those, a {@link java.util.Map} from an enum to one of those, or another
 * such record.
 *
 * <p>A combination of values that is wrong is rejected by the record's compact constructor, which
 * throws {@link IllegalArgumentException} with one line of text; the binder adds the place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** One line: what it does, its unit, and where the default comes from. */
  String description();

  /**
   * The default, written as in a configuration file ({@code "32"}, {@code "[1, 2]"}). For a nested
   * record it may be an object that overrides defaults of its components ({@code "{learning-rate =
   * 0.1}"}). Empty for an empty {@link java.util.Optional}, map or string, and, together with
   * {@link #required}, for none.
   */
  String defaultValue() default "";

  /** Whether the configuration must give a value. */
  boolean required() default false;

  /**
   * Of a {@link java.nio.file.Path}: the values that are words and name no file, such as {@code
   * corpus}. They stay as they are where a path is written in full; {@code ./corpus} is the file.
   */
  String[] words() default {};

  /** The least number allowed, inclusive (of each element, in a list). */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed, inclusive (of each element, in a list). */
  double max() default Double.POSITIVE_INFINITY;
}
