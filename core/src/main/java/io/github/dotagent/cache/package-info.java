/** What was answered lately, for as long as its TTL says. The sole user of Caffeine. */
package io.github.dotagent.cache;
