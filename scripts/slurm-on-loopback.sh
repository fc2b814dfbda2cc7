#!/bin/sh
# Slurm for tests: munged, slurmctld and slurmd of this machine, in a folder of their own, on loopback, with several
# slots. Needs root, and slurm-wlm and munge of Debian.
#
#   slurm-on-loopback.sh start DIR [SLOTS] [PORT]   starts them; then SLURM_CONF=DIR/slurm.conf sbatch ...
#   slurm-on-loopback.sh stop DIR                   ends all that start has started, and their jobs
set -eu
. "$(dirname "$0")/end-daemons.sh"

fail() {
  echo "slurm-on-loopback: $1" >&2
  exit 1
}

start() {
  slots=$1
  port=$2
  [ "$(id -u)" = 0 ] || fail "needs root"
  for program in munged slurmctld slurmd sbatch scontrol; do
    PATH="$PATH:/usr/sbin" command -v "$program" > /dev/null || fail "found no $program"
  done
  mkdir -p "$dir/state" "$dir/spool"
  chmod 755 "$dir"
  dd if=/dev/urandom of="$dir/munge.key" bs=128 count=1 2> /dev/null
  chmod 400 "$dir/munge.key"
  host=$(hostname -s)
  cat > "$dir/slurm.conf" << END
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket=$dir/munge.socket
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
SlurmctldPort=$port
SlurmdPort=$((port + 1))
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1
ReturnToService=2
KillWait=60
InactiveLimit=0
MinJobAge=300
JobRequeue=1
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$slots RealMemory=100000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
  munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munge.seed" || fail "munged does not start: $(tail -n 1 "$dir/munged.log")"
  slurmctld -f "$dir/slurm.conf" || fail "slurmctld does not start: $(tail -n 1 "$dir/slurmctld.log")"
  slurmd -f "$dir/slurm.conf" || fail "slurmd does not start: $(tail -n 1 "$dir/slurmd.log")"
  tries=0
  until SLURM_CONF="$dir/slurm.conf" sinfo -h -o %t 2> /dev/null | grep -q idle; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || fail "no node is idle: $(tail -n 1 "$dir/slurmd.log")"
    sleep 0.5
  done
}

stop() {
  if [ -f "$dir/slurmctld.pid" ]; then
    SLURM_CONF="$dir/slurm.conf" timeout 10 scancel --signal=KILL --full --user=root 2> /dev/null || true
    SLURM_CONF="$dir/slurm.conf" timeout 10 scancel --user=root 2> /dev/null || true
    sleep 1 # for the processes of the jobs to be gone
  fi
  end_daemons slurmd slurmctld munged
}

PATH="$PATH:/usr/sbin"
dir=${2:?"usage: slurm-on-loopback.sh start|stop DIR [SLOTS] [PORT]"}
case $1 in
  start)
    trap stop EXIT
    start "${3:-4}" "${4:-16817}"
    trap - EXIT
    ;;
  stop) stop ;;
  *) fail "start or stop?" ;;
esac
