package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaVersionsTest {
  private static final int NO_END = Integer.MAX_VALUE;

  @Test
  void withinARange() {
    assertEquals(List.of(8, 17, 25), JavaVersions.few(8, NO_END));
    assertEquals(List.of(17, 25), JavaVersions.few(11, NO_END));
    assertEquals(List.of(8, 17), JavaVersions.few(8, 23));
    assertEquals(List.of(11, 17, 21, 25, 26, 27), JavaVersions.every(11, NO_END));
  }

  @Test
  void aRangeBesideTheFewIsNotLeftOut() {
    assertEquals(List.of(26, 27), JavaVersions.few(26, NO_END));
    assertEquals(List.of(11), JavaVersions.few(11, 11));
  }

  @Test
  void asTheTestAndTheBuildSay() {
    assertEquals(3, new Asked(false, false).on(Breadth.NARROW).size());
    assertEquals(7, new Asked(false, false).on(Breadth.WIDE).size());
    assertEquals(7, new Asked(true, false).on(Breadth.NARROW).size());
    assertEquals(3, new Asked(false, true).on(Breadth.WIDE).size());
  }

  @SuppressWarnings("ClassExplicitlyAnnotation") // what a method would carry
  private record Asked(boolean every, boolean few) implements EachJava {
    List<Integer> on(Breadth breadth) {
      return JavaVersions.of(this, breadth);
    }

    @Override
    public int from() {
      return 8;
    }

    @Override
    public int to() {
      return NO_END;
    }

    @Override
    public Class<EachJava> annotationType() {
      return EachJava.class;
    }
  }
}
