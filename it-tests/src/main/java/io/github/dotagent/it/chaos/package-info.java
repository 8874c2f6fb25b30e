/**
 * Everything goes wrong that can, by a seed, and what must never happen is looked for all the time.
 */
package io.github.dotagent.it.chaos;
