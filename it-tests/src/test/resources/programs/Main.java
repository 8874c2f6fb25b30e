import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one program, and says whether it reached a server on loopback under that server's name. The
 * server takes the connection and ends it: what is compared is how a name is found, not what is
 * said afterwards.
 */
public final class Main {
  private static final int WITHIN_SECONDS = 240; // on a busy machine the largest take half of it

  /** For the other thread to have seen the connection. */
  private static final int GRACE_SECONDS = 5;

  private Main() {}

  public static void main(String[] args) throws Exception {
    final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    final CountDownLatch reached = new CountDownLatch(1);
    daemon(
        () -> {
          while (true) {
            Socket client = server.accept();
            reached.countDown();
            client.close();
          }
        });
    final int port = server.getLocalPort();
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
            // perhaps of the end of its connection
            if (!reached.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
              over.countDown();
            }
            throw new IllegalStateException(thrown);
          }
        });
    over.await(WITHIN_SECONDS, TimeUnit.SECONDS);
    boolean in = reached.getCount() == 0;
    System.out.println(args[0] + (in ? " reached its server" : " did not reach its server"));
    Runtime.getRuntime().halt(0); // many have threads that go on
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
                if (Boolean.getBoolean("it.verbose")) {
                  ended.printStackTrace();
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
