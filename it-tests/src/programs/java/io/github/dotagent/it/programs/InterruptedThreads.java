package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Interrupts the agent's threads all the time, as some programs do with every thread they find, and
 * asks a server by itself meanwhile. Arguments: the server, what the names end with, how often.
 * Prints how many queries were answered.
 */
public final class InterruptedThreads {
  private static final int DNS = 53;

  private InterruptedThreads() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(args[0]), DNS);
    int often = Integer.parseInt(args[2]);
    isAnswered(
        server, "first." + args[1]); // a class that is lost to an interrupt is another matter
    Thread interrupts = new Thread(InterruptedThreads::interrupt, "interrupts");
    interrupts.setDaemon(true);
    interrupts.start();
    int answered = 0;
    for (int i = 0; i < often && answered == i; i++) {
      answered += isAnswered(server, "n" + i + "." + args[1]) ? 1 : 0;
    }
    System.out.println(answered + " answered");
  }

  private static boolean isAnswered(InetSocketAddress server, String name) {
    try {
      return OwnDns.ask("socket", server, name).startsWith("rcode 0, 1 answers");
    } catch (Exception unanswered) {
      return false;
    }
  }

  private static void interrupt() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] all = new Thread[100];
    while (true) {
      int count = group.enumerate(all, false);
      for (int i = 0; i < count; i++) {
        if (all[i].getName().startsWith("dot-agent-")) {
          all[i].interrupt();
        }
      }
    }
  }
}
