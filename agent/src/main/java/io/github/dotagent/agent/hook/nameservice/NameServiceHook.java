package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.agent.hook.BootstrapClass;
import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.agent.hook.JvmNameCache;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.net.JavaRelease;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The hook of Java 8 to 17: InetAddress, patched where it calls its name service. */
public final class NameServiceHook implements LookupHook {
  private static final String BRIDGE = "java.net.DotAgentBridge";
  private static final String LOOKUPS = "lookups"; // its field

  private JdkNameService jdk;
  private NameServiceCalls patch; // null: InetAddress is as it was

  @Override
  public void install(HostResolver resolver, Instrumentation instrumentation) throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      jdk = JdkNameService.ofThisJvm();
      boolean java8 = JavaRelease.current() == 8;
      AddressFamilyPolicy order =
          PreferredFamilies.order(
              jdk.knowsIpv6(), System.getProperty("java.net.preferIPv6Addresses"), java8);
      BootstrapClass.connect(
          BootstrapClass.define(BRIDGE, instrumentation), LOOKUPS, new Lookups(resolver, order));
      patch = new NameServiceCalls();
      instrumentation.addTransformer(patch, true);
      Retransformer.retransform(instrumentation, InetAddress.class);
      JvmNameCache.flush();
    } catch (ReflectiveOperationException | IOException | UnmodifiableClassException refused) {
      throw new HookFailure("java.net.InetAddress cannot be patched: " + refused, refused);
    } catch (UnsupportedOperationException otherVersion) {
      throw new HookFailure(
          "another version of the agent was in this JVM, and this version cannot use what it left"
              + " behind ("
              + otherVersion
              + "); restart the JVM",
          otherVersion);
    }
  }

  /** Adds the last transformer, which gets the class as the others have changed it. */
  @Override
  public void restore(Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure {
    try {
      instrumentation.removeTransformer(patch);
      instrumentation.addTransformer(patch, true);
      retransformer.retransform(InetAddress.class);
      JvmNameCache.flush();
    } catch (ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      throw new HookFailure("java.net.InetAddress cannot be patched again: " + refused, refused);
    }
  }

  /** Refuses lookups in the field that holds the JDK's name service. */
  @Override
  public void refuse(String because, Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure {
    try {
      jdk.replaceBy(new Refusing(because));
      JvmNameCache.flush();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError refused) {
      throw new HookFailure("the JDK's name service cannot be replaced: " + refused, refused);
    }
  }

  @Override
  public void whenTouched(Runnable action) {
    patch.whenTouched(action);
  }

  @Override
  public void remove(Instrumentation instrumentation) throws HookFailure {
    try {
      if (jdk != null) {
        jdk.putBack();
      }
      if (patch != null) {
        instrumentation.removeTransformer(patch);
        Retransformer.retransform(
            instrumentation, InetAddress.class); // without the patch: the original class
        patch = null;
        JvmNameCache.flush();
      }
      Class<?> bridge = BootstrapClass.left(BRIDGE);
      if (bridge != null) {
        BootstrapClass.connect(bridge, LOOKUPS, null);
      }
    } catch (ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      throw new HookFailure("java.net.InetAddress stays patched: " + refused, refused);
    }
  }

  @Override
  public boolean retransforms() {
    return true;
  }

  @Override
  public void openJdkInternals(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    JdkInternals.openTo(NameServiceHook.class, instrumentation);
  }

  @Override
  public boolean leaveToHostsFile(Instrumentation instrumentation) throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      JdkNameService service = JdkNameService.ofThisJvm();
      if (!service.isHostsFile()) {
        return false;
      }
      jdk = service;
      return true;
    } catch (ReflectiveOperationException | RuntimeException unknownJdk) {
      throw new HookFailure("the JDK's name service cannot be reached: " + unknownJdk, unknownJdk);
    }
  }

  @Override
  public boolean takesLookups() {
    return true;
  }

  @Override
  public SystemResolver systemResolver() {
    return jdk;
  }

  @Override
  public String toString() {
    return "InetAddress patched";
  }

  /** Stands in for the JDK's name service. */
  private static final class Refusing implements InvocationHandler {
    private final String because;

    Refusing(String because) {
      this.because = because;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments)
        throws UnknownHostException {
      boolean forward = arguments != null && arguments[0] instanceof String;
      throw new UnknownHostException((forward ? arguments[0] : "reverse lookup") + ": " + because);
    }
  }

  /** The bridge calls this. */
  private static final class Lookups implements InvocationHandler {
    private final HostResolver resolver;
    private final AddressFamilyPolicy order;

    Lookups(HostResolver resolver, AddressFamilyPolicy order) {
      this.resolver = resolver;
      this.order = order;
    }

    @Override
    public Object invoke(Object nameService, Method none, Object[] arguments)
        throws UnknownHostException {
      return arguments[0] instanceof String
          ? resolver.addresses((String) arguments[0], order)
          : resolver.nameOf((byte[]) arguments[0]);
    }
  }
}
