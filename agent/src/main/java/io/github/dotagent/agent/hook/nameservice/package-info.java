/** The hook of Java 8 to 17. The sole user of Byte Buddy's ASM. */
package io.github.dotagent.agent.hook.nameservice;
