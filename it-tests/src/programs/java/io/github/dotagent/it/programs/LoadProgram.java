package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Looks many names up, most of them for the first time, and says how that went. Reads commands from
 * stdin until it closes, and answers each with one line:
 *
 * <ul>
 *   <li>{@code steady RATE MILLISECONDS DOMAIN}: so many lookups a second, whatever becomes of them
 *   <li>{@code closed THREADS COUNT DOMAIN}: each thread begins its next when the last has ended
 *   <li>{@code mixed RATE MILLISECONDS DOMAIN}: hot names, warm ones and new ones
 *   <li>{@code crowd platform|virtual THREADS DOMAIN}: a thread for each, all at once
 *   <li>{@code queries IN_FLIGHT COUNT DOMAIN}: no lookups, but queries of the agent's connection
 *       beneath them
 *   <li>{@code instances CLASS}, {@code threads PREFIX}, {@code heap}: what is left of it
 * </ul>
 */
public final class LoadProgram {
  private LoadProgram() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.trim().split(" +")));
      System.out.flush();
    }
    System.exit(0); // not held up by a lookup that still waits
  }

  private static String answer(String[] words) throws Exception {
    switch (words[0]) {
      case "steady":
        long millis = Long.parseLong(words[2]);
        return new SteadyLoad(Integer.parseInt(words[1]), TimeUnit.MILLISECONDS.toNanos(millis))
            .run(words[3]);
      case "closed":
        return new ClosedLoad(Integer.parseInt(words[1]), Integer.parseInt(words[2])).run(words[3]);
      case "mixed":
        long time = Long.parseLong(words[2]);
        return new MixedLoad(Integer.parseInt(words[1]), TimeUnit.MILLISECONDS.toNanos(time))
            .run(words[3]);
      case "crowd":
        return new CrowdLoad(words[1].equals("virtual"), Integer.parseInt(words[2])).run(words[3]);
      case "queries":
        return new QueryLoad(Integer.parseInt(words[1]), Integer.parseInt(words[2])).run(words[3]);
      case "instances":
        return Long.toString(OwnJvm.instances(words[1]));
      case "threads":
        return OwnJvm.threads(words[1]).toString();
      case "heap":
        return Long.toString(OwnJvm.livingOctets());
      default:
        throw new IOException("unknown command: " + Arrays.toString(words));
    }
  }
}
