package io.github.dotagent.resolver;

import java.net.InetAddress;

/** Learns the system resolver's answers to the program. */
public interface SystemAnswerObserver {
  /**
   * Called on the thread of the program, which waits for this before it gets its answer: must be
   * quick, and never block.
   *
   * @param host as the program spelled it
   * @param found the addresses; null: there are none. Not to be altered
   */
  void seen(String host, AddressFamilyPolicy order, InetAddress[] found);
}
