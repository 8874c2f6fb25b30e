import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one program, and says whether it reached a server on loopback under that server's name. The
 * server takes the connection and ends it: what is compared is how a name is found, not what is
 * said afterwards.
 */
public final class Main {
  private static final int WITHIN_SECONDS = 240; // on a busy machine the largest take half of it

  /** The time until the other thread has seen the connection. */
  private static final int GRACE_SECONDS = 5;

  /** Many have threads that go on. */
  static volatile Work end = () -> Runtime.getRuntime().halt(0);

  private Main() {}

  public static void main(String[] args) throws Exception {
    final int port = Integer.parseInt(args[1]);
    final ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    final PrintStream out = System.out; // some programs set their own, or talk there
    final CountDownLatch reached = new CountDownLatch(1);
    daemon(
        () -> {
          while (true) {
            Socket client = server.accept();
            reached.countDown();
            client.close();
          }
        });
    final CountDownLatch over = new CountDownLatch(1); // its server was reached, or will not be
    daemon(
        () -> {
          reached.await();
          over.countDown();
        });
    daemon(
        () -> {
          try {
            Class.forName(args[0]).getMethod("reach", int.class).invoke(null, port);
          } catch (Throwable thrown) {
            told(thrown); // perhaps of the end of its connection
            if (!reached.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
              over.countDown();
            }
          }
        });
    over.await(WITHIN_SECONDS, TimeUnit.SECONDS);
    boolean in = reached.getCount() == 0;
    out.println(args[0] + (in ? " reached its server" : " did not reach its server"));
    end.run();
  }

  /** What is not a jar but a folder: a program with its scripts and settings. */
  static Path home() {
    String path = System.getProperty("java.class.path");
    return Paths.get(path.substring(0, path.indexOf(File.pathSeparator)));
  }

  /** For what a program writes; gone after the test. */
  static Path folder() throws IOException {
    return Files.createTempDirectory(Paths.get(System.getProperty("it.folder")), "run");
  }

  interface Work {
    void run() throws Exception;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable ended) {
                told(ended);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void told(Throwable thrown) {
    if (Boolean.getBoolean("it.verbose")) {
      thrown.printStackTrace();
    }
  }
}
