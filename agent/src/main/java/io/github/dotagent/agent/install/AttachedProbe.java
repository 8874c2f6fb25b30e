package io.github.dotagent.agent.install;

import io.github.dotagent.agent.hook.HookFailure;
import io.github.dotagent.agent.hook.ProbeName;
import java.util.function.Function;

/** Whether the agent, which was installed before, still has the lookups of its JVM. */
public final class AttachedProbe implements Function<String, String> {
  /** Made by the entry, by name, with the isolated loader. */
  public AttachedProbe() {}

  /**
   * Why it has not; empty when it has.
   *
   * @param label of a name that nobody has looked up before
   */
  @Override
  public String apply(String label) {
    try {
      ProbeName.prove(label);
      return "";
    } catch (HookFailure failure) {
      return failure.getMessage();
    }
  }
}
