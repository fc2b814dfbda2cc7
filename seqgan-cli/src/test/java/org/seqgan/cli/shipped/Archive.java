package org.seqgan.cli.shipped;

import java.util.Set;

/** The archives that are built, and what one of them lacks. */
public enum Archive {
  /** For every machine. */
  ALL("", Set.of(), Set.of()),
  /** Small, for machines with a GPU: nothing of the CPU's backend. */
  GPU("-gpu", Set.of("the backend dl4j"), Set.of("seqgan-backend-dl4j"));

  private final String classifier;
  private final Set<String> jobsLeftOut;
  private final Set<String> modulesLeftOut;

  Archive(String classifier, Set<String> jobsLeftOut, Set<String> modulesLeftOut) {
    this.classifier = classifier;
    this.jobsLeftOut = jobsLeftOut;
    this.modulesLeftOut = modulesLeftOut;
  }

  /** What stands at the end of its name. */
  String classifier() {
    return classifier;
  }

  /** The folder, below that of what is generated, with what goes into it alone. */
  String folder() {
    return "archive" + classifier;
  }

  /** Of a list of all libraries those that it has. */
  LibraryList of(LibraryList all) {
    LibraryList rest = all;
    for (String job : jobsLeftOut) {
      rest = rest.without(job);
    }
    return rest;
  }

  /** Whether it has one of our modules. */
  boolean hasModule(String name) {
    return !modulesLeftOut.contains(name);
  }
}
