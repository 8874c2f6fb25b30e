package io.github.dotagent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.dotagent.cache.CachePolicy;
import io.github.dotagent.dnssec.DnssecPolicy;
import io.github.dotagent.dnssec.ZoneAnchors;
import io.github.dotagent.resolver.NamePolicy;
import io.github.dotagent.resolver.ZoneTarget;
import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.tls.ClientCertificateSpec;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsPolicy;
import io.github.dotagent.tls.TrustStoreSpec;
import io.github.dotagent.upstream.UpstreamSpec;
import io.github.dotagent.upstream.ZoneSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What each package must never see, so that a lookup can be read off the packages in one direction:
 * resolver, cache, upstream, dot, tls. {@code DotCore} in the base package puts them together and
 * sees them all.
 */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.dotagent");

  private static final String DNSJAVA = "org.xbill..";
  private static final String CAFFEINE = "com.github.benmanes..";
  private static final String OURS = "io.github.dotagent..";

  /** The values that settings are turned into; each lies with the package that uses it. */
  private static final List<Class<?>> VALUES =
      List.of(
          UpstreamSpec.class,
          ZoneAnchors.class,
          ZoneSpec.class,
          ZoneTarget.class,
          TlsPolicy.class,
          SpkiPin.class,
          ClientCertificateSpec.class,
          TrustStoreSpec.class,
          CachePolicy.class,
          DnssecPolicy.class,
          NamePolicy.class,
          SearchPolicy.class);

  @Test
  void answerKnowsTheJdkTextAndThreadsAlone() {
    seesOnly("answer", "java..", packageOf("net"), packageOf("concurrent"));
  }

  @Test
  void metricsKnowTheJdkAndAnswers() {
    neverSees("metrics", oursBut("metrics", "answer"));
  }

  @Test
  void resolverDoesNotKnowWhereAnswersComeFrom() {
    neverSees("resolver", ours("cache", "dnssec", "upstream", "wire", "dot", "tls"));
  }

  @Test
  void filesOfTheResolverSeeNoStepOfALookup() {
    neverSees("resolver.files", oursBut("resolver.files", "concurrent", "logging", "net"));
  }

  @Test
  void cacheDecoratesALookupOfAnyKind() {
    neverSees("cache", ours("dnssec", "upstream", "dot", "tls"));
  }

  @Test
  void dnssecSeesUpstream() {
    neverSees("dnssec", oursBut("dnssec", "answer", "upstream", "wire", "concurrent", "net"));
  }

  @Test
  void wireTurnsBytesIntoAnswersAndOpensNothing() {
    neverSees("wire", ours("dot").or(resideInAnyPackage("java.nio.channels..", "javax.net..")));
    neverSees(
        "wire", describe("a socket", type -> type.getName().matches("java\\.net\\..*Socket.*")));
  }

  @Test
  void upstreamLeavesTlsToDot() {
    neverSees("upstream", ours("resolver").or(resideInAPackage("javax.net.ssl..")));
  }

  @Test
  void dotMovesBytes() {
    neverSees("dot", ours("resolver", "cache"));
  }

  @Test
  void tlsSeesNoStepOfALookup() {
    neverSees("tls", oursBut("tls", "concurrent", "logging", "net"));
  }

  @Test
  void concurrentSeesNothing() {
    neverSees("concurrent", oursBut("concurrent"));
  }

  @Test
  void loggingSeesThreadsTimeAndTextAlone() {
    neverSees("logging", oursBut("logging", "concurrent", "net"));
  }

  @Test
  void netSeesNothing() {
    neverSees("net", oursBut("net"));
  }

  @Test
  void inspectSeesOneConnectionAndNoStepOfALookup() {
    neverSees("inspect", oursBut("inspect", "tls", "concurrent", "logging", "net"));
    noClasses()
        .that()
        .resideInAPackage(OURS)
        .and()
        .resideOutsideOfPackage(packageOf("inspect"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf("inspect"))
        .check(CORE);
  }

  @Test
  void forwardSeesQueriesAndNoStepOfALookup() {
    neverSees(
        "forward", oursBut("forward", "wire", "metrics", "concurrent", "logging", "net", "answer"));
  }

  @Test
  void configSeesTheValuesThatItBuilds() {
    neverSees(
        "config",
        oursBut("config", "concurrent", "logging", "net")
            .and(describe("no value", type -> !isValue(type))));
  }

  @Test
  void dnsjavaIsSeenByWireAndDnssecAlone() {
    seenOnlyBy(DNSJAVA, "wire", "dnssec");
  }

  @Test
  void caffeineIsSeenByCacheAlone() {
    seenOnlyBy(CAFFEINE, "cache");
  }

  @Test
  void nothingKnowsOfAgents() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.instrument..", "io.github.dotagent.agent..")
        .check(CORE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.github.dotagent.(*)..").should().beFreeOfCycles().check(CORE);
  }

  private static void seesOnly(String name, String... others) {
    String[] seen = Arrays.copyOf(others, others.length + 1);
    seen[others.length] = packageOf(name);
    classes()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(seen)
        .check(CORE);
  }

  private static void neverSees(String name, DescribedPredicate<? super JavaClass> others) {
    noClasses()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .dependOnClassesThat(others)
        .check(CORE);
  }

  private static void seenOnlyBy(String library, String... names) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packagesOf(names))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CORE);
  }

  private static DescribedPredicate<JavaClass> ours(String... names) {
    return resideInAnyPackage(packagesOf(names));
  }

  private static DescribedPredicate<JavaClass> oursBut(String... names) {
    return resideInAPackage(OURS).and(DescribedPredicate.not(ours(names)));
  }

  private static String[] packagesOf(String... names) {
    return Arrays.stream(names).map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String name) {
    return "io.github.dotagent." + name + "..";
  }

  private static boolean isValue(JavaClass type) {
    return VALUES.stream().anyMatch(value -> type.getName().matches(value.getName() + "(\\$.*)?"));
  }
}
