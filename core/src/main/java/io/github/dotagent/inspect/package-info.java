/**
 * One server, looked at closely: for those who want to see what a lookup would meet. Nothing on the
 * way of a lookup comes here.
 */
package io.github.dotagent.inspect;
