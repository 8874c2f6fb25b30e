import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Finds its load balancer by SRV, with JNDI; its Netty is under another name. */
public final class GrpcSrv {
  public static void reach(int port) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget("dns:///grpc.here.example.test:" + port)
            .defaultLoadBalancingPolicy("grpclb")
            .usePlaintext()
            .build();
    channel.getState(true);
  }
}
