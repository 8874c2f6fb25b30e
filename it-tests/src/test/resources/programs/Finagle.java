public final class Finagle {
  public static void reach(int port) throws Exception {
    com.twitter.finagle.Service<com.twitter.finagle.http.Request, com.twitter.finagle.http.Response>
        service = com.twitter.finagle.Http.newService("finagle.here.example.test:" + port);
    com.twitter.util.Await.result(service.apply(com.twitter.finagle.http.Request.apply("/")));
  }
}
