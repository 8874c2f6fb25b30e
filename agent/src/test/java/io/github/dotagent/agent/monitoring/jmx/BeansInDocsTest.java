package io.github.dotagent.agent.monitoring.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;

/**
 * Checks the texts that a console shows for the MBeans, and that the manual has a row for each
 * attribute.
 */
class BeansInDocsTest {
  /** Surefire runs a module's tests in the module's folder. */
  private static final Path MANUAL = Path.of("..", "docs", "watching.md");

  private static final MBeanInfo RESOLVER =
      DescribedBean.of(new ResolverBean(withoutAgent(WatchedAgent.class)), ResolverMXBean.class)
          .getMBeanInfo();

  private static final MBeanInfo UPSTREAM =
      DescribedBean.of(withoutAgent(UpstreamMXBean.class), UpstreamMXBean.class).getMBeanInfo();

  /** An MXBean needs an implementation before its description can be read. */
  private static <T> T withoutAgent(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            BeansInDocsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> null));
  }

  @Test
  void theManualHasARowForEachAttribute() throws IOException {
    assertEquals(names(RESOLVER), new TreeSet<>(rows("### `io.github.dotagent:type=Resolver`")));
    assertEquals(
        names(UPSTREAM),
        new TreeSet<>(rows("### `io.github.dotagent:type=Upstream,address=\"…\"`")));
  }

  private static Set<String> names(MBeanInfo bean) {
    Set<String> names = new TreeSet<>();
    for (MBeanAttributeInfo attribute : bean.getAttributes()) {
      names.add(attribute.getName());
    }
    return names;
  }

  /** The first cells of the table below the heading. */
  private static List<String> rows(String heading) throws IOException {
    List<String> lines = Files.readAllLines(MANUAL);
    int at = lines.indexOf(heading);
    assertFalse(at < 0, "no " + heading);
    while (!lines.get(at).startsWith("|---")) {
      at++;
    }
    List<String> names = new ArrayList<>();
    for (int i = at + 1; i < lines.size() && lines.get(i).startsWith("| `"); i++) {
      String name = lines.get(i).substring("| `".length());
      names.add(name.substring(0, name.indexOf('`')));
    }
    return names;
  }

  @Test
  void everyThingIsDescribed() {
    List<MBeanFeatureInfo> features = new ArrayList<>();
    for (MBeanInfo bean : List.of(RESOLVER, UPSTREAM)) {
      assertFalse(bean.getDescription().isEmpty());
      features.addAll(List.of(bean.getAttributes()));
      features.addAll(List.of(bean.getOperations()));
    }
    for (MBeanFeatureInfo feature : features) {
      assertFalse(feature.getDescription().equals(feature.getName()), feature.toString());
    }
  }

  /** Consoles and exporters have none of the agent's classes. */
  @Test
  void allTypesAreOpen() {
    for (MBeanInfo bean : List.of(RESOLVER, UPSTREAM)) {
      for (MBeanAttributeInfo attribute : bean.getAttributes()) {
        OpenType<?> open = (OpenType<?>) attribute.getDescriptor().getFieldValue("openType");
        assertEquals(open.getClassName(), wrapped(attribute.getType()), attribute.getName());
      }
    }
  }

  /** An open type of a number, or of a truth, is that of its class. */
  private static String wrapped(String type) {
    return switch (type) {
      case "long" -> "java.lang.Long";
      case "int" -> "java.lang.Integer";
      case "double" -> "java.lang.Double";
      case "boolean" -> "java.lang.Boolean";
      default -> type;
    };
  }

  @Test
  void allButAnExplanationAreActions() {
    for (MBeanOperationInfo operation : RESOLVER.getOperations()) {
      boolean explain = operation.getName().equals("explain");
      assertEquals(
          explain ? MBeanOperationInfo.INFO : MBeanOperationInfo.ACTION, operation.getImpact());
      if (operation.getSignature().length > 0) {
        assertEquals("name", operation.getSignature()[0].getName());
      }
    }
    assertEquals(
        List.of("explain", "flush", "flush", "reload"),
        Stream.of(RESOLVER.getOperations()).map(MBeanOperationInfo::getName).sorted().toList());
  }
}
