/** {@code doctor}: will the agent work here, and if not, why; and what to do about it. */
package io.github.dotagent.agent.cli.doctor;
