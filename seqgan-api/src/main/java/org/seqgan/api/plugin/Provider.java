package org.seqgan.api.plugin;

/**
 * Makes plugins of one name. A provider is cheap: it must not touch a native library, a file or the
 * network until its {@code open} or {@code create} method is called.
 *
 * <p>Life cycle: made once by {@link java.util.ServiceLoader} through its public no-argument
 * constructor. Thread safety: all methods may be called from any thread.
 *
 * @param <O> the record of options, see {@link Option}
 */
public interface Provider<O extends Record> {
  /** What there is to know of it before it is used; equal each time. */
  About<O> about();
}
