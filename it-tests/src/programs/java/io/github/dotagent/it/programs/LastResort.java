package io.github.dotagent.it.programs;

import java.util.Timer;
import java.util.TimerTask;

/** Ends a hanging program when the test that started it has ended. */
final class LastResort {
  /** Longer than the longest test drives one program. */
  private static final long MILLIS = 15 * 60 * 1000L;

  private static final int EXIT_CODE = 75; // sysexits.h EX_TEMPFAIL

  private LastResort() {}

  static void arm() {
    Timer timer = new Timer("last-resort", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            Runtime.getRuntime().halt(EXIT_CODE);
          }
        },
        MILLIS);
  }
}
