package io.github.dotagent.resolver.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Decides which kinds of file are opened at all. */
final class FileKind {
  /** It is not such a file, and will not be until it changes. */
  static final class WrongKindException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongKindException(String what) {
      super(what);
    }
  }

  /** The type of a file in its mode, and two types: sys/stat.h, the same on Linux and macOS. */
  private static final int TYPE = 0170000;

  // stat(2): S_IFIFO and S_IFSOCK, whose numbers are those of Linux and macOS
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private FileKind() {}

  /**
   * A device is read like a file: containers hide a file by putting /dev/null in its place.
   *
   * @throws WrongKindException for a file that would never end, or would block when it is opened
   */
  static void check(Path file, BasicFileAttributes attributes, long mostOctets) throws IOException {
    if (attributes.isDirectory()) {
      throw new WrongKindException("it is a folder, not a file");
    }
    if (attributes.isOther() && isPipe(file)) {
      throw new WrongKindException("it is a pipe or a socket, not a file");
    }
    if (attributes.size() > mostOctets) {
      throw tooLarge(mostOctets);
    }
  }

  static WrongKindException tooLarge(long mostOctets) {
    return new WrongKindException("it is larger than " + text(mostOctets));
  }

  private static String text(long octets) {
    if (octets < 1 << 10) {
      return octets + " octets";
    }
    return octets < 1 << 20 ? (octets >> 10) + " KB" : (octets >> 20) + " MB";
  }

  private static boolean isPipe(Path file) throws IOException {
    try {
      int type = (Integer) Files.getAttribute(file, "unix:mode") & TYPE;
      return type == FIFO || type == SOCKET;
    } catch (UnsupportedOperationException notUnix) {
      return true; // on a system without these types, other kinds may block
    }
  }
}
