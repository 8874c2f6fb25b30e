package io.github.dotagent.config;

/**
 * A setting that cannot be used. The message is one line, whatever the user wrote: the key as it
 * was spelled, the value, where it came from, what is wrong and the nearest valid form. It never
 * holds a password.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(OneLine.of(message));
  }

  ConfigException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
