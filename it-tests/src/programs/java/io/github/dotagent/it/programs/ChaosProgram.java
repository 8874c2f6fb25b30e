package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up while everything goes wrong, and judges each answer by itself. Its argument is the
 * bound of a lookup in milliseconds. Reads commands from stdin until it closes, and answers each
 * with one line that begins with {@code >}:
 *
 * <ul>
 *   <li>{@code load RATE THREADS}: so many lookups a second from now on
 *   <li>{@code rest}: no more lookups; answered when the last one has ended
 *   <li>{@code well MILLIS}: a lookup that begins so much later, or after that, has to succeed
 *   <li>{@code ill}: not any more
 *   <li>{@code once NAME}: {@code ok} or the failure
 *   <li>{@code figures}: see {@link ChaosFigures}
 *   <li>{@code forget}: they begin anew
 *   <li>{@code fill MILLIS}: no memory is left for so long; answered at once
 *   <li>{@code reload}: has the agent look at its settings
 *   <li>{@code flush}: the agent's cache is empty
 *   <li>{@code instances CLASS}, {@code threads}, {@code sockets}, {@code octets}: what there is
 * </ul>
 */
public final class ChaosProgram {
  private static final int EXIT_CODE = 0;

  private static ChaosLoad load;

  private ChaosProgram() {}

  public static void main(String[] args) throws Exception {
    ManagementFactory.getPlatformMBeanServer(); // the agent shows itself there
    Heartbeat heartbeat = new Heartbeat();
    heartbeat.begin();
    load = new ChaosLoad(heartbeat, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[0])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (serve(in)) {
      // until there are no more commands
    }
    Runtime.getRuntime().halt(EXIT_CODE); // not held up by a lookup that still waits
  }

  /** The next command, if there is one. */
  private static boolean serve(BufferedReader in) throws Exception {
    try {
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      System.out.println("> " + answer(line.trim().split(" +")));
      System.out.flush();
    } catch (OutOfMemoryError full) {
      // no command comes while the heap is full: it is the wait for the next one that met it
    }
    return true;
  }

  private static String answer(String[] words) throws Exception {
    if (words[0].equals("load")) {
      load.begin(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      return "ok";
    }
    if (words[0].equals("rest")) {
      return load.rest();
    }
    if (words[0].equals("well")) {
      load.wellIn(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[1])));
      return "ok";
    }
    if (words[0].equals("ill")) {
      load.ill();
      return "ok";
    }
    if (words[0].equals("once")) {
      return load.once(words[1]);
    }
    if (words[0].equals("figures")) {
      return load.figures.toString();
    }
    if (words[0].equals("forget")) {
      load.figures = new ChaosFigures();
      return "ok";
    }
    if (words[0].equals("fill")) {
      new FullHeap(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[1]))).begin();
      return "ok";
    }
    return ofTheAgent(words);
  }

  private static String ofTheAgent(String[] words) throws Exception {
    if (words[0].equals("reload") || words[0].equals("flush")) {
      return AgentMBean.invoke(words[0]);
    }
    return OwnJvm.answer(words);
  }
}
