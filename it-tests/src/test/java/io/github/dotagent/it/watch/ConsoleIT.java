package io.github.dotagent.it.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;

/** A console that attaches, as jconsole does, to a program that has never used JMX. */
class ConsoleIT {
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(90); // it takes two
  private static final long BETWEEN_MILLIS = 50;

  @TempDir Path folder;

  @EachJava(few = true)
  void aConsoleReadsAndFlushesTheMBeans(JavaHome java) throws Exception {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild program =
            dot.agent().on(ChildJvm.program(java, "LookupProgram")).args("-").start()) {
      assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
      try (JMXConnector connector = connect(program)) {
        MBeanServerConnection console = connector.getMBeanServerConnection();
        ObjectName resolver = new ObjectName("io.github.dotagent:type=Resolver");
        await(console, resolver);
        long lookups = (Long) console.getAttribute(resolver, "Lookups");
        assertTrue(lookups >= 1, "RMI looks this machine's own name up as well");
        assertEquals(1L, console.getAttribute(resolver, "CacheSize"));
        assertEquals(0, ((String[]) console.getAttribute(resolver, "LastErrors")).length);
        console.invoke(resolver, "flush", new Object[0], new String[0]);
        assertEquals(0L, console.getAttribute(resolver, "CacheSize"));
        // the JVM's own cache, too, has forgotten it
        dot.server.log().forgetQueries();
        assertEquals("ok 192.0.2.9", program.ask("byName one.many.example.test"));
        assertTrue(dot.questions().contains("one.many.example.test A"));

        Set<ObjectName> upstreams =
            console.queryNames(new ObjectName("io.github.dotagent:type=Upstream,*"), null);
        assertEquals(1, upstreams.size());
        ObjectName upstream = upstreams.iterator().next();
        assertEquals(dot.upstream(), ObjectName.unquote(upstream.getKeyProperty("address")));
        assertEquals("in use", console.getAttribute(upstream, "State"));
        assertEquals(
            dot.certificate.pin(), ((String[]) console.getAttribute(upstream, "PresentedPins"))[0]);
      }
      program.finish().quiet();
    }
  }

  /** The URL belongs to the child process of this test. */
  @SuppressWarnings("BanJNDI")
  private static JMXConnector connect(RunningChild program) throws Exception {
    return JMXConnectorFactory.connect(url(program));
  }

  private static JMXServiceURL url(RunningChild program) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(Long.toString(program.pid()));
    try {
      return new JMXServiceURL(jvm.startLocalManagementAgent());
    } finally {
      jvm.detach();
    }
  }

  private static void await(MBeanServerConnection console, ObjectName name) throws Exception {
    long end = System.nanoTime() + WITHIN_NANOS;
    while (!console.isRegistered(name)) {
      assertTrue(System.nanoTime() - end < 0, "never registered");
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
    }
  }
}
