package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.OPT;
import static io.github.dotagent.wire.RawMessage.join;
import static io.github.dotagent.wire.RawMessage.record;
import static io.github.dotagent.wire.RawMessage.u16;
import static io.github.dotagent.wire.RawMessage.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything a server sends is shown, or refused in one line. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnyResponseShownTest {
  private static final int WKS = 11;
  private static final int TSIG = 250;
  private static final int LAST_TYPE = 300; // all that have data of their own, and some that do not
  private static final int LONGEST = 48;

  private static List<String> shown(RawMessage response) throws ResponseException {
    return ResponseText.lines(response.bytes());
  }

  private static String lastLine(RawMessage response) throws ResponseException {
    List<String> lines = shown(response);
    return lines.get(lines.size() - 1);
  }

  /** RFC 8945 §4.2, with an error that dnsjava has no name for, or that needs other data. */
  @Test
  void errorsOfTsig() throws Exception {
    for (int error : new int[] {0, 1, 16, 17, 18, 22, 23, 4711, 0xffff}) {
      byte[] data =
          join(
              RawMessage.name("hmac-sha256"),
              u16(0),
              u32(1),
              u16(300),
              u16(0), // time, fudge, no MAC
              u16(0),
              u16(error),
              u16(0)); // id, error, no other data
      RawMessage response = RawMessage.to(WWW_A).additional(record("key", TSIG, 255, 0, data));
      assertTrue(lastLine(response).contains("TSIG"), () -> "error " + error);
    }
  }

  @Test
  void wksWithAnEmptyBitmap() throws Exception {
    byte[] data = {(byte) 192, 0, 2, 1, 6};
    RawMessage response = RawMessage.to(WWW_A).answer("www.example.com", WKS, 300, data);
    assertTrue(lastLine(response).contains("WKS"), lastLine(response));
  }

  @Test
  void anyDataOfAnyType() {
    Random random = new Random(1);
    int shown = 0;
    for (int type = 0; type <= LAST_TYPE; type++) {
      for (int length = 0; length <= LONGEST; length++) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        if (type != OPT) {
          shown +=
              isShown(RawMessage.to(WWW_A).answer(record("www.example.com", type, IN, 1, data)));
        }
        shown += isShown(RawMessage.to(WWW_A).option(type, data));
      }
    }
    assertTrue(shown > LAST_TYPE * LONGEST, "most of them are");
  }

  private static int isShown(RawMessage response) {
    try {
      assertFalse(shown(response).isEmpty());
      return 1;
    } catch (ResponseException refused) {
      assertFalse(refused.getMessage().contains("\n"));
      return 0;
    }
  }

  @Test
  void anotherOpcodeIsRefused() throws Exception {
    QueryToInspect query = QueryToInspect.of("www.example.com", "A");
    query.checkIsAnsweredBy(RawMessage.to(WWW_A).bytes());
    for (int opcode : new int[] {1, 2, 4, 5, 6, 15}) {
      RawMessage update = RawMessage.to(WWW_A).with(opcode << 11);
      assertEquals(
          "answered another kind of request",
          assertThrows(ResponseException.class, () -> query.checkIsAnsweredBy(update.bytes()))
              .getMessage());
    }
  }
}
