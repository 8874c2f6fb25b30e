package io.github.dotagent.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks up each host that stdin names, a line each, and then each once more. Prints a line for
 * each: the host, and its addresses, sorted, or {@code none}; both times where they differ. The
 * argument says how many are looked up at a time. The first host must have an address.
 */
public final class ManyLookups {
  private static final String NONE = "none";
  private static final int STARTING_TRIES = 30;
  private static final int IPV6_OCTETS = 16;

  private ManyLookups() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    List<String> hosts = hosts();
    awaitResolver(hosts.get(0));
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(args[0]));
    Map<String, String> first = outcomes(pool, hosts);
    Map<String, String> second = outcomes(pool, hosts);
    pool.shutdownNow();
    for (String host : hosts) {
      String once = first.get(host);
      String again = second.get(host);
      System.out.println(host + " " + once + (once.equals(again) ? "" : " then " + again));
    }
  }

  /** An agent may still be starting, on a busy machine for longer than a lookup waits. */
  private static void awaitResolver(String host) {
    int tries = 1;
    while (outcome(host).equals(NONE) && tries < STARTING_TRIES) { // each as long as a lookup waits
      tries++;
    }
  }

  private static List<String> hosts() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> hosts = new ArrayList<String>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      hosts.add(line);
    }
    return hosts;
  }

  private static Map<String, String> outcomes(ExecutorService pool, List<String> hosts)
      throws Exception {
    Map<String, Future<String>> futures = new LinkedHashMap<String, Future<String>>();
    for (final String host : hosts) {
      futures.put(
          host,
          pool.submit(
              new Callable<String>() {
                @Override
                public String call() {
                  return outcome(host);
                }
              }));
    }
    Map<String, String> outcomes = new LinkedHashMap<String, String>();
    for (Map.Entry<String, Future<String>> future : futures.entrySet()) {
      outcomes.put(future.getKey(), future.getValue().get());
    }
    return outcomes;
  }

  private static String outcome(String host) {
    try {
      List<String> texts = new ArrayList<String>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        texts.add(text(address));
      }
      boolean twice = new TreeSet<String>(texts).size() < texts.size();
      StringBuilder line = new StringBuilder();
      for (String text : new TreeSet<String>(texts)) {
        line.append(line.length() == 0 ? "" : " ").append(text);
      }
      return line + (twice ? " (one of them twice)" : "");
    } catch (UnknownHostException none) {
      return NONE;
    }
  }

  /** Without a scope, which is the machine's. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    boolean scoped = scope >= 0 && address.getAddress().length == IPV6_OCTETS;
    return scoped ? text.substring(0, scope) : text;
  }
}
