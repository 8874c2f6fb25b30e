package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;

class BlockHoundAllowanceTest {
  private final BlockHoundAllowance allowance = new BlockHoundAllowance();

  @Test
  void notWhereThereIsNoBlockHound() {
    assertFalse(allowance.isThere());
    assertFalse(allowance.hasStopped(new StackOverflowError()));
    assertFalse(allowance.isThere());
  }

  @Test
  void aThreadThatItStopsMayTryAgainOnce() {
    Throwable unknown = new UnknownHostException().initCause(new BlockingOperationError());
    assertTrue(allowance.hasStopped(unknown));
    assertTrue(allowance.isThere());
    assertFalse(allowance.hasStopped(new BlockingOperationError()), "it goes to the program then");
  }

  /** As BlockHound.Builder has it among its allowances. */
  @Test
  void workIsDoneInsideLoadClass() {
    List<String> frames = new ArrayList<>();
    allowance.run(
        () ->
            Arrays.stream(new Throwable().getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .forEach(frames::add));
    assertTrue(frames.contains("java.lang.ClassLoader.loadClass"), frames.toString());
  }

  @Test
  void againAndAgainAndItsFailuresToo() {
    List<Integer> done = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      allowance.run(() -> done.add(number));
    }
    assertEquals(List.of(0, 1, 2), done);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            allowance.run(
                () -> {
                  throw new IllegalArgumentException();
                }));
  }
}
