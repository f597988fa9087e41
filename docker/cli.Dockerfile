# The tailwater command, and with it the feature server.
#
#   ./mvnw package -DskipTests -Pimage
#   docker build -f docker/cli.Dockerfile -t tailwater/cli:0.1.0-SNAPSHOT .
ARG BASE_IMAGE=eclipse-temurin:17.0.17_10-jre-noble
FROM ${BASE_IMAGE}
ARG VERSION=0.1.0-SNAPSHOT

# The number that Flink's image gives its user: both write into the warehouse.
RUN set -eu; \
    groupadd --system --gid 9999 tailwater; \
    useradd --system --uid 9999 --gid 9999 --home-dir /var/lib/tailwater --shell /usr/sbin/nologin tailwater; \
    install -d -o tailwater -g tailwater /var/lib/tailwater /var/lib/tailwater/warehouse
# Libraries change seldom: a layer of their own, below.
COPY cli/target/image/lib /opt/tailwater/lib
COPY cli/target/image/classpath .mvn/flink-jvm.args docker/log4j2.xml LICENSE /opt/tailwater/
COPY docker/bin/tailwater /usr/local/bin/tailwater
COPY cli/target/image/modules cli/target/tailwater-cli-${VERSION}.jar /opt/tailwater/modules/

USER 9999:9999
WORKDIR /var/lib/tailwater
ENTRYPOINT ["tailwater"]
CMD ["--help"]
