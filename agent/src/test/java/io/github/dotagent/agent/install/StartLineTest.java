package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.agent.hook.LookupHook;
import io.github.dotagent.agent.hook.Retransformer;
import io.github.dotagent.config.ConfigException;
import io.github.dotagent.config.ConfigLoader;
import io.github.dotagent.config.DotConfig;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.resolver.HostResolver;
import io.github.dotagent.resolver.SystemResolver;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartLineTest {
  private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String OTHER = "sha256/AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

  private static final LookupHook HOOK =
      new LookupHook() {
        @Override
        public void restore(Instrumentation instrumentation, Retransformer retransformer) {
          throw new AssertionError();
        }

        @Override
        public void refuse(
            String because, Instrumentation instrumentation, Retransformer retransformer) {
          throw new AssertionError();
        }

        @Override
        public void whenTouched(Runnable action) {
          throw new AssertionError();
        }

        @Override
        public void remove(Instrumentation instrumentation) {}

        @Override
        public void install(HostResolver resolver, Instrumentation instrumentation) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean retransforms() {
          return false;
        }

        @Override
        public void openJdkInternals(Instrumentation instrumentation) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean leaveToHostsFile(Instrumentation instrumentation) {
          throw new AssertionError();
        }

        @Override
        public boolean takesLookups() {
          return true;
        }

        @Override
        public SystemResolver systemResolver() {
          throw new UnsupportedOperationException();
        }

        @Override
        public String toString() {
          return "InetAddress patched";
        }
      };

  private static String line(Map<String, String> settings) throws ConfigException {
    DotConfig config = ConfigLoader.load(new SettingSources(settings, Map.of(), null));
    return StartLine.of(config, HOOK, "JVM cache 1 s, negative 1 s");
  }

  @Test
  void withoutPins() throws ConfigException {
    assertEquals(
        "started: version (unpacked); hook InetAddress patched; upstreams"
            + " 192.0.2.53@853#dns.example, 2001:db8::53@8853; pins none; profile strict (no name"
            + " leaves in the clear while no upstream can be reached); JVM cache 1 s, negative 1 s",
        line(Map.of("dotagent.upstreams", "192.0.2.53@853#dns.example, 2001:db8::53@8853")));
  }

  @Test
  void withPins() throws ConfigException {
    Map<String, String> settings =
        Map.of("dotagent.upstreams", "192.0.2.53", "dotagent.pins", PIN + "," + OTHER);
    assertEquals(
        "started: version (unpacked); hook InetAddress patched; upstreams 192.0.2.53@853; pins 2,"
            + " enforce; profile strict (no name leaves in the clear while no upstream can be"
            + " reached); JVM cache 1 s, negative 1 s",
        line(settings));
  }

  @Test
  void withPinsThatAreOnlyReported() throws ConfigException {
    Map<String, String> settings =
        Map.of(
            "dotagent.upstreams", "192.0.2.53",
            "dotagent.pins", PIN,
            "dotagent.pins.mode", "report");
    assertEquals(
        "started: version (unpacked); hook InetAddress patched; upstreams 192.0.2.53@853; pins 1,"
            + " report; profile strict (no name leaves in the clear while no upstream can be"
            + " reached); JVM cache 1 s, negative 1 s",
        line(settings));
  }
}
