package io.github.dotagent.it.harness.jvm;

import java.io.IOException;
import java.io.OutputStream;

/** Ends a JVM of the harness whose parent is gone. */
public final class ExitWithParent {
  private static final int ORPHANED = 70; // sysexits.h EX_SOFTWARE; no process is left to read it

  private ExitWithParent() {}

  /**
   * Called first by a main class that does not read its stdin: the parent holds the other end, and
   * the pipe breaks when the parent dies, however it dies.
   */
  public static void watch() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException brokenPipe) {
                // As good as its end.
              }
              // Not exit: a shutdown hook that hangs must not keep an orphan alive.
              Runtime.getRuntime().halt(ORPHANED);
            },
            "exit-with-parent");
    thread.setDaemon(true);
    thread.start();
  }
}
