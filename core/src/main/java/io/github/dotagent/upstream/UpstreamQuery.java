package io.github.dotagent.upstream;

import io.github.dotagent.wire.Response;
import io.github.dotagent.wire.ResponseException;

/**
 * A query for any of the servers, and how its response is read. Immutable.
 *
 * @param <T> the type of the answer for the caller
 */
interface UpstreamQuery<T> {
  /** The name that it asks for. */
  String name();

  /** The DNS message; its id is replaced by the connection. */
  byte[] octets();

  /** Whether it says that no part of the client's address may be passed on (RFC 7871 §7.1.2). */
  boolean hasSubnet();

  /** The same without a word of that, for a server that does not know it. */
  byte[] octetsWithoutSubnet();

  /** The same without EDNS, for a server that does not know it (RFC 6891 §7). */
  byte[] octetsWithoutEdns();

  /**
   * @param message from the server, whatever its octets
   * @param server its address
   * @throws ResponseException when that is no answer
   */
  Response<T> read(byte[] message, String server) throws ResponseException;

  /** An answer in a few words, for the log. */
  String textOf(T answer);
}
