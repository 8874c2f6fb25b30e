package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.concurrent.BoundedFileAccess;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/** Finds options on a command line that make the JVM look names up before an agent starts. */
final class EarlyLookupsCheck {
  // options of the java command that can name a host
  private static final String POLICY = "-Djava.security.policy=";
  private static final String SYSTEM_LOADER = "-Djava.system.class.loader=";
  private static final String[] DEBUGGER = {"-agentlib:jdwp=", "-Xrunjdwp:"};
  private static final String ADDRESS = "address=";

  /** If the disk of a jar does not answer in time, the jar is not checked. */
  private static final int SECONDS = 5;

  private final List<Finding> findings = new ArrayList<>();

  private EarlyLookupsCheck() {}

  /**
   * @param commandLine as in a shell; words before the options do not matter
   */
  static List<Finding> of(String commandLine) {
    EarlyLookupsCheck check = new EarlyLookupsCheck();
    check.look(ServiceCommand.of(commandLine));
    if (check.findings.isEmpty()) {
      check.findings.add(Finding.ok("nothing in it looks names up before the agent starts"));
    }
    return check.findings;
  }

  private void look(ServiceCommand command) {
    for (String option : command.options()) {
      option(option);
    }
    if (command.jar() != null) {
      manifest(command.jar());
    }
  }

  private void option(String word) {
    if (word.startsWith(POLICY)) {
      policy(word.substring(POLICY.length()));
    } else if (word.startsWith(SYSTEM_LOADER)) {
      findings.add(
          Finding.note(
              word + ": it is created before the agent starts, and its lookups leave in the clear",
              "let it read local files only"));
    } else if (isDebugger(word)) {
      debugger(word);
    }
  }

  private void policy(String value) {
    String url = value.startsWith("=") ? value.substring(1) : value;
    String host = hostOf(url);
    if (isName(host)) {
      findings.add(
          Finding.fail(
              POLICY + value + ": the JVM looks " + host + " up in the clear, before any agent",
              "name a file"));
    }
  }

  private static boolean isDebugger(String word) {
    return word.startsWith(DEBUGGER[0]) || word.startsWith(DEBUGGER[1]);
  }

  private void debugger(String word) {
    for (String part : word.split(",", -1)) {
      int at = part.indexOf(ADDRESS);
      String address = at < 0 ? "" : part.substring(at + ADDRESS.length());
      int colon = address.lastIndexOf(':');
      String host = colon < 0 ? "" : address.substring(0, colon).replaceAll("[\\[\\]]", "");
      if (isName(host) && !host.equals("*")) {
        findings.add(
            Finding.fail(
                word + ": the debugger looks " + host + " up in the clear, outside Java",
                "write its address"));
      }
    }
  }

  /**
   * Checks the Class-Path in the jar's manifest: the JVM of Java 8 loads from there, and so does
   * the application's loader of every Java.
   */
  private void manifest(String jar) {
    String classPath;
    try {
      classPath =
          BoundedFileAccess.within(SECONDS, "file-reader", () -> classPathOf(Paths.get(jar)));
    } catch (IOException | RuntimeException unreadable) {
      findings.add(
          Finding.note(
              "-jar " + TerminalText.of(jar) + " cannot be read here",
              "run doctor where the service runs, in its folder"));
      return;
    }
    for (String entry : classPath == null ? new String[0] : classPath.split(" +", -1)) {
      String host = hostOf(entry);
      if (isName(host)) {
        findings.add(
            Finding.fail(
                "-jar "
                    + TerminalText.of(jar)
                    + ": Class-Path of its manifest has "
                    + TerminalText.of(entry)
                    + ", and the JVM may look "
                    + TerminalText.of(host)
                    + " up in the clear, before any agent",
                "put the jar beside it"));
      }
    }
  }

  /** Null where there is none. */
  private static String classPathOf(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("no file"); // reading a pipe could block for ever
    }
    try (InputStream file = Files.newInputStream(jar);
        JarInputStream in = new JarInputStream(file, false)) {
      Manifest manifest = in.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    }
  }

  /** Null where there is none. */
  private static String hostOf(String url) {
    try {
      String scheme = url.toLowerCase(Locale.ROOT);
      boolean remote =
          scheme.startsWith("http:") || scheme.startsWith("https:") || scheme.startsWith("ftp:");
      return remote ? new URI(url).getHost() : null;
    } catch (URISyntaxException noUrl) {
      return null;
    }
  }

  private static boolean isName(String host) {
    return host != null
        && !host.isEmpty()
        && !host.equals("localhost")
        && !host.startsWith("[")
        && !AddressLiteral.parse(host).isPresent();
  }
}
