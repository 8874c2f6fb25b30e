import fish.payara.micro.PayaraMicro;

/** Payara Micro: looks for the other members of its cluster. */
public final class Payara {
  public static void reach(int port) throws Exception {
    System.setOut(System.err);
    PayaraMicro.main(
        new String[] {
          "--rootDir",
          Main.folder().toString(),
          "--autoBindHttp",
          "--clustermode",
          "tcpip:payara.here.example.test:" + port
        });
  }
}
