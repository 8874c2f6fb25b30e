/** The cached answers, their lifetime, and stale answers while no server answers. */
package io.github.dotagent.it.cache;
