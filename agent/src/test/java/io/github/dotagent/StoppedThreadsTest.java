package io.github.dotagent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * A thread that is stopped (Thread.stop, up to Java 19) within a {@code ConcurrentHashMap} may
 * leave it locked: its first table is marked as being made, or a bin as being read, and all later
 * callers wait for ever. A monitor is left by a thread that is stopped. No test can stop a thread
 * there at will, so the map is kept away from where the program's threads come.
 */
class StoppedThreadsTest {
  private static final JavaClasses CORE_AND_AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.dotagent");

  /** The threads that check signatures, and those of connections. */
  private static final List<String> ON_THREADS_OF_THE_AGENT =
      List.of(
          "io.github.dotagent.dnssec.ChainRecords",
          "io.github.dotagent.tls.PinCheck",
          "io.github.dotagent.tls.ServerTrust",
          "io.github.dotagent.tls.TlsConnector");

  @Test
  void noConcurrentHashMapOnThreadsOfTheProgram() {
    noClasses()
        .that(describe("are elsewhere", type -> !ON_THREADS_OF_THE_AGENT.contains(type.getName())))
        .should()
        .dependOnClassesThat(belongToAnyOf(ConcurrentHashMap.class))
        .check(CORE_AND_AGENT);
  }

  /** Else the list would hide what is mended. */
  @Test
  void eachOfTheListUsesIt() {
    for (String name : ON_THREADS_OF_THE_AGENT) {
      classes()
          .that()
          .haveFullyQualifiedName(name)
          .should()
          .dependOnClassesThat(belongToAnyOf(ConcurrentHashMap.class))
          .check(CORE_AND_AGENT);
    }
  }
}
