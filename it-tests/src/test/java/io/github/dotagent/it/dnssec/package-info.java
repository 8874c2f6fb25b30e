/** What the agent makes of signatures, beside Unbound and delv, which judge the same data. */
package io.github.dotagent.it.dnssec;
