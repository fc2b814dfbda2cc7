package org.seqgan.cli.completion;

import java.util.Locale;
import java.util.function.Function;

/** The shells for which there are scripts. */
public enum Shell {
  /** GNU Bash, 4 or newer. */
  BASH(completion -> new BourneScript(completion).bash()),
  /** The Z shell, with its completion system. */
  ZSH(completion -> new BourneScript(completion).zsh()),
  /** Fish, 3 or newer. */
  FISH(completion -> new FishScript(completion).text());

  private final Function<Completion, String> script;

  Shell(Function<Completion, String> script) {
    this.script = script;
  }

  /** The script that teaches this shell the commands of a program. */
  public String script(Completion completion) {
    return script.apply(completion);
  }

  /** The name of its program. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
