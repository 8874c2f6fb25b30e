/** Which server is asked, and which one next when it fails. */
package io.github.dotagent.upstream;
