/** Which name goes where, with everybody who could hear it as a witness. */
package io.github.dotagent.it.names;
