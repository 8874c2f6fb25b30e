#!/bin/sh
# The command line of dot-agent.jar, which lies in the folder above. Java: that of JAVA_HOME, or of PATH.
# A link to this script works too.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
# DOT_AGENT_OPTS: options for that JVM, such as -Ddotagent.upstreams=...
# shellcheck disable=SC2086 # they are several words
exec "$java" ${DOT_AGENT_OPTS:-} -jar "$(dirname "$self")/../dot-agent.jar" "$@"
