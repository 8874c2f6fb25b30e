package reactor.blockhound;

/** Under the name of the one that BlockHound throws. */
public final class BlockingOperationError extends Error {
  private static final long serialVersionUID = 1;
}
