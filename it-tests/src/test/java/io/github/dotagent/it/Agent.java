package io.github.dotagent.it;

import io.github.dotagent.it.harness.jvm.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jar under test and its settings. Immutable: {@link #set} gives a changed copy.
 *
 * @param settings keys without {@code dotagent.}
 */
public record Agent(Map<String, String> settings) {
  /** Named by the build; handed on to the scenarios that run in a JVM of their own. */
  public static final String JAR_PROPERTY = "it.agentJar";

  /** Without any setting. */
  public static Agent bare() {
    return new Agent(Map.of());
  }

  /** With more time for a lookup than even a slow machine needs, for what is not about time. */
  public static Agent patient() {
    return bare().set("timeout", "30s");
  }

  /** The jar that the build made. */
  public static Path jar() {
    String jar = System.getProperty(JAR_PROPERTY);
    if (jar == null) {
      throw new IllegalStateException("run by the build, or with -D" + JAR_PROPERTY + "=PATH");
    }
    return Path.of(jar).toAbsolutePath().normalize();
  }

  public Agent set(String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put(key, value);
    return new Agent(all);
  }

  /** The program with the agent, the JVM's own cache as the agent leaves it. */
  public ChildJvm on(ChildJvm program) {
    return program.jvmArgs(jvmArgs().toArray(String[]::new));
  }

  /** The program with the agent, and no cache of the JVM's between the two. */
  public ChildJvm uncachedOn(ChildJvm program) {
    return on(program).jvmArgs("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");
  }

  /** The jar and its settings, as arguments to a JVM. */
  public List<String> jvmArgs() {
    List<String> args = new ArrayList<>();
    args.add("-javaagent:" + jar());
    args.addAll(settingArgs());
    return args;
  }

  /** The settings alone, as system properties. */
  public List<String> settingArgs() {
    List<String> args = new ArrayList<>();
    settings.forEach((key, value) -> args.add("-Ddotagent." + key + "=" + value));
    return args;
  }
}
