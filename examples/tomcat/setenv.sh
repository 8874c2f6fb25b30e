# bin/setenv.sh of Tomcat (CATALINA_BASE/bin/setenv.sh). CATALINA_OPTS is for the server alone: shutdown.sh, which
# starts a JVM too, does not load the agent. The agent goes in front of what is there already.
CATALINA_OPTS="-javaagent:/opt/dot-agent/dot-agent.jar=/etc/dot-agent.properties${CATALINA_OPTS:+ $CATALINA_OPTS}"
