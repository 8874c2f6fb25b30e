/** What the documentation tells people to type, typed. */
package io.github.dotagent.it.docs;
