package io.github.dotagent.agent.bypass;

import io.github.dotagent.DotCore;
import io.github.dotagent.concurrent.StackRoom;
import io.github.dotagent.config.BypassMode;
import io.github.dotagent.forward.Forwarder;
import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.Bypass;
import io.github.dotagent.metrics.Watcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Decides where a program's messages to port 53 go. Safe for use by any number of threads. */
final class Redirection {
  /**
   * For each server, the agent looks for the asking class at most twenty times a second. A stack
   * walk for each packet would cost too much, and a library asks again.
   */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final String BLOCKED = " (dotagent.bypass=block)";

  /** The text in a report in place of a server's address. */
  private static final String NATIVE = "the system, in native code,";

  private final DotCore core;
  private final Log log;

  /** No {@code ConcurrentHashMap}: a thread that is stopped within one may leave it locked. */
  private final Map<Bypass, Long> lookedAt =
      Collections.synchronizedMap(new HashMap<Bypass, Long>());

  Redirection(DotCore core, Log log) {
    this.core = core;
    this.log = log;
  }

  /** By the settings in force. */
  private BypassMode mode() {
    return core.config().bypass();
  }

  /**
   * The address to send to instead; the server itself if nothing changes.
   *
   * @param shown whether the library sees the stand-in's own address
   * @throws IOException if the server must not be asked
   */
  InetSocketAddress to(InetSocketAddress server, boolean shown) throws IOException {
    StackRoom.prove(); // before any state that other threads share
    if (server.isUnresolved()) {
      return unresolved(server);
    }
    Bypass bypass = core.bypasses().of(Forwarder.textOf(server));
    if (mode() == BypassMode.REPORT) {
      bypass.count(Bypass.Fate.IN_CLEAR);
      look(bypass, Bypass.Fate.IN_CLEAR, "");
      return server;
    }
    try {
      InetSocketAddress standIn = core.forwarder().standInFor(server, shown);
      look(bypass, Bypass.Fate.OVER_TLS, "");
      return standIn;
    } catch (IOException none) {
      return without(server, bypass, none);
    }
  }

  /**
   * A socket refuses an unresolved address, unless it has a proxy. The proxy would look the name up
   * and pass the stream on in the clear.
   */
  private InetSocketAddress unresolved(InetSocketAddress server) throws SocketException {
    if (mode() != BypassMode.BLOCK) {
      return server; // not counted as in the clear, because usually there is no proxy
    }
    Bypass bypass = core.bypasses().of(server.getHostString() + "@" + server.getPort());
    bypass.count(Bypass.Fate.REFUSED);
    String because = ", because its address is not known";
    look(bypass, Bypass.Fate.REFUSED, because);
    throw new SocketException(bypass.server() + " is not asked" + BLOCKED + because);
  }

  private InetSocketAddress without(InetSocketAddress server, Bypass bypass, IOException reason)
      throws IOException {
    if (core.forwarder().isClosed()) {
      // the JVM ends: nothing is sent in the clear, and nothing is logged
      throw new SocketException(bypass.server() + " is not asked: the JVM is shutting down");
    }
    String because = ", because no local port can stand in for it: " + reason.getMessage();
    if (mode() == BypassMode.BLOCK) {
      bypass.count(Bypass.Fate.REFUSED);
      look(bypass, Bypass.Fate.REFUSED, because);
      // SocketException, because connect of Socket and DatagramSocket declares no other
      SocketException refused =
          new SocketException(bypass.server() + " is not asked" + BLOCKED + because);
      refused.initCause(reason);
      throw refused;
    }
    bypass.count(Bypass.Fate.IN_CLEAR);
    look(bypass, Bypass.Fate.IN_CLEAR, because);
    return server;
  }

  /**
   * Call it before the program looks names up in native code.
   *
   * @throws IOException when that is refused
   */
  void outOfReach() throws IOException {
    Bypass bypass = core.bypasses().of(NATIVE);
    boolean refused = mode() == BypassMode.BLOCK;
    Bypass.Fate fate = refused ? Bypass.Fate.REFUSED : Bypass.Fate.IN_CLEAR;
    bypass.count(fate);
    look(bypass, fate, "");
    if (refused) {
      throw new IOException("names looked up in native code would leave in the clear" + BLOCKED);
    }
  }

  /** Logs once which library does it. */
  private void look(Bypass bypass, Bypass.Fate fate, String because) {
    long now = core.timers().nanoTime();
    Long before = lookedAt.get(bypass);
    if (before != null && now - before < LOOK_NANOS) {
      return;
    }
    lookedAt.put(bypass, now);
    String library = AskingLibrary.onThisThread();
    Watcher watcher = core.watch().watcher();
    if (watcher != null) {
      watcher.bypass(library, bypass.server(), fate);
    }
    if (bypass.addLibrary(library)) {
      log.write(
          fate == Bypass.Fate.OVER_TLS ? Level.INFO : Level.WARN,
          library + " asks " + bypass.server() + " by itself: " + fate + because);
    }
  }

  /**
   * The server in whose place an address of the agent answers; any other address is returned
   * unchanged.
   */
  SocketAddress from(SocketAddress sender) {
    InetSocketAddress server = core.forwarder().serverBehind(sender);
    return server == null ? sender : server;
  }
}
