package io.github.dotagent.agent.cli.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The file {@code status} of a process under {@code /proc}, proc(5). Immutable. */
final class ProcessStatus {
  /** Bit of SIGQUIT, signal 3, in a mask of signals: signal(7), the first is bit 0. */
  private static final long SIGQUIT = 1L << 2;

  private static final int EFFECTIVE = 1; // of real, effective, saved, file system: proc(5)

  private final Map<String, String> fields = new HashMap<>();

  private ProcessStatus(Iterable<String> lines) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
    }
  }

  /**
   * @throws IOException when there is no such process, or it is hidden from this user
   */
  static ProcessStatus read(Path folder) throws IOException {
    // a process may have given itself a name that is not UTF-8
    return new ProcessStatus(
        Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1));
  }

  /** {@code R} running, {@code S} and {@code D} waiting, {@code T} and {@code t} stopped, ... */
  char state() {
    return field("State", "?").charAt(0);
  }

  boolean isStopped() {
    return state() == 'T' || state() == 't'; // by a signal, by a debugger
  }

  /** Its parent has not asked yet how it ended. */
  boolean hasEnded() {
    return state() == 'Z' || state() == 'X';
  }

  /** The process that this is a thread of; its own number when it is a process. */
  String process() {
    return field("Tgid", "");
  }

  /** The user id that counts for its permissions. */
  String user() {
    String[] ids = field("Uid", "").split("\\s+");
    return ids.length > EFFECTIVE ? ids[EFFECTIVE] : "";
  }

  /** Its number in its own container, or the one it is known by here. */
  String innermostNumber() {
    String[] numbers = field("NSpid", process()).split("\\s+");
    return numbers[numbers.length - 1];
  }

  /** Whether it handles SIGQUIT, which ends every other process. */
  boolean catchesQuit() {
    try {
      return (Long.parseUnsignedLong(field("SigCgt", ""), 16) & SIGQUIT) != 0;
    } catch (NumberFormatException notTold) {
      return true;
    }
  }

  private String field(String name, String otherwise) {
    String value = fields.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
