/**
 * From premain to a proved hook: settings, hook, probe, and the core that starts behind them; and
 * the end of the JVM.
 *
 * <p>Called by the visible classes, on the thread of premain or of an attach; slow work follows on
 * {@code dot-agent-start}. No lock of the agent is held while a lookup or the program's code runs.
 *
 * <p>Premain runs this code: no lambda, no regular expression, no {@code String.format}, because
 * each costs milliseconds at the start.
 */
package io.github.dotagent.agent.install;
