package io.github.dotagent.it.programs;

import java.net.InetAddress;
import java.security.Security;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Looks a name up, and only then says which log manager it wants and that it logs the JDK's
 * security events; prints what came of it.
 */
public final class LateLogging {
  private LateLogging() {}

  public static void main(String[] args) throws Exception {
    LastResort.arm();
    System.out.println("ok " + InetAddress.getByName(args[0]).getHostAddress());
    System.setProperty("java.util.logging.manager", Manager.class.getName());
    System.out.println("manager " + LogManager.getLogManager().getClass().getSimpleName());
    Logger events = Logger.getLogger("jdk.event.security");
    events.setLevel(Level.FINE);
    events.setUseParentHandlers(false);
    events.addHandler(new Printing());
    Security.setProperty("program.own", "value"); // an event, from Java 11 on
    InetAddress.getByName(args[1]);
    System.out.println("end");
  }

  /** The program's own. */
  public static final class Manager extends LogManager {
    /** Made by LogManager, by name. */
    public Manager() {}
  }

  private static final class Printing extends Handler {
    Printing() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      System.out.println("event " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
