package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks names up, new ones and hot ones, while its settings change. The last octet of an address
 * says which server has answered. Reads commands from stdin until it closes, and answers each with
 * one line:
 *
 * <ul>
 *   <li>{@code load RATE THREADS}: so many lookups a second from now on
 *   <li>{@code from N,N...}: the servers that may answer new names from now on
 *   <li>{@code reload}: has the agent look at its settings
 *   <li>{@code figures}: how many lookups, failures, answers of other servers, and the first of
 *       each
 *   <li>{@code rest}: no more lookups
 *   <li>{@code instances CLASS}, {@code threads}, {@code sockets}, {@code open FOLDER}, {@code
 *       buffers}: what there is
 *   <li>{@code once NAME}: the last octet of its address
 * </ul>
 */
public final class SettingsUnderLoad {
  private static final int HOT_NAMES = 20;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final AtomicLong LOOKUPS = new AtomicLong();
  private static final AtomicLong FAILED = new AtomicLong();
  private static final AtomicLong FOREIGN = new AtomicLong();
  private static final AtomicReference<String> FIRST = new AtomicReference<String>("none");
  private static volatile Set<Integer> allowed = Collections.emptySet();
  private static volatile boolean resting;

  private SettingsUnderLoad() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    ManagementFactory.getPlatformMBeanServer(); // the agent shows itself there
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.trim().split(" +")));
      System.out.flush();
    }
    System.exit(0); // not held up by a lookup that still waits
  }

  private static String answer(String[] words) throws Exception {
    if (words[0].equals("load")) {
      resting = false;
      int threads = Integer.parseInt(words[2]);
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(new Load(i, threads * SECOND / Integer.parseInt(words[1])));
        thread.setDaemon(true);
        thread.start();
      }
      return "ok";
    }
    if (words[0].equals("from")) {
      Set<Integer> named = new HashSet<Integer>();
      for (String server : words[1].split(",")) {
        named.add(Integer.valueOf(server));
      }
      allowed = named;
      return "ok";
    }
    if (words[0].equals("reload")) {
      return AgentMBean.invoke("reload");
    }
    if (words[0].equals("figures")) {
      return LOOKUPS + " " + FAILED + " " + FOREIGN + " " + FIRST;
    }
    if (words[0].equals("rest")) {
      resting = true;
      return "ok";
    }
    if (words[0].equals("once")) {
      try {
        return Integer.toString(lastOctet(words[1]));
      } catch (UnknownHostException failed) {
        return failed.getMessage();
      }
    }
    return OwnJvm.answer(words);
  }

  private static int lastOctet(String name) throws UnknownHostException {
    byte[] address = InetAddress.getByName(name).getAddress();
    return address[address.length - 1] & 0xff;
  }

  /** One of the threads that look up. */
  private static final class Load implements Runnable {
    private final int number;
    private final long pauseNanos;

    Load(int number, long pauseNanos) {
      this.number = number;
      this.pauseNanos = pauseNanos;
    }

    @Override
    public void run() {
      long due = System.nanoTime();
      for (int i = 0; !resting; i++) {
        boolean hot = i % 2 == 0;
        lookUp(
            hot
                ? "h" + i / 2 % HOT_NAMES + ".hot.example.test"
                : "n" + number + "-" + i + ".many.example.test",
            hot);
        due += pauseNanos;
        long left = due - System.nanoTime();
        if (left > 0) {
          LockSupport.parkNanos(left);
        } else {
          due = System.nanoTime(); // a machine that is too slow for the rate does what it can
        }
      }
    }

    private static void lookUp(String name, boolean hot) {
      Set<Integer> before = allowed;
      LOOKUPS.incrementAndGet();
      try {
        int server = lastOctet(name);
        if (!hot && !before.contains(server) && !allowed.contains(server)) {
          FOREIGN.incrementAndGet();
          String named = before + " " + allowed;
          FIRST.compareAndSet("none", name + " by " + server + ", none of " + named);
        }
      } catch (UnknownHostException failed) {
        FAILED.incrementAndGet();
        FIRST.compareAndSet("none", String.valueOf(failed.getMessage()));
      }
    }
  }
}
