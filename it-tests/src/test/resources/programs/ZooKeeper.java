public final class ZooKeeper {
  public static void reach(int port) throws Exception {
    new org.apache.zookeeper.ZooKeeper("zookeeper.here.example.test:" + port, 30000, event -> {});
    Thread.sleep(Long.MAX_VALUE);
  }
}
