/** MBeans, for consoles and exporters that know nothing of our classes: open types only. */
package io.github.dotagent.agent.monitoring.jmx;
