package io.github.dotagent.it.programs;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;

/**
 * Stops the agent's threads beside the lookups again and again, as {@code Thread.stop} lets a
 * program do up to Java 19: the one that reads the hosts file, the one that forwards queries of
 * libraries. Then both have to do their work once more. Arguments: the hosts file, a server, what
 * the names end with, how often.
 */
public final class StoppedHelpers {
  private static final int DNS = 53;
  private static final String HOSTS = "dot-agent-hosts";
  private static final String FORWARDER = "dot-agent-forwarder";
  private static final long BETWEEN_MILLIS = 20;

  /** Lines of the file: a thread that is at work for some milliseconds can be found and stopped. */
  private static final int LINES = 40_000;

  private final Path hosts;
  private final InetSocketAddress server;
  private final String domain;
  private final Method stop = Thread.class.getMethod("stop"); // deprecated, which is an error here
  private int written;

  private StoppedHelpers(String[] args) throws Exception {
    hosts = Paths.get(args[0]);
    server = new InetSocketAddress(InetAddress.getByName(args[1]), DNS);
    domain = args[2];
  }

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    StoppedHelpers helpers = new StoppedHelpers(args);
    helpers.awaitWork(); // what they load is there: a class whose load was stopped is lost
    int often = Integer.parseInt(args[3]);
    Thread readers = new Thread(() -> helpers.stopReaders(often), "stops");
    readers.start();
    int forwarders = 0;
    while (readers.isAlive() || forwarders < often) {
      helpers.writeHosts();
      helpers.isThere("any." + helpers.domain); // makes the agent look at the file
      forwarders += forwarders < often ? helpers.stop(FORWARDER) : 0;
      helpers.forwarded();
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
    helpers.awaitWork();
    System.out.println("all at work");
    System.out.flush();
    System.exit(0);
  }

  /** It is at work once a second, and not for long: this looks for it all the time. */
  private void stopReaders(int often) {
    try {
      for (int stopped = 0; stopped < often; ) {
        stopped += stop(HOSTS);
        Thread.yield();
      }
    } catch (Exception refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** The harness has the bound. */
  private void awaitWork() throws IOException, InterruptedException {
    String name = writeHosts();
    while (!isThere(name)) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
    while (!forwarded()) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
  }

  /** Each time another name, which has the address 192.0.2.200. */
  private String writeHosts() throws IOException {
    String name = "host-" + written++ + ".of.the.file.test";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      text.append("192.0.2.201 line-").append(i).append(".of.the.file.test\n");
    }
    text.append("192.0.2.200 ").append(name).append('\n');
    Files.write(hosts, text.toString().getBytes(StandardCharsets.US_ASCII));
    return name;
  }

  private boolean isThere(String name) {
    try {
      InetAddress.getByName(name);
      return true;
    } catch (UnknownHostException notYet) {
      return false;
    }
  }

  private boolean forwarded() {
    try {
      return OwnDns.ask("socket", server, "own." + domain).startsWith("rcode 0");
    } catch (Exception stopped) {
      return false;
    }
  }

  private int stop(String name) throws Exception {
    int stopped = 0;
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] all = new Thread[100];
    group.enumerate(all, false);
    for (Thread thread : all) {
      if (thread != null && thread.getName().equals(name)) {
        stop.invoke(thread);
        stopped++;
      }
    }
    return stopped;
  }
}
