package io.github.dotagent.upstream;

import io.github.dotagent.wire.QueryEncoder;
import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;

/**
 * A query for any of the servers, and how its response is read. Immutable.
 *
 * @param <T> the type of the answer for the caller
 */
abstract class EncodedQuery<T> {
  private final String name;
  private final byte[] octets;
  private final boolean hasEcsOption;

  /**
   * @param hasEcsOption whether the octets ask that no part of the client's address is passed on
   */
  EncodedQuery(String name, byte[] octets, boolean hasEcsOption) {
    this.name = name;
    this.octets = octets;
    this.hasEcsOption = hasEcsOption;
  }

  /** The query, with or without the request for the server's verdict on the signatures (AD). */
  static byte[] withVerdict(byte[] query, boolean wanted) {
    return wanted ? QueryEncoder.withVerdict(query) : query;
  }

  /** The name that it asks for. */
  final String name() {
    return name;
  }

  /** The DNS message; its id is replaced by the connection. */
  final byte[] octets() {
    return octets;
  }

  /** Whether it forbids passing on a part of the client's address (RFC 7871 §7.1.2). */
  final boolean hasEcsOption() {
    return hasEcsOption;
  }

  /** The same without that option, for a server that does not know it. */
  abstract byte[] octetsWithoutEcsOption();

  /** The same without EDNS, for a server that does not know it (RFC 6891 §7). */
  abstract byte[] octetsWithoutEdns();

  /**
   * @param message any octets from the server
   * @param server its address
   * @throws ResponseException when that is no answer
   */
  abstract Response<T> read(byte[] message, String server) throws ResponseException;

  /** An answer in a few words, for the log. */
  abstract String textOf(T answer);
}
