package org.seqgan.api.plugin;

/**
 * What a plugin tells of itself before it is used: constants.
 *
 * @param <O> the record of options
 * @param name by which configuration selects this plugin: a lower-case letter, then lower-case
 *     letters, digits and hyphens, at most 40 characters. Two providers of one kind and one name
 *     are an error
 * @param description one line for a list of plugins: what it is, and the paper it comes from
 * @param optionsType the record that configuration is bound to; every component carries {@link
 *     Option}
 * @param apiVersion must be {@link org.seqgan.api.ApiVersion#CURRENT}, written out where the plugin
 *     is: so the compiler copies its value into the plugin's class
 */
public record About<O extends Record>(
    String name, String description, Class<O> optionsType, int apiVersion) {
  /**
   * The rule of a plugin's name, as a regular expression; other names that plugins give keep it
   * too.
   */
  public static final String NAME = "[a-z][a-z0-9-]{0,39}";
}
