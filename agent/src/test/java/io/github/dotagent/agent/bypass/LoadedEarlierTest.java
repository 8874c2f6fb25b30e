package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.MulticastSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class LoadedEarlierTest {
  private static boolean any(Class<?> loaded) {
    return LoadedEarlier.any(new Class<?>[] {String.class, loaded, int[].class});
  }

  @Test
  void classesThatSendDatagramsCount() throws IOException {
    assertTrue(any(DatagramSocket.class));
    assertTrue(any(MulticastSocket.class));
    try (DatagramChannel channel = DatagramChannel.open()) {
      assertTrue(any(channel.getClass()));
      assertTrue(any(channel.socket().getClass()));
    }
  }

  @Test
  void otherJdkAndProgramClassesDoNotCount() {
    assertFalse(any(Socket.class));
    assertFalse(any(FileInputStream.class));
    assertFalse(any(LoadedEarlierTest.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.xbill.DNS.SimpleResolver",
        "org.minidns.source.NetworkDataSource",
        "a.resolver.dns.DnsNameResolver",
        "io.netty.channel.AbstractChannel"
      })
  void dnsLibrariesOfTheProgramCount(String name) {
    assertTrue(any(new OneClass().named(name)));
  }

  /** Each class that SocketClasses names and this JDK has; a filter by type must let it pass. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.DatagramSocket",
        "java.net.MulticastSocket",
        "java.net.Socket",
        "java.net.SocksSocketImpl",
        "sun.nio.ch.AsynchronousSocketChannelImpl",
        "sun.nio.ch.DatagramChannelImpl",
        "sun.nio.ch.DatagramSocketAdaptor",
        "sun.nio.ch.SocketAdaptor",
        "sun.nio.ch.SocketChannelImpl",
        "sun.nio.ch.UnixAsynchronousSocketChannelImpl"
      })
  void eachSocketClassOfTheJdkMayBePatched(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/');
    assertTrue(SocketClasses.isDatagrams(file) || SocketClasses.streamBit(file) != 0);
    assertTrue(LoadedEarlier.mayBePatched(Class.forName(name, false, null)));
  }

  @Test
  void otherJdkClassesAreExcludedAtOnce() {
    assertFalse(LoadedEarlier.mayBePatched(String.class));
    assertFalse(LoadedEarlier.mayBePatched(Runnable.class));
  }

  @Test
  void aLibraryOnTheBootClassPathMayBePatched() {
    assertNull(Document.class.getClassLoader()); // its name is not one of the JDK's
    assertTrue(LoadedEarlier.mayBePatched(Document.class));
  }
}
