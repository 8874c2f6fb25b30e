import java.net.URI;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/** Looks up in native code, with a resolver of its own. */
public final class AwsCrt {
  public static void reach(int port) throws Exception {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://crt.here.example.test:" + port + "/"))
            .build();
    AwsCrtHttpClient.create()
        .prepareRequest(HttpExecuteRequest.builder().request(request).build())
        .call();
  }
}
