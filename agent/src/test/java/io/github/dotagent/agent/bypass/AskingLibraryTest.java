package io.github.dotagent.agent.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingLibraryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop.Main java.net.DatagramSocket java.net.DotAgentSockets io.github.dotagent.agent.bypass.Redirection | shop.Main
          shop.Main com.sun.jndi.dns.DnsContext com.sun.jndi.dns.Tcp java.net.Socket | com.sun.jndi.dns.DnsClient
          shop.Main org.xbill.DNS.SimpleResolver org.xbill.DNS.NioUdpClient$Transaction sun.nio.ch.DatagramChannelImpl | org.xbill.DNS.NioUdpClient
          shop.Main io.netty.resolver.dns.DnsQueryContext io.netty.channel.nio.NioEventLoop sun.nio.ch.DatagramChannelImpl | io.netty.resolver.dns.DnsQueryContext
          shop.Main$Inner java.net.DatagramSocket | shop.Main
          java.lang.Thread java.net.DatagramSocket | the program
          """)
  void namesTheInnermostDnsClassOfTheStackOrElseTheProgram(String outermostFirst, String library) {
    String[] names = outermostFirst.split(" ");
    StackTraceElement[] stack = new StackTraceElement[names.length];
    for (int i = 0; i < names.length; i++) {
      stack[names.length - 1 - i] = new StackTraceElement(names[i], "call", null, 1);
    }
    assertEquals(library, AskingLibrary.of(stack));
  }
}
