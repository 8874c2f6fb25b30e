/** What comes of each shape of a response, with the agent and without. */
package io.github.dotagent.it.shape;
