/** DNS queries that libraries send themselves, past {@code InetAddress}. */
package io.github.dotagent.it.bypass;
