/** What the agent makes of connections that fail, servers that misbehave, and much to do. */
package io.github.dotagent.it.connection;
