package io.github.dotagent.agent.hook;

import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.instrument.Instrumentation;

/**
 * No hook at all: with {@code jdk.net.hosts.file} the JDK answers each lookup from that one file
 * and asks no server, as the user wants. The rest of the agent is in place, because libraries that
 * do DNS themselves do not read that file.
 */
public final class HostsFileHook implements LookupHook {
  private final LookupHook ofThisJava;

  /**
   * @param ofThisJava the hook of this Java; it is not installed, and leaves lookups to the file
   */
  public HostsFileHook(LookupHook ofThisJava) {
    this.ofThisJava = ofThisJava;
  }

  @Override
  public void install(HostResolver resolver, Instrumentation instrumentation) {
    // lookups stay as they are
  }

  @Override
  public void restore(Instrumentation instrumentation, Retransformer retransformer) {
    // nothing can be lost
  }

  @Override
  public void refuse(String because, Instrumentation instrumentation, Retransformer retransformer) {
    // nothing can be lost
  }

  @Override
  public void whenTouched(Runnable action) {
    // no class is patched
  }

  @Override
  public void remove(Instrumentation instrumentation) throws HookFailure {
    ofThisJava.remove(instrumentation);
  }

  /** False: this hook has no transformer. */
  @Override
  public boolean retransforms() {
    return false;
  }

  @Override
  public void openJdkInternals(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    ofThisJava.openJdkInternals(instrumentation);
  }

  /** True: lookups already stay with the hosts file. */
  @Override
  public boolean leaveToHostsFile(Instrumentation instrumentation) {
    return true;
  }

  @Override
  public boolean takesLookups() {
    return false;
  }

  @Override
  public SystemResolver systemResolver() {
    return ofThisJava.systemResolver();
  }

  @Override
  public String toString() {
    return "none (jdk.net.hosts.file is set: the JDK answers lookups from that file alone)";
  }
}
