package io.github.dotagent.agent.hook.resolver;

import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.agent.hook.JvmNameCache;
import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.ProbeName;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.agent.hook.nameservice.RefusedLookups;
import io.github.dotagent.net.SuppressForbidden;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The hook of Java 18 and newer: the JDK's own {@code InetAddressResolverProvider}. */
public final class ResolverProviderHook implements LookupHook {
  /** Loaded by {@code InetAddress.loadResolver}, and by nothing else before us. */
  private static final String SIGN_OF_A_CHOICE = "java.net.spi.InetAddressResolverProvider";

  private static final String FIELD = "resolver";

  /** The resolver that was in place before the agent's; null: the JDK had not chosen. */
  private Object before;

  private HostResolver served;

  /** The value that replaced {@link #before} in the field; null: none. */
  private Object given;

  private RefusedLookups refusal; // null: lookups are not refused

  @Override
  public void install(HostResolver resolver, Instrumentation instrumentation) throws HookFailure {
    // looked at before our own provider is loaded, and without a lookup: if the JDK had already
    // chosen, a probe would be a query to the server of that resolver
    served = resolver;
    boolean hasChosen = hasChosenAlready(instrumentation);
    DotResolverProvider.serve(resolver);
    if (!hasChosen) {
      askWithOurLoader();
    }
    if (DotResolverProvider.builtin() == null) {
      // a lookup was made before the agent, and the JDK keeps the resolver that it chose
      replaceResolver(resolver, instrumentation);
    }
  }

  private static boolean hasChosenAlready(Instrumentation instrumentation) {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      // most classes differ in their bits: making a thousand names takes milliseconds
      if (Modifier.isAbstract(loaded.getModifiers())
          && loaded.getSuperclass() == Object.class
          && loaded.getName().equals(SIGN_OF_A_CHOICE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * As {@link JdkInternals#openTo}; called directly, because reflection costs 10 ms of a start
   * here.
   */
  @Override
  public void openJdkInternals(Instrumentation instrumentation) {
    Module base = InetAddress.class.getModule();
    Set<Module> ours = Set.of(ResolverProviderHook.class.getModule());
    Map<String, Set<Module>> opens = new HashMap<>();
    for (String name : JdkInternals.PACKAGES) {
      if (base.getPackages().contains(name)) {
        opens.put(name, ours);
      }
    }
    instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
  }

  /**
   * {@code InetAddress.loadResolver} asks the context class loader of the thread that makes the
   * JVM's first lookup, and takes the first provider it finds. With the agent's loader that is the
   * agent's provider, and not that of a dnsjava on the application's class path.
   */
  @SuppressForbidden("asks for the probe's name, which our own provider answers")
  private static void askWithOurLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader theirs = contextLoader(thread);
    thread.setContextClassLoader(ResolverProviderHook.class.getClassLoader());
    try {
      InetAddress.getByName(ProbeName.FIRST);
    } catch (UnknownHostException notOurs) {
      // an earlier resolver does not know the name: handled by the caller
    } finally {
      thread.setContextClassLoader(theirs);
    }
  }

  @SuppressForbidden("the thread's own loader, to be put back")
  private static ClassLoader contextLoader(Thread thread) {
    return thread.getContextClassLoader();
  }

  private void replaceResolver(HostResolver resolver, Instrumentation instrumentation)
      throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      keepBuiltin(builtin());
      give(new DotResolver(resolver));
    } catch (ReflectiveOperationException | RuntimeException refused) {
      throw new HookFailure(
          "another resolver is in place and cannot be replaced: "
              + refused
              + "; put dot-agent.jar before every other -javaagent",
          refused);
    }
  }

  private static InetAddressResolver builtin() throws ReflectiveOperationException {
    return (InetAddressResolver) JdkInternals.staticOfInetAddress("BUILTIN_RESOLVER");
  }

  private static void keepBuiltin(InetAddressResolver builtin) throws ReflectiveOperationException {
    DotResolverProvider.keepBuiltin(new BuiltinResolver(builtin, new LocalHostNameOfPlatform()));
  }

  private void give(InetAddressResolver resolver) throws ReflectiveOperationException {
    before = JdkInternals.staticOfInetAddress(FIELD);
    JdkInternals.setStatic(InetAddress.class, FIELD, resolver);
    given = resolver;
    JvmNameCache.flush();
  }

  /** A provider on the program's class path would be asked before the file: it is not, here. */
  @Override
  public boolean leaveToHostsFile(Instrumentation instrumentation) throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      InetAddressResolver builtin = builtin();
      if (!builtin.getClass().getName().equals("java.net.InetAddress$HostsFileResolver")) {
        return false;
      }
      keepBuiltin(builtin);
      give(builtin);
      return true;
    } catch (ReflectiveOperationException | RuntimeException refused) {
      throw new HookFailure("the JDK's own resolver cannot be reached: " + refused, refused);
    }
  }

  @Override
  public boolean takesLookups() {
    return true;
  }

  @Override
  public void restore(Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      JdkInternals.setStatic(InetAddress.class, FIELD, new DotResolver(served));
      JvmNameCache.flush();
    } catch (ReflectiveOperationException | RuntimeException refused) {
      throw new HookFailure("the resolver cannot be set again: " + refused, refused);
    }
  }

  /** Refuses lookups in the class that holds the field. */
  @Override
  public void refuse(String because, Instrumentation instrumentation, Retransformer retransformer)
      throws HookFailure {
    try {
      if (refusal == null) {
        refusal = new RefusedLookups(because);
      }
      refusal.begin(instrumentation, retransformer);
      JvmNameCache.flush();
    } catch (ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      throw new HookFailure("java.net.InetAddress cannot be patched: " + refused, refused);
    }
  }

  @Override
  public void whenTouched(Runnable action) {
    // this hook patches no class of the JDK
  }

  /**
   * If the JDK had not chosen a resolver before the agent, it chooses again with its next lookup.
   */
  @Override
  public void remove(Instrumentation instrumentation) throws HookFailure {
    try {
      openJdkInternals(instrumentation);
      if (refusal != null) {
        refusal.end(instrumentation);
        refusal = null;
        JvmNameCache.flush();
      }
      Object inPlace = JdkInternals.staticOfInetAddress(FIELD);
      if (inPlace instanceof DotResolver || inPlace != null && inPlace == given) {
        JdkInternals.setStatic(InetAddress.class, FIELD, before);
        JvmNameCache.flush();
      }
    } catch (ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError refused) {
      throw new HookFailure("the resolver cannot be put back: " + refused, refused);
    }
  }

  @Override
  public boolean retransforms() {
    return false;
  }

  @Override
  public SystemResolver systemResolver() {
    return DotResolverProvider.builtin();
  }

  @Override
  public String toString() {
    return "InetAddressResolverProvider";
  }
}
