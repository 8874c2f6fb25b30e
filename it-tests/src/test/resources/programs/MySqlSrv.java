/** Finds its server by SRV, with JNDI. */
public final class MySqlSrv {
  public static void reach(int port) throws Exception {
    java.sql.DriverManager.getConnection("jdbc:mysql+srv://_mysql._tcp.here.example.test/shop");
  }
}
