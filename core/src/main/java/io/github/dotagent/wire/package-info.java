/** DNS messages: written, padded, read, checked. The sole user of dnsjava. */
package io.github.dotagent.wire;
