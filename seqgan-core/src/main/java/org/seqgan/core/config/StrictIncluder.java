package org.seqgan.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;

/** Includes as the library does, but a missing file is an error rather than nothing. */
final class StrictIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final ConfigIncluder library;

  private StrictIncluder(ConfigIncluder library) {
    this.library = library;
  }

  /** An includer to put into the options of a parser, which binds it to the library's own. */
  static ConfigIncluder unbound() {
    return new ConfigIncluder() {
      @Override
      public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new StrictIncluder(fallback);
      }

      @Override
      public ConfigObject include(ConfigIncludeContext context, String what) {
        throw new IllegalStateException("the parser did not bind its includer");
      }
    };
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new StrictIncluder(fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    try {
      return library.include(required(context), what);
    } catch (ConfigException.IO e) {
      throw missing(what, e);
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    try {
      return ((ConfigIncluderFile) library).includeFile(required(context), what);
    } catch (ConfigException.IO e) {
      throw missing(what.toString(), e);
    }
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return ((ConfigIncluderURL) library).includeURL(required(context), what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ((ConfigIncluderClasspath) library).includeResources(required(context), what);
  }

  private static ConfigIncludeContext required(ConfigIncludeContext context) {
    return context.setParseOptions(context.parseOptions().setAllowMissing(false));
  }

  private static ConfigException missing(String what, ConfigException.IO cause) {
    return new ConfigException.Generic(
        "include of '%s': expected a file that can be read, found none; check its path"
            .formatted(what),
        cause);
  }
}
