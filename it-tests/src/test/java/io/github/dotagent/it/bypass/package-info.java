/** DNS that libraries do by themselves, past {@code InetAddress}. */
package io.github.dotagent.it.bypass;
