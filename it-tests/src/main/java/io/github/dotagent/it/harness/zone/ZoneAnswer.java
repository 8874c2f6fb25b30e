package io.github.dotagent.it.harness.zone;

import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.List;
import java.util.Optional;

/** What the zone says to one question: the sections of a response. Immutable. */
public record ZoneAnswer(
    int rcode,
    List<ZoneRecord> answers,
    List<ZoneRecord> authority,
    Optional<ExtendedDnsError> extendedError) {

  public ZoneAnswer {
    answers = List.copyOf(answers);
    authority = List.copyOf(authority);
  }

  public static ZoneAnswer of(ZoneRecord... answers) {
    return new ZoneAnswer(ResponseCodes.NOERROR, List.of(answers), List.of(), Optional.empty());
  }

  public static ZoneAnswer failure(int rcode) {
    return new ZoneAnswer(rcode, List.of(), List.of(), Optional.empty());
  }

  public ZoneAnswer because(ExtendedDnsError why) {
    return new ZoneAnswer(rcode, answers, authority, Optional.of(why));
  }
}
