public final class MySql {
  public static void reach(int port) throws Exception {
    java.sql.DriverManager.getConnection("jdbc:mysql://mysql.here.example.test:" + port + "/shop");
  }
}
