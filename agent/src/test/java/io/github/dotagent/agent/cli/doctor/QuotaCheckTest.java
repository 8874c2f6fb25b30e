package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaCheckTest {
  @TempDir Path folder;

  @Test
  void theSecondVersionsQuotaOfTheCgroupAbove() throws IOException {
    member("0::/system.slice/shop.service\n");
    write("system.slice/shop.service/cpu.max", "max 100000\n");
    write("system.slice/cpu.max", "10000 100000\n");
    Finding found = check().processors();
    assertEquals(
        "0.10 of a processor; the first lookup of a JVM takes about 10 s here", found.text());
    assertEquals(Finding.Grade.NOTE, found.verdict());
    assertTrue(found.remedies().get(0).contains("dotagent.timeout.start"));
  }

  @Test
  void theFirstVersionsQuotaWhereAContainerSeesItsOwnAsTheRoot() throws IOException {
    member("12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n");
    write("cpu,cpuacct/cpu.cfs_quota_us", "150000\n");
    write("cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    Finding found = check().processors();
    assertEquals("1.50 of a processor", found.text());
    assertEquals(Finding.Grade.OK, found.verdict());
  }

  @Test
  void withoutAQuotaThereIsNoFinding() throws IOException {
    member("0::/\n4:cpu,cpuacct:/\n");
    write("cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    write("cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    assertNull(check().processors());
  }

  @Test
  void withoutCgroupsThereIsNoFinding() {
    assertNull(check().processors());
    assertNull(check().memory(100_000));
  }

  @Test
  void theSecondVersionsMemoryOfTheCgroupAbove() throws IOException {
    member("0::/system.slice/shop.service\n");
    write("system.slice/shop.service/memory.max", "max\n");
    write("system.slice/memory.max", "268435456\n");
    Finding found = check().memory(100_000);
    assertEquals("256 MB; the agent's cache takes 31 MB of heap at most", found.text());
    assertEquals(Finding.Grade.OK, found.verdict());
  }

  @Test
  void theFirstVersionsMemoryThatIsLittle() throws IOException {
    member("12:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n");
    write("memory/memory.limit_in_bytes", "134217728\n");
    Finding found = check().memory(100_000);
    assertEquals("128 MB; the agent's cache takes 31 MB of heap at most", found.text());
    assertEquals(Finding.Grade.NOTE, found.verdict());
    assertEquals(
        "a full cache would take much of it: lower dotagent.cache.maxEntries, which is 100000",
        found.remedies().get(0));
    assertEquals(Finding.Grade.OK, check().memory(10_000).verdict());
  }

  @Test
  void withoutAMemoryLimitThereIsNoFinding() throws IOException {
    member("0::/\n12:memory:/\n");
    write("memory.max", "max\n");
    write("memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertNull(check().memory(100_000));
  }

  private QuotaCheck check() {
    return new QuotaCheck(folder.resolve("membership"), folder.resolve("cgroups"));
  }

  private void member(String lines) throws IOException {
    Files.writeString(folder.resolve("membership"), lines);
  }

  private void write(String file, String line) throws IOException {
    Path path = folder.resolve("cgroups").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, line);
  }
}
