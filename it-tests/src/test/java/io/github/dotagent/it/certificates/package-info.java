/** Certificates of every kind, each shown by a server of its own. */
package io.github.dotagent.it.certificates;
