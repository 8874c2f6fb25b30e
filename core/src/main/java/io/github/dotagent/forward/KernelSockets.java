package io.github.dotagent.forward;

import io.github.dotagent.net.MappedAddress;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The sockets of this machine and their owners, as Linux lists them (proc(5): {@code
 * /proc/net/udp}, {@code tcp} and the same with a 6). The lists stay open, so that lookups still
 * work for a program that has used up its files. For one thread.
 */
final class KernelSockets implements Closeable {
  /** The owner of a socket. */
  enum Owner {
    THIS_PROCESS,
    OTHER_PROCESS,
    OTHER_USER,
    /** It is already closed, or not a socket of this machine. */
    NOT_LISTED
  }

  /** Of a line: {@code sl local remote state queues timer retransmits uid timeout inode}. */
  private static final int LOCAL = 1;

  // columns of /proc/net/udp and tcp, from 0 (proc(5))
  private static final int REMOTE = 2;
  private static final int UID = 7;
  private static final int INODE = 9;

  // an address is in words of 8 digits, a port in 4 (proc(5))
  private static final int HEX = 16;
  private static final int PORT_DIGITS = 4;
  private static final int WORD_DIGITS = 8;
  private static final String ZEROS = "00000000";

  /**
   * For a process with more open files than that, only the user counts: each file is a system call,
   * and a library may open a socket for each query.
   */
  static final int MOST_FILES = 1_024;

  private static final String SOCKET = "socket:[";

  private final Path self;
  private final Map<String, RandomAccessFile> lists = new HashMap<>(); // by name
  private final Set<Long> ours = new HashSet<>(); // inodes, as of the last reading
  private boolean hasMore; // the process has more sockets than "ours" holds
  private long user = -1; // of this process; -1: not yet known

  /**
   * @param proc the folder {@code /proc}
   */
  KernelSockets(Path proc) {
    this.self = proc.resolve("self");
  }

  /** Whether these lists exist: only Linux has them. */
  boolean exist() {
    return Files.exists(self.resolve("net/udp"));
  }

  /**
   * Reads all lists of one protocol.
   *
   * @param udp false: TCP
   */
  Look look(boolean udp) throws IOException {
    Map<Integer, List<String>> byPort = new HashMap<>();
    for (String name : udp ? new String[] {"udp", "udp6"} : new String[] {"tcp", "tcp6"}) {
      for (String line : read(name).split("\n")) {
        int port = localPort(line);
        List<String> known = byPort.get(port);
        if (known == null) {
          known = new ArrayList<>(1);
          byPort.put(port, known);
        }
        known.add(line);
      }
    }
    return new Look(byPort);
  }

  /** -1 if the line has no port. */
  private static int localPort(String line) {
    int port = line.indexOf(':', line.indexOf(':') + 1) + 1;
    if (port <= 1 || port + PORT_DIGITS > line.length()) {
      return -1;
    }
    try {
      return Integer.parseInt(line.substring(port, port + PORT_DIGITS), HEX);
    } catch (NumberFormatException heading) {
      return -1;
    }
  }

  private String read(String name) throws IOException {
    RandomAccessFile list = lists.get(name);
    if (list == null) {
      File file = self.resolve("net").resolve(name).toFile();
      if (!file.exists()) {
        return ""; // a kernel without IPv6 has no list for it
      }
      list = new RandomAccessFile(file, "r");
      lists.put(name, list);
    }
    list.seek(0);
    byte[] octets = new byte[8_192];
    int length = 0;
    for (int read = 0; read >= 0; read = list.read(octets, length, octets.length - length)) {
      length += read;
      if (length == octets.length) {
        octets = Arrays.copyOf(octets, 2 * length);
      }
    }
    return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    for (RandomAccessFile list : lists.values()) {
      try {
        list.close();
      } catch (IOException closedAllTheSame) {
        // nothing else can be done
      }
    }
    lists.clear();
  }

  /** The sockets at one moment. */
  final class Look {
    private final Map<Integer, List<String>> byPort;
    private boolean asked; // whether this process was asked for its sockets

    Look(Map<Integer, List<String>> byPort) {
      this.byPort = byPort;
    }

    /**
     * The owner of the socket.
     *
     * @param local its address
     * @param remote the address that it is connected to; null for UDP, where a socket may send to
     *     any
     */
    Owner ownerOf(InetSocketAddress local, InetSocketAddress remote) throws IOException {
      List<String> lines = byPort.get(local.getPort());
      Owner owner = Owner.NOT_LISTED;
      for (String line : lines == null ? Collections.<String>emptyList() : lines) {
        List<String> words = wordsOf(line);
        if (words.size() <= INODE
            || !isLocal(words.get(LOCAL), local)
            || remote != null && !isAt(words.get(REMOTE), remote)) {
          continue;
        }
        Owner one = ownerOf(Long.parseLong(words.get(UID)), Long.parseLong(words.get(INODE)));
        if (one == Owner.THIS_PROCESS) {
          return one;
        }
        owner = one;
      }
      return owner;
    }

    private Owner ownerOf(long uid, long inode) throws IOException {
      if (ours.contains(inode)) {
        return Owner.THIS_PROCESS;
      }
      if (uid != user) { // a process may change its user
        askThisProcess();
      }
      if (uid != user) {
        return Owner.OTHER_USER;
      }
      askThisProcess();
      return ours.contains(inode) || hasMore ? Owner.THIS_PROCESS : Owner.OTHER_PROCESS;
    }

    private void askThisProcess() throws IOException {
      if (!asked) {
        asked = true;
        user = userOfThisProcess();
        findOurs();
      }
    }
  }

  /** The user id with which it opens files and sockets: the fourth, proc(5). */
  private long userOfThisProcess() throws IOException {
    for (String line : Files.readAllLines(self.resolve("status"), StandardCharsets.ISO_8859_1)) {
      if (line.startsWith("Uid:")) {
        List<String> words = wordsOf(line);
        return Long.parseLong(words.get(words.size() - 1));
      }
    }
    throw new IOException("/proc/self/status has no Uid");
  }

  private void findOurs() throws IOException {
    ours.clear();
    hasMore = false;
    int left = MOST_FILES;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(self.resolve("fd"))) {
      for (Path file : files) {
        if (left-- == 0) {
          hasMore = true;
          return;
        }
        String target = targetOf(file);
        if (target.startsWith(SOCKET)) {
          ours.add(Long.parseLong(target.substring(SOCKET.length(), target.length() - 1)));
        }
      }
    }
  }

  private static String targetOf(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static List<String> wordsOf(String line) {
    List<String> words = new ArrayList<>();
    for (StringTokenizer tokens = new StringTokenizer(line); tokens.hasMoreTokens(); ) {
      words.add(tokens.nextToken());
    }
    return words;
  }

  private static boolean isLocal(String text, InetSocketAddress address) {
    return isAny(text) || isAt(text, address);
  }

  /** Whether the socket is bound to every address of the machine. */
  private static boolean isAny(String text) {
    for (int i = 0; i < text.length() && text.charAt(i) != ':'; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(String text, InetSocketAddress address) {
    byte[] octets = address.getAddress().getAddress();
    String port = ":" + hex(address.getPort(), PORT_DIGITS);
    return text.equals(hex(octets) + port)
        || octets.length == 4 && text.equals(hex(MappedAddress.of(octets)) + port);
  }

  /** Words of 32 bits in the byte order of the machine, as the kernel prints them. */
  private static String hex(byte[] octets) {
    ByteBuffer words = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
    StringBuilder text = new StringBuilder(2 * octets.length);
    while (words.hasRemaining()) {
      text.append(hex(words.getInt(), WORD_DIGITS));
    }
    return text.toString();
  }

  private static String hex(int number, int digits) {
    String text = Integer.toHexString(number).toUpperCase(Locale.ROOT);
    return ZEROS.substring(0, digits - text.length()) + text;
  }
}
