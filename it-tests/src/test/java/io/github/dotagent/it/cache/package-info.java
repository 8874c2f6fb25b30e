/** What is kept, for how long, and what of it is given while no server answers. */
package io.github.dotagent.it.cache;
