package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    Asked asked = new Asked(false, false, false);
    assertEquals(3, asked.on(Breadth.NARROW).size());
    assertEquals(7, asked.on(Breadth.WIDE).size());
    Asked every = new Asked(true, false, false);
    assertEquals(7, every.on(Breadth.NARROW).size());
    assertEquals(7, every.on(Breadth.WIDE).size());
    Asked few = new Asked(false, true, false);
    assertEquals(1, few.on(Breadth.NARROW).size());
    assertEquals(3, few.on(Breadth.WIDE).size());
    Asked one = new Asked(false, false, true);
    assertEquals(1, one.on(Breadth.NARROW).size());
    assertEquals(7, one.on(Breadth.WIDE).size());
  }

  @Test
  void testsOnOneJavaAreSpreadOverTheFew() {
    Asked one = new Asked(false, false, true);
    Set<Integer> met = new TreeSet<>();
    for (String test : List.of("AnIT.a", "AnIT.b", "AnIT.c")) {
      met.addAll(JavaVersions.of(one, Breadth.NARROW, test));
    }
    assertEquals(Set.of(8, 17, 25), met);
  }

  @Test
  void thoseThatAreAskedForAlone() {
    List<Integer> javas = List.of(8, 17, 25);
    assertEquals(javas, JavaVersions.alone("", javas));
    assertEquals(List.of(17), JavaVersions.alone("17", javas));
    assertEquals(List.of(8, 25), JavaVersions.alone("25,26,8", javas));
  }

  @SuppressWarnings("ClassExplicitlyAnnotation") // what a method would carry
  private record Asked(boolean every, boolean few, boolean one) implements EachJava {
    List<Integer> on(Breadth breadth) {
      return JavaVersions.of(this, breadth, "AnIT.aTest");
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
