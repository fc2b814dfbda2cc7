package org.seqgan.api;

/** The version of the interfaces in this module. */
public final class ApiVersion {
  /**
   * A provider gives this constant in its {@link org.seqgan.api.plugin.About}. The compiler copies
   * its value into the plugin's class, so a jar built against another version is recognised when it
   * is registered.
   */
  public static final int CURRENT = 3;

  private ApiVersion() {}
}
