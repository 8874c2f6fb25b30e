package io.github.dotagent.it.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Many threads that look one name up at once. The JDK lets one thread at a time look a name up, but
 * keeps apart what is spelled differently: each thread has a spelling of its own, so all of them
 * reach the agent.
 */
final class Burst {
  private Burst() {}

  /** The results, and the number of each. */
  static String of(String name, int threads) throws IOException {
    final CountDownLatch start = new CountDownLatch(1);
    FutureTask<?>[] lookups = new FutureTask<?>[threads];
    for (int i = 0; i < threads; i++) {
      final String spelled = spelling(name, i);
      FutureTask<String> lookup =
          new FutureTask<String>(
              new Callable<String>() {
                @Override
                public String call() throws Exception {
                  start.await();
                  return InetAddress.getByName(spelled).getHostAddress();
                }
              });
      lookups[i] = lookup;
      Thread thread = new Thread(lookup, "burst-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    start.countDown();
    Map<Object, Integer> found = new TreeMap<Object, Integer>();
    for (FutureTask<?> lookup : lookups) {
      Object address = outcome(lookup);
      found.put(address, found.containsKey(address) ? found.get(address) + 1 : 1);
    }
    return found.toString();
  }

  private static Object outcome(FutureTask<?> lookup) throws IOException {
    try {
      return lookup.get();
    } catch (ExecutionException failed) {
      return failed.getCause().toString();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
  }

  /** Upper case where the number has a bit set, letter by letter. */
  private static String spelling(String name, int number) {
    StringBuilder spelled = new StringBuilder(name);
    int bit = 0;
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetter(name.charAt(i))) {
        if ((number >> bit & 1) == 1) {
          spelled.setCharAt(i, Character.toUpperCase(name.charAt(i)));
        }
        bit++;
      }
    }
    return spelled.toString();
  }
}
