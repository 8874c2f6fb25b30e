/** {@code lookup}: one query, and all that is to be seen of its response, in kdig's form. */
package io.github.dotagent.agent.cli.lookup;
