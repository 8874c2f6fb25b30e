package io.github.dotagent.it.shape;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.shape.ResponseShape;
import io.github.dotagent.it.harness.shape.ResponseShapes;
import java.time.Duration;
import java.util.List;

/** The hosts of all shapes, looked up by one program. */
final class ShapeLookups {
  /** Disables the JVM's cache, so that each lookup reaches the resolver. */
  static final String[] UNCACHED = {
    "-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0"
  };

  /** Some hundred lookups, of which a few wait for seconds. */
  private static final Duration WITHIN = Duration.ofMinutes(3);

  private ShapeLookups() {}

  /**
   * What {@code ManyLookups} printed, a line for each host.
   *
   * @param atATime how many lookups
   */
  static List<String> run(ChildJvm program, int atATime) {
    ChildJvm bounded = program.args(Integer.toString(atATime)).within(WITHIN);
    try (RunningChild child = bounded.start()) {
      for (ResponseShape shape : ResponseShapes.all()) {
        child.send(shape.host());
      }
      return child.finish().quiet().stdout();
    }
  }
}
