package io.github.dotagent.it.programs;

/** Ends as soon as it has begun. */
public final class EmptyProgram {
  private EmptyProgram() {}

  public static void main(String[] args) {
    // nothing
  }
}
