/**
 * From premain to a proved hook: settings, hook, probe, and the core that starts behind them; and
 * the end of the JVM.
 *
 * <p>Premain passes here: no lambda, no regular expression, no {@code String.format}, for each
 * costs milliseconds at the start.
 */
package io.github.dotagent.agent.install;
