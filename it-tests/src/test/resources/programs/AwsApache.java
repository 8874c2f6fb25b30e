import java.net.URI;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

public final class AwsApache {
  public static void reach(int port) throws Exception {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://apache.here.example.test:" + port + "/"))
            .build();
    ApacheHttpClient.create()
        .prepareRequest(HttpExecuteRequest.builder().request(request).build())
        .call();
  }
}
