import java.net.URI;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** Netty with the JDK's resolver, on an event loop. */
public final class AwsNetty {
  public static void reach(int port) throws Exception {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://netty.here.example.test:" + port + "/"))
            .build();
    software.amazon.awssdk.http.SdkHttpFullRequest full =
        software.amazon.awssdk.http.SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(request.getUri())
            .build();
    SdkAsyncHttpResponseHandler handler =
        new SdkAsyncHttpResponseHandler() {
          @Override
          public void onHeaders(SdkHttpResponse headers) {}

          @Override
          public void onStream(Publisher<ByteBuffer> stream) {}

          @Override
          public void onError(Throwable error) {}
        };
    NettyNioAsyncHttpClient.create()
        .execute(
            AsyncExecuteRequest.builder()
                .request(request)
                .requestContentPublisher(
                    new software.amazon.awssdk.http.async.SimpleHttpContentPublisher(full))
                .responseHandler(handler)
                .build())
        .get();
  }
}
