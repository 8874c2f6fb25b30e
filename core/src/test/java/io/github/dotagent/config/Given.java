package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;

/** Settings for a test: {@code given().property("timeout=5s").load()}. */
final class Given {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private String agentArgument;

  static Given given() {
    return new Given();
  }

  /** The settings with one system property. */
  static DotConfig loaded(String keyAndValue) throws ConfigException {
    return given().property(keyAndValue).load();
  }

  /** The message about one system property. */
  static String refused(String keyAndValue) {
    return given().property(keyAndValue).refused();
  }

  Given property(String keyAndValue) {
    return rawProperty("dotagent." + keyAndValue);
  }

  Given rawProperty(String keyAndValue) {
    int equals = keyAndValue.indexOf('=');
    properties.put(keyAndValue.substring(0, equals), keyAndValue.substring(equals + 1));
    return this;
  }

  Given environment(String keyAndValue) {
    int equals = keyAndValue.indexOf('=');
    environment.put(keyAndValue.substring(0, equals), keyAndValue.substring(equals + 1));
    return this;
  }

  Given argument(Object file) {
    agentArgument = file.toString();
    return this;
  }

  DotConfig load() throws ConfigException {
    return ConfigLoader.load(new SettingSources(properties, environment, agentArgument));
  }

  String refused() {
    return assertThrows(ConfigException.class, this::load).getMessage();
  }
}
