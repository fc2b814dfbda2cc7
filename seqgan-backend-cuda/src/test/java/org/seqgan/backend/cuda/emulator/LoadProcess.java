package org.seqgan.backend.cuda.emulator;

import org.opentest4j.TestAbortedException;

/** A process that asks for the emulated driver and prints what a test would do. */
final class LoadProcess {
  private LoadProcess() {}

  public static void main(String[] args) {
    try {
      EmulatedDriver.load();
      System.out.println("runs");
    } catch (TestAbortedException e) {
      System.out.println("is skipped: " + e.getMessage());
    } catch (AssertionError e) {
      System.out.println("fails: " + e.getMessage());
    }
  }
}
