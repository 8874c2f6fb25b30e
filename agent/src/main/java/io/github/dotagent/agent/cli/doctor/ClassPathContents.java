package io.github.dotagent.agent.cli.doctor;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A class path as {@code java -cp} takes it: jars, folders of classes, {@code FOLDER/*}. A jar may
 * hold other jars, as a Spring Boot jar or a WAR does; these count too. Read once, from start to
 * end.
 */
final class ClassPathContents {
  /** The data that is read from one jar or folder. */
  interface Visitor {
    void visit(Place place) throws IOException;
  }

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String SERVICES = "META-INF/services/";
  private static final String JAR = ".jar";

  /** Signed jars with a line for each of ten thousand classes have as much. */
  private static final int MOST_TEXT = 4 << 20;

  /**
   * The limit for all manifests and service files together, because the command runs in a small
   * heap, too.
   */
  private static final int MOST_TEXTS = 64 << 20;

  /** In one jar or folder; the JDK itself has 30,000, and {@code /} has millions. */
  static final int MOST_ENTRIES = 300_000;

  private final List<Path> entries = new ArrayList<>();
  private final List<Path> missing = new ArrayList<>();
  private final int mostEntries;
  private int texts; // octets of those read so far

  private ClassPathContents(int mostEntries) {
    this.mostEntries = mostEntries;
  }

  /**
   * @throws IOException when a folder cannot be listed, or an entry is not a valid path on this
   *     system
   */
  static ClassPathContents of(String text) throws IOException {
    return of(text, MOST_ENTRIES);
  }

  /**
   * @param mostEntries in one jar or folder
   */
  static ClassPathContents of(String text, int mostEntries) throws IOException {
    try {
      return read(text, mostEntries);
    } catch (InvalidPathException noPath) { // for example an é in the locale C, on Java 8
      throw new IOException(noPath.getMessage(), noPath);
    }
  }

  private static ClassPathContents read(String text, int mostEntries) throws IOException {
    ClassPathContents classPath = new ClassPathContents(mostEntries);
    for (String entry : text.split(File.pathSeparator, -1)) {
      if (entry.equals("*") || entry.endsWith(File.separator + "*") || entry.endsWith("/*")) {
        classPath.addJarsOf(Paths.get(entry.equals("*") ? "." : parent(entry)));
      } else if (!entry.isEmpty()) {
        classPath.add(Paths.get(entry));
      }
    }
    return classPath;
  }

  private static String parent(String wildcard) {
    return wildcard.substring(0, wildcard.length() - 1);
  }

  private void addJarsOf(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      missing.add(folder);
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(JAR)).sorted().forEach(entries::add);
    }
  }

  private void add(Path entry) {
    (Files.exists(entry) ? entries : missing).add(entry);
  }

  /** Entries of the text that are not there. */
  List<Path> missing() {
    return missing;
  }

  /**
   * Every jar and folder, in the order of the class path, each before the jars in it.
   *
   * @throws IOException if an entry is not a jar, with its name
   */
  void each(Visitor visitor) throws IOException {
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        visitor.visit(folder(entry));
      } else {
        eachOf(entry, visitor);
      }
    }
  }

  private Place folder(Path folder) throws IOException {
    Place place = new Place(folder.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (isText(name)) {
          try (InputStream in = Files.newInputStream(file)) {
            add(place, name, octetsOf(in));
          }
        } else {
          add(place, name, null);
        }
      }
    } catch (UncheckedIOException unreadable) { // a folder in it
      throw unreadable.getCause();
    } catch (AccessDeniedException unreadable) {
      throw unreadable; // its message is the path
    } catch (IOException unreadable) {
      throw new IOException(folder + ": " + unreadable.getMessage(), unreadable);
    }
    return place;
  }

  private void eachOf(Path jar, Visitor visitor) throws IOException {
    List<Place> nested = new ArrayList<>();
    Place place = new Place(jar.toString());
    if (!Files.isRegularFile(jar)) { // reading a pipe could block for ever
      throw new IOException(jar + ": it is neither a file nor a folder");
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
        try (InputStream in = zip.getInputStream(entry)) {
          String name = entry.getName();
          add(place, name, isText(name) ? octetsOf(in) : null);
          if (name.endsWith(JAR)) {
            nested.add(jarIn(jar + "!/" + name, in));
          }
        }
      }
    } catch (IOException | IllegalArgumentException noJar) { // second: a malformed name
      throw new IOException(jar + ": " + noJar.getMessage(), noJar);
    }
    visitor.visit(place);
    for (Place inner : nested) {
      visitor.visit(inner);
    }
  }

  private Place jarIn(String name, InputStream in) throws IOException {
    Place place = new Place(name);
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      add(place, entry.getName(), isText(entry.getName()) ? octetsOf(zip) : null);
    }
    return place;
  }

  private void add(Place place, String entry, byte[] text) throws IOException {
    texts += text == null ? 0 : text.length;
    if (texts > MOST_TEXTS) {
      throw new IOException(
          "manifests and service files of more than " + (MOST_TEXTS >> 20) + " MB");
    }
    place.add(entry, text);
    if (place.entries.size() > mostEntries) {
      throw new IOException("more than " + mostEntries + " entries in it");
    }
  }

  private static boolean isText(String name) {
    return name.equals(MANIFEST) || name.startsWith(SERVICES);
  }

  private static byte[] octetsOf(InputStream in) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      octets.write(buffer, 0, read);
      if (octets.size() > MOST_TEXT) {
        break; // the beginning of a manifest or service file is enough
      }
    }
    return octets.toByteArray();
  }

  /** The names in one jar or folder, and what its manifest and its service files say. */
  static final class Place {
    private final String name;
    private final TreeMap<String, byte[]> entries = new TreeMap<>();

    Place(String name) {
      this.name = name;
    }

    private void add(String entry, byte[] text) {
      entries.put(entry, text == null ? new byte[0] : text);
    }

    boolean has(String entry) {
      return entries.containsKey(entry);
    }

    /** Null when there is no such file. */
    String text(String entry) {
      byte[] octets = entries.get(entry);
      return octets == null ? null : new String(octets, StandardCharsets.UTF_8);
    }

    /** Null when the manifest does not say. */
    String manifestValue(String attribute) throws IOException {
      byte[] octets = entries.get(MANIFEST);
      return octets == null
          ? null
          : new Manifest(new java.io.ByteArrayInputStream(octets))
              .getMainAttributes()
              .getValue(attribute);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
