/** What {@code ./demo} runs: an unmodified program, with and without the agent. */
package io.github.dotagent.it.demo;
