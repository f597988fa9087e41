# The stream in application mode: Flink, the JAR and flink-conf/config.yaml. TaskManagers run it too.
#
#   ./mvnw package -DskipTests -Pimage
#   docker build -f docker/job.Dockerfile -t tailwater/job:0.1.0-SNAPSHOT .
ARG BASE_IMAGE=flink:2.2.0-scala_2.12-java17
FROM ${BASE_IMAGE}
ARG VERSION=0.1.0-SNAPSHOT

USER root
# A plugin has a class loader of its own, so that S3's client and ours do not meet. The reporter is a plugin already.
# Volumes take their owner from the folders that they are mounted over.
RUN set -eu; \
    ls /opt/flink/plugins/metrics-prometheus/*.jar; \
    mkdir -p /opt/flink/plugins/s3-fs-hadoop /opt/flink/usrlib; \
    cp /opt/flink/opt/flink-s3-fs-hadoop-*.jar /opt/flink/plugins/s3-fs-hadoop/; \
    for folder in /var/lib/flink/checkpoints /var/lib/flink/savepoints /var/lib/tailwater/warehouse; do \
      install -d -o flink -g flink "$folder"; \
    done
COPY LICENSE /opt/tailwater/LICENSE
COPY docker/bin/stream /opt/tailwater/bin/stream
COPY --chown=flink:flink flink-conf/config.yaml /opt/flink/conf/config.yaml
COPY jobs/target/tailwater-jobs-${VERSION}.jar /opt/flink/usrlib/tailwater-jobs.jar

# flink, by its number: Kubernetes cannot tell of a name that it is not root's.
USER 9999:9999
CMD ["/opt/tailwater/bin/stream"]
