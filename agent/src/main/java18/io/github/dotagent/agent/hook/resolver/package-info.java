/** The hook of Java 18 and newer; compiled for 18, read by the isolated loader from there on. */
package io.github.dotagent.agent.hook.resolver;
