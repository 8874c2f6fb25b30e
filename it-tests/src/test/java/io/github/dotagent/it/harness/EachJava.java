package io.github.dotagent.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once for each of several Javas, named after it; the test takes the {@code JavaHome}
 * as a parameter. The Javas are 8, 17 and 25: between them they have both hooks, both Caffeines,
 * and JSSE old and new. The profile {@code wide} runs it on every tested Java. A Java that is not
 * on this machine is skipped, and a line says so.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachJavaCases.class)
public @interface EachJava {
  /** The first version that the test is for. */
  int from() default 8;

  /** The last version that the test is for. */
  int to() default Integer.MAX_VALUE;

  /**
   * Every tested Java in every build: for what reaches into the JDK, or depends on what the JDK
   * does, such as a hook, the installation, TLS.
   */
  boolean every() default false;

  /**
   * For what no Java does in its own way: one of 8, 17 and 25 in every build, another for each
   * test, and the three of them with the profile {@code wide}.
   */
  boolean few() default false;

  /**
   * For what takes long, where shorter tests show each Java: one of 8, 17 and 25 in every build, as
   * with {@link #few}, and every tested Java with the profile {@code wide}.
   */
  boolean one() default false;
}
