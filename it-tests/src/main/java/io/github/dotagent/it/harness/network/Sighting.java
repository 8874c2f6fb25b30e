package io.github.dotagent.it.harness.network;

import io.github.dotagent.it.harness.wire.RecordTypes;
import java.net.SocketAddress;

/**
 * Something that arrived where nothing should. Immutable.
 *
 * @param transport {@code udp} or {@code tcp}
 * @param question {@code NAME TYPE} when it was a DNS query, else what it was
 */
public record Sighting(String transport, SocketAddress from, String question) {
  static String question(String name, int type) {
    return name + " " + RecordTypes.name(type);
  }
}
