package io.github.dotagent.agent.cli.status;

import io.github.dotagent.agent.cli.jvm.ForeignValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * The attributes of one MBean at one moment. An attribute is null if the agent there lacks it,
 * because it is of another version. Immutable.
 */
final class Figures {
  private final Map<String, Object> values;

  Figures(Map<String, Object> values) {
    this.values = new HashMap<>(values);
  }

  /**
   * @param names the attributes to read
   * @throws JMException when there is no such MBean
   */
  static Figures read(MBeanServerConnection server, ObjectName bean, List<String> names)
      throws IOException, JMException {
    Map<String, Object> values = new HashMap<>();
    // the list lacks attributes that cannot be read
    for (Object one : server.getAttributes(bean, names.toArray(new String[0]))) {
      if (one instanceof Attribute) {
        Attribute attribute = (Attribute) one;
        values.put(attribute.getName(), attribute.getValue());
      }
    }
    return new Figures(values);
  }

  /** Null when there is none, or nothing in it. */
  String text(String name) {
    return ForeignValue.text(values.get(name));
  }

  /** Null when there is none. */
  Long count(String name) {
    return ForeignValue.count(values.get(name));
  }

  /** Null when there is none. */
  Boolean flag(String name) {
    Object value = values.get(name);
    return value instanceof Boolean ? (Boolean) value : null;
  }

  /** Null when there is none, or it is not known. */
  Double measure(String name) {
    return ForeignValue.measure(values.get(name));
  }

  /** Null if there is none, or it is not known (NaN); it may be negative. */
  Double number(String name) {
    Object value = values.get(name);
    return value instanceof Double && !((Double) value).isNaN() ? (Double) value : null;
  }

  /** Null when there is none; it may be empty. */
  List<String> list(String name) {
    return ForeignValue.lines(values.get(name));
  }
}
