package org.seqgan.api.plugin;

/**
 * What every plugin tells of itself before it is used. A provider is cheap: constants only. It must
 * not touch a native library, a file or the network until its {@code open} or {@code create} method
 * is called.
 *
 * <p>Life cycle: made once by {@link java.util.ServiceLoader} through its public no-argument
 * constructor. Thread safety: all methods may be called from any thread.
 *
 * @param <O> the record of options, see {@link Option}
 */
public interface Provider<O extends Record> {
  /**
   * The name by which configuration selects this plugin: a lower-case letter, then lower-case
   * letters, digits and hyphens, at most 40 characters. Two providers of one kind and one name are
   * an error.
   */
  String name();

  /** One line for a list of plugins: what it is, and the paper it comes from. */
  String description();

  /** Must return {@link org.seqgan.api.ApiVersion#CURRENT}. */
  int apiVersion();

  /** The record that configuration is bound to; every component carries {@link Option}. */
  Class<O> optionsType();
}
