package io.github.dotagent.it.programs;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.Collections;

/**
 * Names for a JVM without the agent. Java 9 and newer are given a file of them, with {@code
 * jdk.net.hosts.file}; Java 8 knows no such thing, and its name service is replaced here, when
 * {@code stock.names} is set.
 */
final class StockNames {
  private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};

  private StockNames() {}

  static void serveOnJava8() throws ReflectiveOperationException {
    if (!"1.8".equals(System.getProperty("java.specification.version"))
        || !Boolean.getBoolean("stock.names")) {
      return;
    }
    Class<?> type = Class.forName("sun.net.spi.nameservice.NameService");
    InvocationHandler everyName =
        new InvocationHandler() {
          @Override
          public Object invoke(Object service, Method method, Object[] args) throws Exception {
            return new InetAddress[] {InetAddress.getByAddress((String) args[0], ADDRESS)};
          }
        };
    Object service = Proxy.newProxyInstance(null, new Class<?>[] {type}, everyName);
    Field services = InetAddress.class.getDeclaredField("nameServices");
    services.setAccessible(true);
    services.set(null, Collections.singletonList(service));
  }
}
