public final class PostgreSql {
  public static void reach(int port) throws Exception {
    java.sql.DriverManager.getConnection(
        "jdbc:postgresql://postgresql.here.example.test:" + port + "/shop");
  }
}
