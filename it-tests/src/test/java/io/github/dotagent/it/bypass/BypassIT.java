package io.github.dotagent.it.bypass;

import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.ScenarioParts;
import io.github.dotagent.it.harness.Breadth;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.network.NetworkNamespace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Of all that a program sends to port 53 through the JDK, port 53 gets only what is allowed. */
class BypassIT {
  private static final String BY_DEFAULT =
      """
      == by default
      socket rcode 0, 2 answers from /127.0.0.1:53
      connected rcode 0, 2 answers from /127.0.0.1:53 of /127.0.0.1:53
      channel rcode 0, 2 answers from /127.0.0.1:53
      connectedChannel rcode 0, 2 answers from /127.0.0.1:53
      adaptor rcode 0, 2 answers from /127.0.0.1:53
      badCookie rcode 0, 2 answers from /127.0.0.1:53
      multicast rcode 0, 2 answers from /127.0.0.1:53
      tcp rcode 0, 2 answers from /127.0.0.1:53
      tcpChannel rcode 0, 2 answers from /127.0.0.1:53
      tcpAsynchronous rcode 0, 2 answers from /127.0.0.1:53
      jndiA [192.0.2.1, 192.0.2.2]
      jndiAll [A]
      jndiTXT of 1480 characters
      socket rcode 3, 0 answers from /127.0.0.1:53
      socket rcode 3, 0 answers from /127.0.0.1:53
      socket rcode 0, 1 answers from /127.0.0.1:53
      tcp rcode 0, 1 answers from /127.0.0.1:53
      socket rcode 0, 1 answers from /127.0.0.1:53
      transfer rcode 3, 0 answers from /127.0.0.1:53
      authoritative rcode 3, 0 answers from /127.0.0.1:53
      garbage java.net.SocketTimeoutException: Receive timed out
      dot-agent info io.github.dotagent.it.programs.OwnDns asks 127.0.0.1@53 by itself: over TLS
      dot-agent warn a query to 127.0.0.1@53 leaves in the clear: it asks for a zone transfer
      dot-agent warn a query to 127.0.0.1@53 leaves in the clear: it asks for the server's own data (RD=0)
      dot-agent warn a query to 127.0.0.1@53 leaves in the clear: it is not a DNS query
      seen [tcp db.internal A, udp 3 octets, no query, udp db.internal A, udp example.test TYPE252, udp nas.local A, udp www.example.test A]
      """;

  private static final String IN_EVERY_OTHER_CASE =
      """
      == block
      socket rcode 0, 2 answers from /127.0.0.1:53
      socket rcode 0, 1 answers from /127.0.0.1:53
      tcp rcode 0, 1 answers from /127.0.0.1:53
      socket rcode 0, 1 answers from /127.0.0.1:53
      transfer rcode 5, 0 answers from /127.0.0.1:53
      authoritative rcode 5, 0 answers from /127.0.0.1:53
      garbage java.net.SocketTimeoutException: Receive timed out
      dot-agent info io.github.dotagent.it.programs.OwnDns asks 127.0.0.1@53 by itself: over TLS
      dot-agent warn a query to 127.0.0.1@53 is refused (bypass=block): it asks for a zone transfer
      dot-agent warn a query to 127.0.0.1@53 is refused (bypass=block): it asks for the server's own data (RD=0)
      dot-agent warn a query to 127.0.0.1@53 is refused (bypass=block): it is not a DNS query
      seen [tcp db.internal A, udp db.internal A, udp nas.local A]
      == report
      jndiA javax.naming.NameNotFoundException: DNS name not found [response code 3]; remaining name 'www.example.test'
      jndiA javax.naming.NameNotFoundException: DNS name not found [response code 3]; remaining name 'www.example.test'
      dot-agent warn com.sun.jndi.dns.DnsClient asks 127.0.0.1@53 by itself: in the clear
      seen [udp www.example.test A]
      == off
      socket rcode 3, 0 answers from /127.0.0.1:53
      seen [udp www.example.test A]
      == no way to the server
      authoritative java.net.SocketTimeoutException: Receive timed out
      socket rcode 0, 2 answers from /0:0:0:0:0:0:0:1:53
      dot-agent info io.github.dotagent.it.programs.OwnDns asks ::1@53 by itself: over TLS
      dot-agent warn a query to ::1@53 leaves in the clear: it asks for the server's own data (RD=0)
      seen []
      == no server
      socket rcode 2, 0 answers from /127.0.0.1:53
      dot-agent info io.github.dotagent.it.programs.OwnDns asks 127.0.0.1@53 by itself: over TLS
      seen []
      == burst
      burst 500 of 500 answered
      dot-agent info io.github.dotagent.it.programs.OwnDnsBurst asks 127.0.0.1@53 by itself: over TLS
      seen []
      transfer of 1500 messages, then the end
      transfer of 1500 messages, then the end
      == another protocol on port 53
      line echo GET-index.html-HTTP/0.9
      line echo HELO
      dot-agent warn a stream to 127.0.0.4@53 leaves in the clear: it is not DNS
      dot-agent warn a stream to 127.0.0.4@53 leaves in the clear: it is not DNS
      == another protocol on port 53
      line null
      line null
      dot-agent warn a stream to 127.0.0.5@53 is refused (bypass=block): it is not DNS
      dot-agent warn a stream to 127.0.0.5@53 is refused (bypass=block): it is not DNS
      == guesses before the response
      socket rcode 0, 1 answers from /127.0.0.6:53
      tcp rcode 0, 1 answers from /127.0.0.6:53
      """;

  @TempDir Path folder;

  @BeforeAll
  static void assumeNamespace() {
    InNamespace.assumePossible(BypassIT.class);
  }

  @EachJava
  void port53GetsOnlyTheAllowedQueries(JavaHome java) throws UnknownHostException {
    // the JDK may look up the machine's own name at any time, which is the system's to answer
    String own = InetAddress.getLocalHost().getHostName();
    NetworkNamespace network =
        NetworkNamespace.in(folder.resolve("network")).hosts("127.0.0.1 localhost " + own + "\n");
    String expected = Breadth.isWhole(java) ? BY_DEFAULT + IN_EVERY_OTHER_CASE : BY_DEFAULT;
    ScenarioParts.assertSame(
        expected.lines().toList(), InNamespace.run(BypassScenario.class, network, java, folder));
  }
}
