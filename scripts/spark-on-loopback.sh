#!/bin/sh
# Spark for tests: a standalone master and two workers of this machine, in a folder of their own, on loopback.
#
#   spark-on-loopback.sh start DIR JARS PORT   starts them; JARS is a list of Spark's jars, with colons. Then
#                                              SPARK_HOME=DIR/spark DIR/spark/bin/spark-submit --master spark://127.0.0.1:PORT ...
#   spark-on-loopback.sh stop DIR              ends all that start has started
set -eu
. "$(dirname "$0")/end-daemons.sh"

fail() {
  echo "spark-on-loopback: $1" >&2
  exit 1
}

# What Spark's own launcher gives to each of its virtual machines.
modules="-XX:+IgnoreUnrecognizedVMOptions --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
  --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
  --add-opens=java.base/java.net=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
  --add-opens=java.base/sun.security.action=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED
  -Djdk.reflect.useDirectMethodHandle=false -Dio.netty.tryReflectionSetAccessible=true"

# As a distribution of Spark is laid out, as far as it is looked at.
home() {
  mkdir -p "$dir/spark/jars" "$dir/spark/bin" "$dir/spark/conf"
  echo "Spark, from its jars" > "$dir/spark/RELEASE"
  echo "$1" | tr : '\n' | while read -r jar; do
    ln -s "$jar" "$dir/spark/jars/"
  done
  cat > "$dir/spark/bin/spark-submit" << END
#!/bin/sh
SPARK_HOME=$dir/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 \\
  exec "$java" $(echo $modules) -Xmx512m -cp "$dir/spark/conf:$dir/spark/jars/*" org.apache.spark.deploy.SparkSubmit "\$@"
END
  chmod 755 "$dir/spark/bin/spark-submit"
  cat > "$dir/spark/conf/log4j2.properties" << 'END'
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
END
}

# daemon NAME ADDRESS CLASS WORDS...
daemon() {
  name=$1
  address=$2
  shift 2
  # shellcheck disable=SC2086
  SPARK_HOME=$dir/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=$address \
    "$java" $modules -Xmx256m -cp "$dir/spark/conf:$dir/spark/jars/*" "$@" > "$dir/$name.log" 2>&1 < /dev/null &
  echo $! > "$dir/$name.pid"
}

start() {
  home "$1"
  daemon master 127.0.0.1 org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$2" --webui-port 0
  # Two addresses, because a task is not run twice at a time on one machine.
  for worker in 1 2; do
    daemon "worker$worker" "127.0.0.$worker" org.apache.spark.deploy.worker.Worker --host "127.0.0.$worker" --port 0 \
      --webui-port 0 --cores 2 --memory 2g --work-dir "$dir/work$worker" "spark://127.0.0.1:$2"
  done
}

usage="usage: spark-on-loopback.sh start DIR JARS PORT | stop DIR"
dir=${2:?"$usage"}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
case $1 in
  start) start "${3:?"$usage"}" "${4:?"$usage"}" ;;
  stop) end_daemons worker1 worker2 master ;;
  *) fail "start or stop?" ;;
esac
