package io.github.dotagent.agent;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collections;

/**
 * The jar that this class came from. Under a SecurityManager its code source may not be asked for:
 * there it is found as a resource, which takes milliseconds.
 */
final class AgentJar {
  private static final String RESOURCE = "AgentJar.class";
  private static final String PATH = "io/github/dotagent/agent/AgentJar.class";
  private static final String IN_JAR = "jar:";
  private static final String ENTRY = "!/";

  private AgentJar() {}

  /**
   * @throws FileNotFoundException when the classes were taken out of their jar
   */
  static File file() throws FileNotFoundException {
    if (System.getSecurityManager() == null) {
      CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
      if (source != null && source.getLocation() != null) {
        return ofLocation(source.getLocation());
      }
    }
    return ofResource(AgentJar.class.getResource(RESOURCE));
  }

  /**
   * The jar that was attached last. After its agent was taken out, this class still comes from the
   * first jar, and the JVM puts each further jar at the end of its class path.
   *
   * @throws FileNotFoundException when the classes were taken out of their jar
   */
  static File attachedLast() throws IOException {
    URL last = null;
    for (URL each : Collections.list(ClassLoader.getSystemResources(PATH))) {
      last = each;
    }
    return ofResource(last);
  }

  private static File ofResource(URL resource) throws FileNotFoundException {
    String url = String.valueOf(resource);
    int entry = url.lastIndexOf(ENTRY);
    if (!url.startsWith(IN_JAR) || entry < 0) {
      throw new FileNotFoundException("dot-agent was not loaded from a jar of its own: " + url);
    }
    return new File(URI.create(url.substring(IN_JAR.length(), entry)));
  }

  private static File ofLocation(URL location) throws FileNotFoundException {
    File file = new File(URI.create(location.toString()));
    if (!file.isFile()) {
      throw new FileNotFoundException(
          "dot-agent was not loaded from a jar of its own: " + location);
    }
    return file;
  }
}
