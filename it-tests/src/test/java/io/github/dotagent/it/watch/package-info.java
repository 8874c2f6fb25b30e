/** What others can watch of the agent: JMX and JFR, with the tools of others. */
package io.github.dotagent.it.watch;
