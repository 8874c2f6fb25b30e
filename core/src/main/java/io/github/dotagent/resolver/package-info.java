/** What to do with a name: where it is asked for, and in which order its addresses come back. */
package io.github.dotagent.resolver;
