package io.github.dotagent.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** The name of this machine, without a lookup. */
public final class OwnName {
  /** proc(5); the name that gethostname(2) gives. */
  private static final Path LINUX = Paths.get("/proc/sys/kernel/hostname");

  /** What shells, and Windows, give their programs. */
  private static final String[] VARIABLES = {"HOSTNAME", "COMPUTERNAME"};

  private OwnName() {}

  /** Empty if it is not known. */
  public static String text() {
    try {
      return new String(Files.readAllBytes(LINUX), StandardCharsets.ISO_8859_1).trim();
    } catch (IOException elsewhere) {
      for (String variable : VARIABLES) {
        String name = System.getenv(variable);
        if (name != null) {
          return name;
        }
      }
      return "";
    }
  }
}
