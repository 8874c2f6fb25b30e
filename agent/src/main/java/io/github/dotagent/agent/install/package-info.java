/** From premain to a proved hook: settings, hook, probe, and the core that starts behind them. */
package io.github.dotagent.agent.install;
