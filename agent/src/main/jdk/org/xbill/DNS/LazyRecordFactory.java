package org.xbill.DNS;

import java.util.function.Supplier;

/**
 * Makes empty records of one class, which is loaded with the first of them. In dnsjava's package,
 * because the constructors are closed to others; the build makes {@code Type} call it (see
 * build-config/LazyRecords.java).
 */
final class LazyRecordFactory implements Supplier<Record> {
  private final String className;

  /** Only called by name. */
  LazyRecordFactory(String className) {
    this.className = className;
  }

  @Override
  public Record get() {
    try {
      return Class.forName(className, true, LazyRecordFactory.class.getClassLoader())
          .asSubclass(Record.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException notAsInTheBuild) {
      throw new IllegalStateException(notAsInTheBuild);
    }
  }
}
