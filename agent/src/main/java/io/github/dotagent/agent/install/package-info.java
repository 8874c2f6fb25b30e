/**
 * From premain to a proved hook: settings, hook, probe, and the core that starts behind them; and
 * the end of the JVM.
 *
 * <p>Called by the visible classes, on the thread of premain or of an attach; what is slow follows
 * on {@code dot-agent-start}. No lock of ours is held while a lookup or the program's code runs.
 *
 * <p>Premain passes here: no lambda, no regular expression, no {@code String.format}, for each
 * costs milliseconds at the start.
 */
package io.github.dotagent.agent.install;
