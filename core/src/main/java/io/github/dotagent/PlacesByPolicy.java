package io.github.dotagent;

import io.github.dotagent.forward.NamePlaces;
import io.github.dotagent.resolver.PolicyResolver;

/** A forwarded name goes where a looked-up one would. */
final class PlacesByPolicy implements NamePlaces {
  private final PolicyResolver policy;

  PlacesByPolicy(PolicyResolver policy) {
    this.policy = policy;
  }

  @Override
  public boolean isSystems(String name) {
    return policy.isSystems(name);
  }

  @Override
  public boolean isNobodys(String name) {
    return policy.isNobodys(name);
  }

  @Override
  public boolean mayLeaveInClear(String name) {
    return policy.mayLeaveInClear(name);
  }
}
