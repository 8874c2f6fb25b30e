package io.github.dotagent.wire;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The decoded response, as text that a test can compare. */
final class Decoded {
  static final String SERVER = "192.0.2.53";

  static final Question WWW_A = Question.of("www.example.com", RecordType.A);
  static final Question WWW_AAAA = Question.of("www.example.com", RecordType.AAAA);
  static final Question REVERSE = Question.of("1.2.0.192.in-addr.arpa", RecordType.PTR);

  private Decoded() {}

  static Answer answer(Question question, RawMessage response) throws ResponseException {
    return ResponseDecoder.decode(question, response.bytes(), SERVER).answer();
  }

  static List<String> addresses(Question question, RawMessage response)
      throws ResponseException, UnknownHostException {
    List<String> texts = new ArrayList<>();
    for (byte[] address : answer(question, response).addresses()) {
      texts.add(InetAddress.getByAddress(address).getHostAddress());
    }
    return texts;
  }

  /** The message of the refusal, which must be of a response that is none. */
  static String malformed(Question question, RawMessage response) {
    return refusal(question, response, true);
  }

  /** The message of the refusal, which must be the server's own. */
  static String serverFailure(Question question, RawMessage response) {
    return refusal(question, response, false);
  }

  private static String refusal(Question question, RawMessage response, boolean malformed) {
    ResponseException refused =
        assertThrows(ResponseException.class, () -> answer(question, response));
    if (refused.isMalformed() != malformed) {
      throw new AssertionError("malformed should be " + malformed, refused);
    }
    return refused.getMessage();
  }

  static byte[] ip(int... octets) {
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      address[i] = (byte) octets[i];
    }
    return address;
  }

  /** 2001:db8::LAST. */
  static byte[] ipv6(int last) {
    return ip(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last);
  }
}
