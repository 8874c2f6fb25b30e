package io.github.dotagent.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedAddressTest {
  private static final byte[] IPV4 = {(byte) 192, 0, 2, 7};

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};

  @Test
  void thereAndBack() {
    assertArrayEquals(MAPPED, MappedAddress.of(IPV4));
    assertArrayEquals(IPV4, MappedAddress.unmapped(MAPPED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, 11})
  void anAddressWithAnotherBeginningStays(int changed) {
    byte[] other = MAPPED.clone();
    other[changed]++;
    assertSame(other, MappedAddress.unmapped(other));
  }

  @Test
  void anIpv4AddressStays() {
    assertSame(IPV4, MappedAddress.unmapped(IPV4));
  }
}
