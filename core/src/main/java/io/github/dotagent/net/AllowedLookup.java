package io.github.dotagent.net;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few places that may call an InetAddress method which could resolve a name; everywhere
 * else the build refuses the call, because it would lead back into the agent's own hook.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface AllowedLookup {
  /** Why no name is looked up here. */
  String value();
}
