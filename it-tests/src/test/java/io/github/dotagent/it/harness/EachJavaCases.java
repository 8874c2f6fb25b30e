package io.github.dotagent.it.harness;

import io.github.dotagent.it.harness.jvm.InstalledJdks;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** The cases of {@link EachJava}: one per version, installed or not. */
final class EachJavaCases implements TestTemplateInvocationContextProvider {
  /** {@code -Dit.java=26,27}: of the Javas of each test these alone. */
  private static final String ALONE = System.getProperty("it.java", "");

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return !ALONE.isEmpty();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    EachJava asked = context.getRequiredTestMethod().getAnnotation(EachJava.class);
    Breadth breadth = Breadth.ofThisBuild().orElse(Breadth.NARROW);
    String test =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    return JavaVersions.alone(ALONE, JavaVersions.of(asked, breadth, test)).stream().map(Case::new);
  }

  private record Case(int major) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return "Java " + major;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new OneJava(major, InstalledJdks.find(major)));
    }
  }

  private record OneJava(int major, Optional<JavaHome> java)
      implements BeforeEachCallback, ParameterResolver {

    @Override
    public void beforeEach(ExtensionContext context) {
      if (java.isEmpty()) {
        // The report has the reason as well; the console would show a bare count.
        System.out.println(
            context.getRequiredTestClass().getSimpleName()
                + "."
                + context.getRequiredTestMethod().getName()
                + " skipped: "
                + InstalledJdks.missing(major));
      }
      Assumptions.assumeTrue(java.isPresent(), InstalledJdks.missing(major));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == JavaHome.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return java.orElseThrow(); // read only after beforeEach has not skipped the case
    }
  }
}
