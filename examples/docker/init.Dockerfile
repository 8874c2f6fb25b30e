# The image of an init container (kubernetes/init-container.yaml): the jar of the release's image, and busybox's cp.
#
#   docker build -f init.Dockerfile -t registry.example/dot-agent-init:0.2.0 .
FROM busybox:1.37
COPY --from=registry.example/dot-agent:0.2.0 /dot-agent.jar /LICENSE /THIRD-PARTY /
USER 65534:65534
