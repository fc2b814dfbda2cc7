package org.seqgan.core.registry;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;

/** Reward plugins, sound and broken, that service files of tests name. */
public final class FakeRewards {
  private FakeRewards() {}

  /** No options. */
  public record NoOptions() {}

  /** A provider whose constants a test chooses. */
  public abstract static class Fake implements RewardProvider<NoOptions> {
    private final String name;

    protected Fake(String name) {
      this.name = name;
    }

    @Override
    public About<NoOptions> about() {
      return new About<>(name, "a fake", NoOptions.class, ApiVersion.CURRENT);
    }

    @Override
    public Reward create(RewardContext context, NoOptions options) {
      throw new UnsupportedOperationException("a fake makes no reward");
    }
  }

  /** Sound. */
  public static final class Constant extends Fake {
    /** For the service loader. */
    public Constant() {
      super("constant");
    }
  }

  /** Sound. */
  public static final class Cadence extends Fake {
    /** For the service loader. */
    public Cadence() {
      super("cadence");
    }
  }

  /** Takes a name that is taken. */
  public static final class SecondCadence extends Fake {
    /** For the service loader. */
    public SecondCadence() {
      super("cadence");
    }
  }

  /** Not a legal name. */
  public static final class BadName extends Fake {
    /** For the service loader. */
    public BadName() {
      super("My Reward");
    }
  }

  /** Fails to start. */
  public static final class Throwing extends Fake {
    /** For the service loader. */
    public Throwing() {
      super("throwing");
      throw new IllegalStateException("licence file not found");
    }
  }

  /** Lacks a class that it needs. */
  public static final class Unlinkable extends Fake {
    /** For the service loader. */
    public Unlinkable() {
      super("unlinkable");
    }

    @Override
    public About<NoOptions> about() {
      throw new NoClassDefFoundError("com/example/Missing");
    }
  }

  /** Built long ago. */
  public static final class OldApi extends Fake {
    /** For the service loader. */
    public OldApi() {
      super("old-api");
    }

    @Override
    public About<NoOptions> about() {
      return new About<>("old-api", "a fake", NoOptions.class, 0);
    }
  }

  /** Built for the first version, where {@code about()} was not there to be implemented. */
  public static final class FirstApi extends Fake {
    /** For the service loader. */
    public FirstApi() {
      super("first-api");
    }

    @Override
    public About<NoOptions> about() {
      throw new AbstractMethodError("about()");
    }
  }

  /** Says nothing. */
  public static final class Silent extends Fake {
    /** For the service loader. */
    public Silent() {
      super("silent");
    }

    @Override
    @SuppressWarnings("NullAway") // what a plugin that was compiled without checks may do
    public About<NoOptions> about() {
      return null;
    }
  }
}
