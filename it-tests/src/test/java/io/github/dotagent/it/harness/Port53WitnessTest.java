package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.it.harness.network.Port53Witness;
import io.github.dotagent.it.harness.network.Sighting;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Port53WitnessTest {
  private static final byte[] QUERY = DotClient.query(7, "four.example.test", 28);

  @Test
  void writesDownBothTransports() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Port53Witness witness = Port53Witness.open("127.0.0.1", 0);
        DatagramSocket udp = new DatagramSocket();
        Socket tcp = new Socket(loopback, witness.port())) {
      udp.setSoTimeout(10_000);
      udp.send(new DatagramPacket(QUERY, QUERY.length, loopback, witness.port()));
      DatagramPacket answer = new DatagramPacket(new byte[512], 512);
      udp.receive(answer);
      byte[] message = Arrays.copyOf(answer.getData(), answer.getLength());
      assertEquals(5, Reply.parse(message).rcode());

      tcp.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(tcp.getOutputStream());
      out.writeShort(3);
      out.write(new byte[3]);
      tcp.shutdownOutput();
      assertEquals(-1, new DataInputStream(tcp.getInputStream()).read());

      assertEquals(
          List.of("udp four.example.test AAAA", "tcp 3 octets, no query"),
          witness.sightings().stream().map(Port53WitnessTest::shown).toList());
    }
  }

  private static String shown(Sighting sighting) {
    return sighting.transport() + " " + sighting.question();
  }
}
