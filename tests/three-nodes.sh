#!/usr/bin/env bash
# Three nodes on one PostgreSQL, with the simulated channels and a load balancer, as plain processes: the topology of
# docker-compose.yml for people without a container engine. Prints the addresses; Ctrl+C stops everything.
#   bash tests/three-nodes.sh [--nodes N] [--port P] [--data DIR] [--set KEY=VALUE]...
# The balancer listens on P (8080), the nodes on P+1 and so on; remoting takes P+101 and so on, PostgreSQL P+200, the
# simulator P+210. With --data the database is kept for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

nodes=3 port=8080 data= sets=()
usage="usage: bash tests/three-nodes.sh [--nodes N] [--port P] [--data DIR] [--set KEY=VALUE]..."
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }
  case "$1" in
    --nodes) nodes=$2 ;;
    --port) port=$2 ;;
    --data) data=$2 ;;
    --set) sets+=(--set "$2") ;;
    *) echo "unknown option $1; $usage" >&2; exit 2 ;;
  esac
  shift 2
done

postgres_bin=/usr/lib/postgresql/15/bin
[ -x "$postgres_bin/postgres" ] || { echo "PostgreSQL 15 is missing: apt-get install postgresql-15" >&2; exit 1; }
command -v haproxy >/dev/null || { echo "HAProxy is missing: apt-get install haproxy" >&2; exit 1; }

work=$(mktemp -d /tmp/three-nodes.XXXXXX)
database=${data:-$work/postgres}
children=()

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop() {
  trap - EXIT INT TERM
  echo "stopping"
  # Nodes first and side by side, so that they can still store the ends of their calls.
  for child in "${children[@]}"; do kill -TERM "$child" 2>/dev/null || true; done
  for child in "${children[@]}"; do wait "$child" 2>/dev/null || true; done
  as_postgres "$postgres_bin/pg_ctl" stop -D "$database" -m fast -w >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

ready() {
  local url=$1 name=$2 log=$3 tries
  for tries in $(seq 600); do
    if curl -sf -o /dev/null "$url"; then return 0; fi
    sleep 0.2
  done
  echo "$name is not ready after two minutes; the end of $log:" >&2
  tail -20 "$log" >&2
  exit 1
}

echo "building"
dotnet build src/RouterCluster.Host -c Release -v quiet -nologo </dev/null
host=src/RouterCluster.Host/bin/Release/net10.0/RouterCluster.Host.dll
dotnet build src/RouterCluster.Simulator -c Release -v quiet -nologo </dev/null
simulator=src/RouterCluster.Simulator/bin/Release/net10.0/RouterCluster.Simulator.dll

chmod 755 "$work"
if [ ! -e "$database/PG_VERSION" ]; then
  install -d -m 700 "$database"
  [ "$(id -u)" -ne 0 ] || chown postgres "$database"
  as_postgres "$postgres_bin/initdb" -D "$database" -U router -A trust --no-sync >"$work/initdb.log" 2>&1
fi
as_postgres "$postgres_bin/pg_ctl" start -D "$database" -w -l "$database/server.log" \
  -o "-p $((port + 200)) -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" >/dev/null
as_postgres "$postgres_bin/createdb" -h 127.0.0.1 -p "$((port + 200))" -U router router 2>/dev/null || true

# All nodes of a cluster have the same key; a database that is kept needs the same one again.
key_file=$database/router.key
[ -e "$key_file" ] || head -c 32 /dev/urandom | base64 >"$key_file"
ENCRYPTION_KEY=$(cat "$key_file")
export ENCRYPTION_KEY

dotnet "$simulator" --port "$((port + 210))" >"$work/simulator.log" 2>&1 &
children+=($!)

# For hocon/cluster.hocon, whose ports are those of nodes on machines of their own.
export DATABASE="Host=127.0.0.1;Port=$((port + 200));Database=router;Username=router"
export NODE_HOST=127.0.0.1 SEED_1=127.0.0.1 SEED_2=127.0.0.1
seeds=
for node in $(seq "$nodes"); do
  seeds+="\"akka.tcp://router@127.0.0.1:$((port + 100 + node))\","
done
cat >"$work/nodes.hocon" <<HOCON
router.demo = on
akka { remote.dot-netty.tcp.hostname = "127.0.0.1", cluster.seed-nodes = [${seeds%,}] }
HOCON

# Ctrl+C goes to the whole group; the nodes are told to stop by this script alone, once.
for node in $(seq "$nodes"); do
  setsid dotnet "$host" --config hocon/cluster.hocon --config "$work/nodes.hocon" --data "$work/node-$node" \
    --http "http://127.0.0.1:$((port + node))" --node-port "$((port + 100 + node))" --simulator-port "$((port + 210))" \
    --set "router.http.public-url=http://127.0.0.1:$port" "${sets[@]}" >"$work/node-$node.log" 2>&1 &
  children+=($!)
done

{
  cat src/RouterCluster.Host/haproxy.cfg
  for node in $(seq "$nodes"); do echo "    server router-$node 127.0.0.1:$((port + node))"; done
} | sed "s/^    bind .*/    bind 127.0.0.1:$port/; /^    server router-[0-9] router-/d" >"$work/haproxy.cfg"
haproxy -q -db -f "$work/haproxy.cfg" >"$work/haproxy.log" 2>&1 &
children+=($!)

for node in $(seq "$nodes"); do
  ready "http://127.0.0.1:$((port + node))/health/ready" "node $node" "$work/node-$node.log"
done
ready "http://127.0.0.1:$port/health/ready" "the balancer" "$work/haproxy.log"

echo "payments      http://127.0.0.1:$port"
for node in $(seq "$nodes"); do
  echo "node $node        http://127.0.0.1:$((port + node))   process ${children[$node]}   log $work/node-$node.log"
done
echo "simulator     http://127.0.0.1:$((port + 210))"
echo "PostgreSQL    $DATABASE"
echo "Ctrl+C stops all of it."
# A node that somebody kills is part of the exercise; the rest goes on.
while true; do sleep 3600 & wait $! || true; done
