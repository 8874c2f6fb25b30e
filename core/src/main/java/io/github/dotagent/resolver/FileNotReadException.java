package io.github.dotagent.resolver;

import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * A file that has a say in every name has not been read within the time that the lookup has. It may
 * say something else of the name than the servers do, so they are not asked.
 */
final class FileNotReadException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  FileNotReadException(Path file) {
    super(file + " is still being read");
  }
}
