/**
 * What others may watch: who is told of lookups, connections and pins that do not match, and what
 * went wrong lately. Sees the JDK and answers alone; nothing happens here while nobody watches.
 */
package io.github.dotagent.watch;
