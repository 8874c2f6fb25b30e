package io.github.dotagent.dnssec;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.wire.ResponseException;
import io.github.dotagent.wire.SignedQuery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A response below a signed zone, judged: only what the zone has signed is secure, and nothing is
 * insecure.
 */
public final class SignedResponseFuzz implements FuzzTarget {
  private static final Question QUESTION = Question.of("www.bank.test", RecordType.A);
  private static final Name NAME = SignedZones.name("www.bank.test.");

  private final SignedZones zones = new SignedZones().sign("test.").sign("bank.test.");
  private final ManualTimers timers = new ManualTimers();
  private final Validator validator = new Validator(zones.anchors(), zones, Runnable::run, timers);

  public SignedResponseFuzz() {
    timers.advance(Duration.ofDays(1));
  }

  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    byte[] response = input.rest();
    try {
      SignedQuery.of(QUESTION).read(response);
    } catch (ResponseException refused) {
      Findings.checkIsLine(refused.getMessage());
      return;
    }
    CompletableFuture<Verdict> judged =
        Validation.judge(
            validator,
            NAME,
            Type.A,
            response,
            null,
            timers.nanoTime() + Duration.ofSeconds(5).toNanos());
    Findings.check(judged.isDone(), "it hangs");
    try {
      Verdict verdict = judged.join();
      Findings.checkIsLine(verdict.reason());
      Findings.check(verdict.status() != SecurityStatus.INSECURE, "insecure below a signed zone");
      Findings.check(verdict.status() != SecurityStatus.INDETERMINATE, "below an anchor");
      if (verdict.status() == SecurityStatus.SECURE) {
        checkIsOfTheZone(verdict.message());
      }
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      Findings.check(
          cause instanceof LookupFailure || cause instanceof java.io.IOException,
          "another failure: " + cause);
      Findings.checkIsLine(cause.getMessage());
    }
  }

  private static void checkIsOfTheZone(Message secure) {
    try {
      Answer answer = SignedQuery.answerOf(QUESTION, secure, SignedZones.SERVER, name -> true);
      for (byte[] address : answer.addresses()) {
        boolean signed = (address[3] == 1 || address[3] == 2) && address[2] == 2;
        Findings.check(signed, "secure, and not signed");
      }
    } catch (ResponseException none) {
      Findings.checkIsLine(none.getMessage());
    }
  }

  @Override
  public List<byte[]> found() {
    Message honest = SignedZones.response("www.bank.test.", Type.A, Rcode.NOERROR);
    zones.with(
        honest,
        Section.ANSWER,
        "bank.test.",
        SignedZones.record("www.bank.test.", Type.A, "192.0.2.1"));
    Message denied = SignedZones.response("www.bank.test.", Type.A, Rcode.NXDOMAIN);
    zones.with(denied, Section.AUTHORITY, "bank.test.", SignedZones.soa("bank.test."));
    zones.with(
        denied,
        Section.AUTHORITY,
        "bank.test.",
        SignedZones.nsec("bank.test.", "zzz.bank.test.", Type.SOA, Type.NS));
    Message alias = SignedZones.response("www.bank.test.", Type.A, Rcode.NOERROR);
    zones.with(
        alias,
        Section.ANSWER,
        "bank.test.",
        SignedZones.record("www.bank.test.", Type.CNAME, "a.bank.test."));
    zones.with(
        alias,
        Section.ANSWER,
        "bank.test.",
        SignedZones.record("a.bank.test.", Type.A, "192.0.2.2"));
    return List.of(honest.toWire(), denied.toWire(), alias.toWire());
  }
}
