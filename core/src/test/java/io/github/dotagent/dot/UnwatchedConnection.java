package io.github.dotagent.dot;

/** The listener of a connection of which nothing is learnt. */
final class UnwatchedConnection implements DotConnection.Listener {
  @Override
  public void opened() {}

  @Override
  public boolean mayBeginBeside(DotConnection slow) {
    return true;
  }

  @Override
  public void heard() {}

  @Override
  public void lost(DotConnection connection, int unanswered, ExchangeFailure reason) {}

  @Override
  public void ended() {}
}
