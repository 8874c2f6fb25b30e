/** Types the commands of the documentation. */
package io.github.dotagent.it.docs;
