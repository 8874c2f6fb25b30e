package io.github.dotagent.dnssec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.wire.ForwardedQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** {@code dnssec.require} holds for queries that a library writes, and for all of their answer. */
class RequiredOfLibrariesTest {
  private static byte[] response(boolean secure) {
    Message response = SignedZones.response("www.corp.test.", Type.SRV, Rcode.NOERROR);
    if (secure) {
      response.getHeader().setFlag(Flags.AD);
    }
    return response.toWire();
  }

  private static ForwardedQuery query(String name, boolean noCheck) {
    Message query = new Message(4711);
    query.getHeader().setFlag(Flags.RD);
    if (noCheck) {
      query.getHeader().setFlag(Flags.CD);
    }
    query.addRecord(
        Record.newRecord(SignedZones.name(name), Type.SRV, DClass.IN), Section.QUESTION);
    return ForwardedQuery.of(query.toWire()).orElseThrow();
  }

  private static CompletableFuture<byte[]> given(
      boolean validates, ForwardedQuery query, byte[] response) {
    DnssecPolicy policy =
        new DnssecPolicy(validates, List.of("corp.test"), new SignedZones().anchors());
    return new RequiredSecurity(null, policy)
        .of(query, CompletableFuture.completedFuture(response));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsNotSecureIsRefused(boolean validates) {
    CompletableFuture<byte[]> given =
        given(validates, query("_ldap._tcp.corp.test.", false), response(false));
    ExecutionException failed = assertThrows(ExecutionException.class, given::get);
    LookupFailure refused = assertInstanceOf(LookupFailure.class, failed.getCause());
    assertEquals(LookupFailure.Kind.BOGUS, refused.kind());
    assertEquals(28, refused.extendedError()); // RFC 8914: unable to conform to policy
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsSecureIsGiven(boolean validates) throws Exception {
    assertArrayEquals(
        response(true), given(validates, query("corp.test.", false), response(true)).get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void otherDomainsAndLibrariesThatCheckByThemselvesGetWhatThereIs(boolean validates)
      throws Exception {
    assertArrayEquals(
        response(false), given(validates, query("corp.example.", false), response(false)).get());
    assertArrayEquals(
        response(false), given(validates, query("www.corp.test.", true), response(false)).get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailureIsHandedOn(boolean validates) {
    DnssecPolicy policy =
        new DnssecPolicy(validates, List.of("corp.test"), new SignedZones().anchors());
    CompletableFuture<byte[]> none = new CompletableFuture<>();
    none.completeExceptionally(new IllegalStateException("on purpose"));
    CompletableFuture<byte[]> given =
        new RequiredSecurity(null, policy).of(query("corp.test.", false), none);
    ExecutionException failed = assertThrows(ExecutionException.class, given::get);
    assertEquals("on purpose", failed.getCause().getMessage());
  }
}
