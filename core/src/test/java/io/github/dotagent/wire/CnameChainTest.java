package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.Decoded.addresses;
import static io.github.dotagent.wire.Decoded.answer;
import static io.github.dotagent.wire.Decoded.ip;
import static io.github.dotagent.wire.Decoded.malformed;
import static io.github.dotagent.wire.Decoded.serverFailure;
import static io.github.dotagent.wire.RawMessage.A;
import static io.github.dotagent.wire.RawMessage.CHAOS;
import static io.github.dotagent.wire.RawMessage.CNAME;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.name;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CnameChainTest {
  private static final String CIRCLE = "sent aliases that form a loop";

  private static byte[] alias(String owner, String target, long ttl) {
    return record(owner, CNAME, IN, ttl, name(target));
  }

  private static byte[] address(String owner, int last, long ttl) {
    return record(owner, A, IN, ttl, ip(192, 0, 2, last));
  }

  private static RawMessage response(byte[]... records) {
    RawMessage response = RawMessage.to(WWW_A);
    for (byte[] record : records) {
      response.answer(record);
    }
    return response;
  }

  /** Servers need not put aliases first, and one day a large one did not. */
  @Test
  void aliasesAreFollowedInWhateverOrderTheyCome() throws Exception {
    List<byte[]> records =
        List.of(
            alias("www.example.com", "cdn.example.net", 300),
            alias("cdn.example.net", "edge.example.org", 200),
            address("edge.example.org", 1, 100),
            address("unrelated.example.org", 66, 1));
    int orders = 0;
    for (List<byte[]> order : permutations(records)) {
      RawMessage response = response(order.toArray(byte[][]::new));
      assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
      assertEquals(100, answer(WWW_A, response).ttlSeconds());
      orders++;
    }
    assertEquals(4 * 3 * 2, orders);
  }

  @ParameterizedTest
  @CsvSource({"10,20,30,10", "20,10,30,10", "30,20,10,10", "4294967295,20,30,0"})
  void ttlIsTheLowestOnTheWay(long first, long second, long address, long expected)
      throws Exception {
    RawMessage response =
        response(
            alias("www.example.com", "a.example.net", first),
            alias("a.example.net", "b.example.net", second),
            address("b.example.net", 1, address));
    assertEquals(expected, answer(WWW_A, response).ttlSeconds());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 100})
  void aCircleIsRefused(int names) {
    RawMessage response = RawMessage.to(WWW_A);
    for (int i = 0; i < names; i++) {
      response.answer(alias(nth(i), nth((i + 1) % names), 300));
    }
    response.answer(address("www.example.com", 66, 300));
    assertEquals(CIRCLE, serverFailure(WWW_A, response));
  }

  @Test
  void anAliasOfTheRootIsFollowedToo() throws Exception {
    RawMessage response = response(alias("www.example.com", "", 300), address("", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  /** As the JDK's own resolver has it. */
  @Test
  void anAliasOfItselfLeadsNowhereElse() throws Exception {
    RawMessage response =
        response(
            alias("www.example.com", "www.example.com", 20), address("www.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
    assertEquals(20, answer(WWW_A, response).ttlSeconds());
  }

  /** The cache forgets it when names go elsewhere. */
  @Test
  void theAnswerTellsThatAnAliasLedToIt() throws Exception {
    assertTrue(
        answer(
                WWW_A,
                response(
                    alias("www.example.com", "a.example.com", 20),
                    address("a.example.com", 1, 300)))
            .isAliased());
    assertTrue(answer(WWW_A, response(alias("www.example.com", "a.example.com", 20))).isAliased());
    assertFalse(answer(WWW_A, response(address("www.example.com", 1, 300))).isAliased());
  }

  /** As with the JDK's own resolver, records before an alias are part of the answer. */
  @Test
  void anAddressBeforeACircleIsTheAnswer() throws Exception {
    RawMessage response =
        response(
            address("www.example.com", 1, 300),
            alias("www.example.com", "a.example.com", 300),
            alias("a.example.com", "www.example.com", 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void aCircleFurtherDownIsRefused() {
    assertEquals(
        CIRCLE,
        serverFailure(
            WWW_A,
            response(
                alias("www.example.com", "a.example.com", 300),
                alias("a.example.com", "b.example.com", 300),
                alias("b.example.com", "a.example.com", 300))));
  }

  @Test
  void aCircleThatNothingLeadsToIsNotLookedAt() throws Exception {
    RawMessage response =
        response(
            alias("a.example.com", "b.example.com", 300),
            alias("b.example.com", "a.example.com", 300),
            address("www.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void aLongChainIsFollowed() throws Exception {
    int names = 100;
    RawMessage response = RawMessage.to(WWW_A);
    for (int i = names - 1; i > 0; i--) {
      response.answer(alias(nth(i - 1), nth(i), 300));
    }
    response.answer(address(nth(names - 1), 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  /** RFC 2181 §10.1: a name has one alias. */
  @Test
  void ofTwoAliasesOfOneNameTheFirstIsFollowed() throws Exception {
    RawMessage response =
        response(
            alias("www.example.com", "a.example.com", 300),
            alias("WWW.example.com", "b.example.com", 200),
            address("b.example.com", 66, 300),
            address("a.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
    assertEquals(200, answer(WWW_A, response).ttlSeconds());
  }

  @ParameterizedTest
  @CsvSource({"300,20", "20,300"})
  void theSameAliasTwiceIsOne(long first, long second) throws Exception {
    RawMessage response =
        response(
            alias("www.example.com", "a.example.com", first),
            alias("www.example.com", "A.example.com", second),
            address("a.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
    assertEquals(20, answer(WWW_A, response).ttlSeconds());
  }

  /** RFC 2181 §10.1 forbids it; the JDK's own resolver reads from the front. */
  @Test
  void recordsBeforeAnAliasBelongToTheAnswer() throws Exception {
    RawMessage response =
        response(
            address("www.example.com", 1, 300),
            alias("www.example.com", "a.example.com", 200),
            address("a.example.com", 2, 300));
    assertEquals(List.of("192.0.2.1", "192.0.2.2"), addresses(WWW_A, response));
    assertEquals(200, answer(WWW_A, response).ttlSeconds());
  }

  @Test
  void recordsAfterAnAliasDoNot() throws Exception {
    RawMessage response =
        response(
            alias("www.example.com", "a.example.com", 300),
            address("www.example.com", 66, 300),
            address("a.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void anAliasWithoutAValidTargetIsMalformed() {
    assertEquals(
        "sent a message that is not DNS",
        malformed(
            WWW_A,
            response(
                record("www.example.com", CNAME, IN, 300, new byte[] {3, 'a'}),
                address("www.example.com", 66, 300))));
  }

  @Test
  void anUnrelatedAliasIsIgnored() throws Exception {
    RawMessage response =
        response(
            record("mail.example.com", CNAME, IN, 300, new byte[] {3, 'a'}),
            address("www.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void anAliasOfAnotherClassLeadsNowhere() throws Exception {
    RawMessage response =
        response(
            record("www.example.com", CNAME, CHAOS, 300, name("evil.example.net")),
            address("evil.example.net", 66, 300),
            address("www.example.com", 1, 300));
    assertEquals(List.of("192.0.2.1"), addresses(WWW_A, response));
  }

  @Test
  void anAliasToANameWithoutAddressIsNoData() throws Exception {
    RawMessage response =
        response(alias("www.example.com", "a.example.com", 300)).soa("example.com", 900, 600);
    Answer answer = answer(WWW_A, response);
    assertEquals(Answer.Outcome.NO_DATA, answer.outcome());
    assertEquals(300, answer.ttlSeconds(), "no longer than the alias lives");
  }

  private static String nth(int i) {
    return i == 0 ? "www.example.com" : "n" + i + ".example.com";
  }

  private static <T> List<List<T>> permutations(List<T> all) {
    if (all.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> orders = new ArrayList<>();
    for (T first : all) {
      List<T> rest = new ArrayList<>(all);
      rest.remove(first);
      for (List<T> order : permutations(rest)) {
        List<T> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }
}
