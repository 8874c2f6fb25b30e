package io.github.dotagent.it.command.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that keeps its connections, whatever the client sends: the command does not wait for it.
 */
class LastingConnectionIT {
  private static final int RESPONSE_FLAG = 0x80; // of a header's third octet, RFC 1035 §4.1.1

  private final CountDownLatch over = new CountDownLatch(1);

  @TempDir Path folder;

  /** The timeout is longer than the child may take. */
  @EachJava(few = true)
  void theCommandEndsAfterTheAnswer(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        SSLServerSocket listening = listen(dot)) {
      Thread server = new Thread(() -> serve(listening), "keeps-connections");
      server.setDaemon(true);
      server.start();
      String upstream = "127.0.0.1@" + listening.getLocalPort() + "#" + DotUpstream.NAME;
      ChildResult result =
          new Tool(java)
              .command("lookup", "www.example.test")
              .jvmArgs(
                  dot.agent()
                      .set("upstreams", upstream)
                      .set("timeout", "10m")
                      .settingArgs()
                      .toArray(String[]::new))
              .run();
      assertEquals(List.of(), result.stderr());
      assertEquals(0, result.exitCode(), result.toString());
    } finally {
      over.countDown();
    }
  }

  private static SSLServerSocket listen(DotUpstream dot) throws IOException {
    return (SSLServerSocket)
        dot.certificate
            .serverContext()
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** There is such a name, it says, and no address of it; and then nothing more. */
  private void serve(SSLServerSocket listening) {
    try (SSLSocket client = (SSLSocket) listening.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] message = new byte[in.readUnsignedShort()];
      in.readFully(message);
      message[2] |= (byte) RESPONSE_FLAG;
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      out.writeShort(message.length);
      out.write(message);
      out.flush();
      over.await();
    } catch (IOException | InterruptedException clientHasGone) {
      // the test says what is wrong
    }
  }
}
