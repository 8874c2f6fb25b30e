package io.github.dotagent.it.harness.wire;

import java.util.List;
import java.util.Optional;

/**
 * The OPT record of a query (RFC 6891). Immutable.
 *
 * @param payloadSize the UDP payload size that the client announced, octets
 * @param dnssecOk the DO bit (RFC 3225)
 */
public record Edns(int payloadSize, boolean dnssecOk, List<EdnsOption> options) {
  public Edns {
    options = List.copyOf(options);
  }

  public Optional<EdnsOption> option(int code) {
    return options.stream().filter(option -> option.code() == code).findFirst();
  }
}
