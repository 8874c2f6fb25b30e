import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sets a SecurityManager of its own, then looks for the other nodes of its cluster. */
public final class Elasticsearch {
  public static void reach(int port) throws Exception {
    Path home = Main.folder();
    Files.createDirectory(home.resolve("config"));
    System.setProperty("es.path.home", home.toString());
    System.setProperty("es.insecure.allow.root", "true");
    System.setProperty("es.http.enabled", "false");
    System.setProperty(
        "es.discovery.zen.ping.unicast.hosts", "elasticsearch.here.example.test:" + port);
    // its SecurityManager lets nothing exit: it is stopped, as by those who wrap it as a service
    Method close =
        org.elasticsearch.bootstrap.Elasticsearch.class.getDeclaredMethod("close", String[].class);
    close.setAccessible(true);
    Main.end = () -> close.invoke(null, (Object) new String[0]);
    org.elasticsearch.bootstrap.Elasticsearch.main(new String[] {"start"});
  }
}
