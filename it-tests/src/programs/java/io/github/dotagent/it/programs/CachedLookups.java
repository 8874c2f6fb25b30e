package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks the same names up again and again, as it is told through stdin, a line at a time, and
 * answers each with a number:
 *
 * <ul>
 *   <li>{@code fill NAMES}: looks each of so many names up once and remembers none; 0;
 *   <li>{@code time NAMES THREADS MILLIS}: looks so many names up, in no order, again and again;
 *       the nanoseconds of CPU that one lookup takes;
 *   <li>{@code heap}: the octets in use.
 * </ul>
 */
public final class CachedLookups {
  private static final int BATCH = 200; // lookups between two looks at the clock
  private static final long SEED = 5;
  private static final int COLLECTIONS = 5; // one collection may leave garbage for the next
  private static final long BETWEEN_MILLIS = 200;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Map<Integer, String[]> NAMES = new HashMap<Integer, String[]>();

  private CachedLookups() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    StockNames.serveOnJava8();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(perform(line.split(" ")));
    }
  }

  private static double perform(String[] step) throws Exception {
    if (step[0].equals("fill")) {
      return fill(Integer.parseInt(step[1]));
    }
    if (step[0].equals("heap")) {
      return heap();
    }
    int count = Integer.parseInt(step[1]);
    if (!NAMES.containsKey(count)) {
      NAMES.put(count, names(count));
    }
    return time(NAMES.get(count), Integer.parseInt(step[2]), Long.parseLong(step[3]));
  }

  private static int fill(int count) throws UnknownHostException {
    for (int i = 0; i < count; i++) {
      InetAddress.getAllByName(name(i));
    }
    return 0;
  }

  private static String name(int number) {
    return "n" + number + ".bench.example";
  }

  private static String[] names(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = name(i);
    }
    Random random = new Random(SEED);
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      String name = names[i];
      names[i] = names[other];
      names[other] = name;
    }
    return names;
  }

  private static double time(final String[] names, int threads, final long millis)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Future<?>[] running = new Future<?>[threads];
    for (int i = 0; i < threads; i++) {
      final int start = i * names.length / threads;
      running[i] =
          pool.submit(
              new Callable<Double>() {
                @Override
                public Double call() throws UnknownHostException {
                  return nanosOfOne(names, start, millis);
                }
              });
    }
    double sum = 0;
    for (Future<?> thread : running) {
      sum += (Double) thread.get();
    }
    pool.shutdown();
    return sum / threads;
  }

  private static double nanosOfOne(String[] names, int start, long millis)
      throws UnknownHostException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long begun = THREADS.getCurrentThreadCpuTime();
    long lookups = 0;
    int at = start;
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < BATCH; i++) {
        InetAddress.getAllByName(names[at]);
        at = at + 1 == names.length ? 0 : at + 1;
      }
      lookups += BATCH;
    }
    return (THREADS.getCurrentThreadCpuTime() - begun) / (double) lookups;
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
