package io.github.dotagent.wire;

import static io.github.dotagent.wire.Decoded.WWW_A;
import static io.github.dotagent.wire.RawMessage.IN;
import static io.github.dotagent.wire.RawMessage.OPT;
import static io.github.dotagent.wire.RawMessage.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.net.TerminalText;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.UNKRecord;

/** Each type that dnsjava knows, with data that it takes in, and with the same data damaged. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedRecordsTest {
  private static final int LAST_TYPE = 300;

  /** Beyond those: TA and DLV (RFC 6895 §3.1). */
  private static final int[] LATER = {32768, 32769};

  private static final int ATTEMPTS = 3_000;
  private static final int LONGEST = 40;
  private static final int DAMAGES = 150;

  /** RFC 2136 has empty data in the classes NONE and ANY. */
  private static final int[] CLASSES = {IN, 3, 254, 255, 1000};

  /** QUERY, NOTIFY, UPDATE, and one that is not assigned. */
  private static final int[] OPCODES = {0, 4, 5, 9};

  private final Random random = new Random(1035);

  @Test
  void eachIsShownOrRefusedInOneLine() {
    Map<String, byte[]> samples = samples();
    assertTrue(samples.size() > 50, samples.keySet().toString());
    int shown = 0;
    for (Map.Entry<String, byte[]> sample : samples.entrySet()) {
      int type = Type.value(sample.getKey(), true);
      assertEquals(1, shown(0, IN, type, sample.getValue()), sample.getKey());
      for (int i = 0; i < DAMAGES; i++) {
        int opcode = OPCODES[random.nextInt(OPCODES.length)];
        int dnsClass = CLASSES[random.nextInt(CLASSES.length)];
        shown += shown(opcode, dnsClass, type, damaged(sample.getValue()));
      }
      for (int opcode : OPCODES) {
        for (int dnsClass : CLASSES) {
          shown += shown(opcode, dnsClass, type, new byte[0]);
        }
      }
    }
    assertTrue(shown > samples.size() * DAMAGES / 4, shown + " were shown");
  }

  /** Data that dnsjava takes in, found by trying: small octets are lengths, numbers and names. */
  private Map<String, byte[]> samples() {
    Map<String, byte[]> samples = new TreeMap<>();
    for (int type = 1; type <= LAST_TYPE; type++) {
      sample(type, samples);
    }
    for (int type : LATER) {
      sample(type, samples);
    }
    return samples;
  }

  private void sample(int type, Map<String, byte[]> samples) {
    if (type == OPT) {
      return; // no record of a section's: AnyResponseShownTest has it
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] data = new byte[random.nextInt(LONGEST)];
      for (int k = 0; k < data.length; k++) {
        data[k] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(6));
      }
      try {
        Record made = Record.newRecord(Name.root, type, IN, 1, data.length, data);
        if (made instanceof UNKRecord) {
          return; // a type that dnsjava does not know
        }
        if (made == null) {
          continue; // it does not take these octets in
        }
        made.rdataToString();
        if (shown(0, IN, type, data) == 1) {
          samples.put(Type.string(type), data);
          return;
        }
      } catch (RuntimeException otherData) {
        // the next one
      }
    }
  }

  private byte[] damaged(byte[] data) {
    byte[] damaged = data.clone();
    for (int octets = random.nextInt(4); octets > 0 && damaged.length > 0; octets--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    switch (random.nextInt(4)) {
      case 0:
        return Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
      case 1:
        return Arrays.copyOf(damaged, damaged.length + random.nextInt(300));
      default:
        return damaged;
    }
  }

  /** 1 when it is. */
  private static int shown(int opcode, int dnsClass, int type, byte[] data) {
    byte[] record = record("www.example.com", type, dnsClass, 1, data);
    byte[] response = RawMessage.to(WWW_A).with(opcode << 11).answer(record).bytes();
    try {
      for (String line : ResponseText.lines(response)) {
        String bare = line.replace("\t", "");
        assertEquals(TerminalText.of(bare), bare, Type.string(type));
      }
      return 1;
    } catch (ResponseException refused) {
      assertFalse(refused.getMessage().matches("(?s).*[\\r\\n].*"), refused.getMessage());
      return 0;
    }
  }
}
