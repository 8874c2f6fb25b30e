package io.github.dotagent.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few places that may make a call which build-config/forbidden-calls.txt forbids, such as
 * an InetAddress method that resolves names: it would lead back into the agent's own hook.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface SuppressForbidden {
  /** Why the call does no harm here. */
  String value();
}
