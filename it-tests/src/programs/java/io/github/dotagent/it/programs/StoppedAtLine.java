package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up on threads that are stopped at a line of the agent's ({@link StopPoint}). Reads
 * commands from stdin until it closes, and answers each with one line:
 *
 * <ul>
 *   <li>{@code lines NAME}: the numbers of the lines that a lookup comes to on its thread
 *   <li>{@code stop LINE NAME}: a thread looks the name up and is stopped there: {@code stopped},
 *       or {@code passed} when it did not come there
 *   <li>{@code found NAME}: another thread looks it up, again and again until it is found
 * </ul>
 */
public final class StoppedAtLine {
  /** Of a thread that hangs: less than the harness waits for a line. */
  private static final long HANGS_SECONDS = 60;

  private StoppedAtLine() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.split(" ")));
      System.out.flush();
    }
    System.exit(0); // also where a thread hangs
  }

  private static String answer(String[] words) throws InterruptedException {
    if (words[0].equals("found")) {
      Finder finder = new Finder(words[1]);
      return hasEnded(finder) ? "found" : "not found: " + finder.last;
    }
    boolean stops = words[0].equals("stop");
    Thread victim = new Thread(() -> lookUp(words[words.length - 1]), "victim");
    victim.setUncaughtExceptionHandler((thread, death) -> {});
    StopPoint.look(victim, stops ? Integer.parseInt(words[1]) : -1);
    if (!hasEnded(victim)) {
      return "hangs";
    }
    if (!stops) {
      return Arrays.toString(StopPoint.lines());
    }
    return StopPoint.hasStopped() ? "stopped" : "passed";
  }

  private static boolean hasEnded(Thread thread) throws InterruptedException {
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(HANGS_SECONDS));
    return !thread.isAlive();
  }

  private static void lookUp(String name) {
    try {
      InetAddress.getByName(name);
    } catch (UnknownHostException failed) {
      // what becomes of the name is asked of others
    }
  }

  /** Ends once it has found the name. */
  private static final class Finder extends Thread {
    private final String name;
    private volatile String last = "it hangs";

    Finder(String name) {
      super("finder");
      this.name = name;
    }

    @Override
    public void run() {
      while (true) {
        try {
          InetAddress.getByName(name);
          return;
        } catch (UnknownHostException failed) {
          last = failed.getMessage();
        }
      }
    }
  }
}
