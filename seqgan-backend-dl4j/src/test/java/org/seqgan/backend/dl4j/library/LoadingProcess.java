package org.seqgan.backend.dl4j.library;

import org.seqgan.backend.dl4j.product.NativeLibraries;

/** Loads all native libraries, and prints what there is to say of them. */
final class LoadingProcess {
  private LoadingProcess() {}

  public static void main(String[] args) {
    NativeLibraries.load().details().forEach(System.out::println);
  }
}
