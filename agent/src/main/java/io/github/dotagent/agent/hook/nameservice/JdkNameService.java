package io.github.dotagent.agent.hook.nameservice;

import io.github.dotagent.agent.hook.JdkInternals;
import io.github.dotagent.net.JavaRelease;
import io.github.dotagent.resolver.AddressFamilyPolicy;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The JDK's own name service on Java 8 to 17, called past the patched calls. It orders addresses by
 * the same system properties as the agent, so its order is the requested one.
 */
final class JdkNameService implements SystemResolver {
  private static final String SERVICE = "nameService"; // of InetAddress, 9 to 17
  private static final String SERVICES = "nameServices"; // its list, on 8
  private static final int IPV4_OCTETS = 4; // RFC 791
  private static final int IPV6_OCTETS = 16; // RFC 4291

  private final Object nameService;
  private final Method lookup;
  private final Method reverse;
  private final Object platform;
  private final Method localHostName;
  private Object before; // what the field had before replaceBy
  private Object given; // the replacement; null: the field was not replaced

  private JdkNameService(
      Object nameService, Method lookup, Method reverse, Object platform, Method localHostName) {
    this.nameService = nameService;
    this.lookup = lookup;
    this.reverse = reverse;
    this.platform = platform;
    this.localHostName = localHostName;
  }

  /** {@code java.net} must be open to this class. */
  static JdkNameService ofThisJvm() throws ReflectiveOperationException {
    Object service = service();
    Object platform = JdkInternals.staticOfInetAddress("impl");
    return new JdkNameService(
        service,
        accessible(service.getClass().getDeclaredMethod("lookupAllHostAddr", String.class)),
        accessible(service.getClass().getDeclaredMethod("getHostByAddr", byte[].class)),
        platform,
        accessible(platform.getClass().getDeclaredMethod("getLocalHostName")));
  }

  private static Object service() throws ReflectiveOperationException {
    Object value = JdkInternals.staticOfInetAddress(field());
    // one service, unless the user named others with sun.net.spi.nameservice.provider.N: then the
    // first
    return value instanceof List ? ((List<?>) value).get(0) : value;
  }

  private static String field() {
    return JavaRelease.current() == 8 ? SERVICES : SERVICE;
  }

  /** The JDK asks the given service from now on; this object still asks the JDK's own. */
  void replaceBy(InvocationHandler other) throws ReflectiveOperationException {
    Class<?> type = lookup.getDeclaringClass();
    for (Class<?> one : nameService.getClass().getInterfaces()) {
      if (one.getName().endsWith("NameService")) {
        type = one;
      }
    }
    Object replaced = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, other);
    String field = field();
    Object inPlace = JdkInternals.staticOfInetAddress(field);
    if (given == null || inPlace != given) {
      before = inPlace;
    }
    given = field.equals(SERVICES) ? Collections.singletonList(replaced) : replaced;
    JdkInternals.setStatic(InetAddress.class, field, given);
  }

  /** Restores the JDK's own service, unless the program has set another one since. */
  void putBack() throws ReflectiveOperationException {
    if (given != null && JdkInternals.staticOfInetAddress(field()) == given) {
      JdkInternals.setStatic(InetAddress.class, field(), before);
    }
    given = null;
  }

  private static Method accessible(Method method) {
    method.setAccessible(true);
    return method;
  }

  /**
   * Whether it answers only from the file of {@code jdk.net.hosts.file}, possible on 9 and newer.
   */
  boolean isHostsFile() {
    return nameService.getClass().getName().equals("java.net.InetAddress$HostsFileNameService");
  }

  /** Whether the JDK found IPv6 on this host and was not told to ignore it. */
  boolean knowsIpv6() {
    return platform.getClass().getName().equals("java.net.Inet6AddressImpl");
  }

  @Override
  public InetAddress[] addresses(String host, AddressFamilyPolicy order)
      throws UnknownHostException {
    return (InetAddress[]) call(lookup, nameService, host);
  }

  @Override
  public String nameOf(byte[] address) throws UnknownHostException {
    if (address == null || address.length != IPV4_OCTETS && address.length != IPV6_OCTETS) {
      // the native method reads so many octets without checking the array
      throw new UnknownHostException("not an address: " + Arrays.toString(address));
    }
    return (String) call(reverse, nameService, address);
  }

  @Override
  public String localHostName() {
    try {
      return (String) call(localHostName, platform);
    } catch (UnknownHostException nameless) {
      return "";
    }
  }

  private static Object call(Method method, Object target, Object... arguments)
      throws UnknownHostException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof UnknownHostException) {
        throw (UnknownHostException) thrown.getCause();
      }
      if (thrown.getCause() instanceof Error) {
        throw (Error) thrown.getCause(); // of the calling thread, as from the JDK's own call
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException neverAfterSetAccessible) {
      throw new IllegalStateException(neverAfterSetAccessible);
    }
  }
}
