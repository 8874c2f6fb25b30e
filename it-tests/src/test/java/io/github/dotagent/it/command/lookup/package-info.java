/** {@code lookup}, side by side with kdig. */
package io.github.dotagent.it.command.lookup;
