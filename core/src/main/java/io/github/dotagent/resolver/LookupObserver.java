package io.github.dotagent.resolver;

import java.net.InetAddress;

/** Is told what the system resolver has answered to the program. */
public interface LookupObserver {
  /**
   * On the thread of the program, which has its answer and waits for this: quick, and never blocks.
   *
   * @param host as the program spelled it
   * @param found the addresses; null: there are none. Not to be altered
   */
  void seen(String host, AddressFamilyPolicy order, InetAddress[] found);
}
