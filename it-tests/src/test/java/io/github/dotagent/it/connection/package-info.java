/** How the agent handles failing connections, misbehaving servers, and load. */
package io.github.dotagent.it.connection;
