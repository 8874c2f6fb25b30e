package io.github.dotagent.it.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;

/**
 * Looks each name up once; waits where there is a number: {@code MILLISECONDS NAME... MILLISECONDS
 * NAME...}. Prints the microseconds of each lookup, and last the peak of the process's memory in
 * KiB (0 where the kernel does not tell).
 */
public final class TimedLookups {
  private static final Path STATUS = Paths.get("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private TimedLookups() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder();
    for (String argument : args) {
      if (argument.matches("[0-9]+")) {
        TimeUnit.MILLISECONDS.sleep(Long.parseLong(argument));
        continue;
      }
      long begun = System.nanoTime();
      InetAddress.getByName(argument);
      line.append(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun)).append(' ');
    }
    System.out.println(line.append(peakKib()));
  }

  /** Of this process; 0 where the kernel does not tell. */
  static long peakKib() throws IOException {
    if (Files.exists(STATUS)) {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.US_ASCII)) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    }
    return 0;
  }
}
