/**
 * The tools of the integration tests and the demo; they do not know the agent. Each package says
 * what it is for. Here: how many Javas and how much load a build takes.
 */
package io.github.dotagent.it.harness;
