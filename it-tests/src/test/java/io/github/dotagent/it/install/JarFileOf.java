package io.github.dotagent.it.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Puts a jar together, nothing in it compressed: Spring Boot wants its inner jars stored. */
final class JarFileOf {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();

  JarFileOf() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  JarFileOf manifest(String key, String value) {
    manifest.getMainAttributes().putValue(key, value);
    return this;
  }

  JarFileOf entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  JarFileOf file(String name, Path file) {
    try {
      entries.put(name, Files.readAllBytes(file));
      return this;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Everything below a folder. */
  JarFileOf folder(String prefix, Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(
              file -> file(prefix + folder.relativize(file).toString().replace('\\', '/'), file));
      return this;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The classes of another jar, unpacked. */
  JarFileOf classesOf(Path jar) {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory() && !entry.getName().equals("META-INF/MANIFEST.MF")) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
      return this;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Path write(Path jar) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ByteArrayOutputStream manifestFile = new ByteArrayOutputStream();
      manifest.write(manifestFile);
      store(out, "META-INF/MANIFEST.MF", manifestFile.toByteArray());
      List<String> folders = new ArrayList<>();
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        addFolders(out, entry.getKey(), folders);
        store(out, entry.getKey(), entry.getValue());
      }
      return jar;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static void addFolders(ZipOutputStream out, String name, List<String> there)
      throws IOException {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      String folder = name.substring(0, slash + 1);
      if (!folder.equals("META-INF/") && !there.contains(folder)) {
        there.add(folder);
        store(out, folder, new byte[0]);
      }
    }
  }

  private static void store(ZipOutputStream out, String name, byte[] octets) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(octets);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(octets.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(octets);
    out.closeEntry();
  }
}
