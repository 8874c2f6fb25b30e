package io.github.dotagent.agent;

import java.io.File;
import java.io.FileNotFoundException;
import java.net.URISyntaxException;
import java.security.CodeSource;

/** The jar that this class came from. */
final class AgentJar {
  private AgentJar() {}

  /**
   * @throws FileNotFoundException when the classes were taken out of their jar
   */
  static File file() throws FileNotFoundException, URISyntaxException {
    CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
    File file = source == null ? null : new File(source.getLocation().toURI());
    if (file == null || !file.isFile()) {
      throw new FileNotFoundException("it is no longer a jar of its own");
    }
    return file;
  }
}
