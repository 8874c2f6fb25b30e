import org.jruby.embed.ScriptingContainer;

/** Ruby's own Resolv asks the server in resolv.conf, over UDP. */
public final class JRuby {
  public static void reach(int port) throws Exception {
    Object address =
        new ScriptingContainer()
            .runScriptlet(
                "require 'resolv'\n"
                    + "dns = Resolv::DNS.new(:nameserver => ['127.0.0.1'])\n"
                    + "dns.timeouts = 60\n"
                    + "dns.getaddress('jruby.here.example.test').to_s");
    new java.net.Socket(String.valueOf(address), port).close();
  }
}
