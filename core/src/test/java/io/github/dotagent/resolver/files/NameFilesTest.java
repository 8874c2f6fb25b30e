package io.github.dotagent.resolver.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameFilesTest {
  @TempDir Path folder;

  private NameFiles read(Path hosts, SearchPolicy search) throws IOException {
    return NameFiles.read(hosts, search, "box.lan.example", new RecordedLog());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void namesAndSearchListAsTheResolverReadsThem() throws IOException {
    Path hosts = file("hosts", "127.0.0.1 localhost loop\n::1 localhost\nnonsense\n");
    Path conf = file("resolv.conf", "search a.example b.example\noptions ndots:3\n");
    NameFiles files = read(hosts, SearchPolicy.ofSystem(conf, null, null));
    assertEquals(2, files.hostNames());
    assertEquals(List.of("a.example", "b.example"), files.searchSuffixes());
    assertEquals(3, files.dots());
  }

  @Test
  void aListOfTheUsersOwn() throws IOException {
    Path conf = file("resolv.conf", "search a.example\noptions ndots:2\n");
    NameFiles files =
        read(null, SearchPolicy.ofSystem(conf, null, null).with(List.of("own.example")));
    assertEquals(0, files.hostNames());
    assertEquals(List.of("own.example"), files.searchSuffixes());
    assertEquals(2, files.dots());
  }

  @Test
  void withoutFiles() throws IOException {
    NameFiles files =
        read(folder.resolve("none"), SearchPolicy.ofSystem(folder.resolve("no"), null, null));
    assertEquals(0, files.hostNames());
    assertEquals(List.of("lan.example"), files.searchSuffixes());
    assertEquals(List.of(), read(null, SearchPolicy.OFF).searchSuffixes());
  }

  @Test
  void aFileThatIsThereAndCannotBeRead() throws IOException {
    Path folderInstead = Files.createDirectory(folder.resolve("hosts"));
    assertThrows(IOException.class, () -> read(folderInstead, SearchPolicy.OFF));
    assertThrows(
        IOException.class, () -> read(null, SearchPolicy.ofSystem(folderInstead, null, null)));
  }
}
