package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape of a certificate, whatever the octets are. */
class DerCertificateTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root");

  @Test
  void aCertificateIsOne() throws CertificateEncodingException {
    byte[] der = ROOT.certificate().getEncoded();
    assertTrue(DerCertificate.isOne(der));
    for (int length = 0; length < der.length; length++) {
      assertFalse(DerCertificate.isOne(Arrays.copyOf(der, length)));
    }
    assertFalse(DerCertificate.isOne(Arrays.copyOf(der, der.length + 2)));
  }

  @Test
  void otherShapesAreNone() {
    byte[] integer = Pkcs12.number(1);
    byte[] list = Pkcs12.element(0x30);
    byte[] bits = Pkcs12.element(3, new byte[1]);
    byte[] time = Pkcs12.element(0x17, new byte[13]);
    byte[] validity = Pkcs12.element(0x30, time, time);
    byte[] key = Pkcs12.element(0x30, list, bits);
    byte[] signed = Pkcs12.element(0x30, integer, list, list, validity, list, key);
    assertTrue(DerCertificate.isOne(Pkcs12.element(0x30, signed, list, bits)));
    byte[] threeTimes = Pkcs12.element(0x30, time, time, time);
    for (byte[] other :
        List.of(
            Pkcs12.element(0x30, signed, list, bits, bits),
            Pkcs12.element(0x30, signed, list, list),
            Pkcs12.element(0x31, signed, list, bits),
            Pkcs12.element(0x30, list, list, bits),
            whole(list, list, list, validity, list, key),
            whole(integer, list, list, validity, list, list),
            whole(integer, list, list, list, list, key),
            whole(integer, list, list, threeTimes, list, key),
            whole(integer, list, list, validity, list),
            whole(integer, list, list, Pkcs12.element(0x30, time), list, key))) {
      assertFalse(DerCertificate.isOne(other));
    }
  }

  private static byte[] whole(byte[]... signed) {
    byte[] bits = Pkcs12.element(3, new byte[1]);
    return Pkcs12.element(0x30, Pkcs12.element(0x30, signed), Pkcs12.element(0x30), bits);
  }

  @Test
  void nestsAreNone() {
    assertFalse(DerCertificate.isOne(Nests.open(100_000)));
    assertFalse(DerCertificate.isOne(Nests.closed(100_000)));
  }

  /** The check is on the thread that starts the JVM: a file of 16 MB must not fill the heap. */
  @Test
  void millionsOfElementsTakeNoMemory() {
    byte[] nulls = new byte[1 << 20];
    for (int i = 0; i < nulls.length; i += 2) {
      nulls[i] = 5;
    }
    byte[] octets = Pkcs12.element(0x30, nulls);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DerCertificate.isOne(octets); // loads the classes
    long before = threads.getCurrentThreadAllocatedBytes();
    assertFalse(DerCertificate.isOne(octets));
    assertTrue(threads.getCurrentThreadAllocatedBytes() - before < octets.length / 10);
  }
}
