package io.github.dotagent.resolver.files;

import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * A file that may answer for any name has not been read within the time of the lookup. It may have
 * another answer than the servers, so they are not asked.
 */
public final class FileNotReadException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  FileNotReadException(Path file) {
    super(file + " is still being read");
  }
}
