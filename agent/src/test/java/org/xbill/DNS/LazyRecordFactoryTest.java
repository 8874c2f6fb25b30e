package org.xbill.DNS;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** That the built jar's own table calls it, the integration tests see with each lookup. */
class LazyRecordFactoryTest {
  @Test
  void eachRecordIsANewOne() {
    LazyRecordFactory records = new LazyRecordFactory(NSRecord.class.getName());

    Record one = records.get();

    assertInstanceOf(NSRecord.class, one);
    assertNotSame(one, records.get());
  }

  @Test
  void aMissingClassIsAnIllegalStateException() {
    LazyRecordFactory records = new LazyRecordFactory("org.xbill.DNS.NoSuchRecord");
    assertThrows(IllegalStateException.class, records::get);
  }
}
