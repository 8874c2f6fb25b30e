/** {@code pins}: the keys that each server presents now, and the setting that pins them. */
package io.github.dotagent.agent.cli.pins;
